//! A search for secrets in everything that a client shows or logs.

use crate::{
    CANARY, Case, Logs, Script, ScriptedServer, VendorFixture, invalid_successes, lost_responses,
    release_once, status_cases,
};
use numbers_core::{Error, ErrorKind, NumberId, Release};
use std::error::Error as StdError;
use std::fmt::Debug;
use std::time::Duration;

/// Searches text that a client shows for secrets and the number.
#[derive(Debug)]
pub struct SecretSearch {
    secrets: &'static [&'static str],
    number: &'static str,
}

impl SecretSearch {
    /// Looks for the secrets of this vendor's client and for its number.
    pub fn new(fixture: &VendorFixture) -> Self {
        Self {
            secrets: fixture.secrets,
            number: fixture.id,
        }
    }

    /// The first secret in this text, or the number.
    pub fn find(&self, text: &str) -> Option<&'static str> {
        let number = std::iter::once(self.number);
        let mut needles = self.secrets.iter().copied().chain(number);
        needles.find(|secret| text.contains(secret))
    }

    /// Asserts that the text has neither a secret nor the number.
    pub fn assert_clean(&self, what: &str, text: &str) {
        assert_eq!(self.find(text), None, "{what}: {text}");
    }

    /// Asserts the same of a value's `Debug`, on one line and on several.
    pub fn assert_debug_clean(&self, what: &str, value: &dyn Debug) {
        self.assert_clean(what, &format!("{value:?}"));
        self.assert_clean(what, &format!("{value:#?}"));
    }

    /// Asserts the same of all that the error of a call shows, in its fields too.
    pub fn assert_call_error_clean(&self, what: &str, error: &Error) {
        self.assert_error_clean(what, error);
        for text in [
            error.vendor_message(),
            error.vendor_code(),
            error.request_id(),
            error.detail(),
        ] {
            self.assert_clean(what, text.unwrap_or_default());
        }
    }

    /// Asserts the same of an error's `Display` and `Debug`, and of its sources.
    pub fn assert_error_clean(&self, what: &str, error: &(dyn StdError + 'static)) {
        let mut next = Some(error);
        while let Some(error) = next {
            self.assert_debug_clean(what, &error);
            self.assert_clean(what, &error.to_string());
            next = error.source();
        }
    }

    /// Asserts the same of all that a release shows, except the number itself where it is asked for.
    pub fn assert_release_clean(&self, what: &str, release: &Release) {
        self.assert_debug_clean(what, release);
        self.assert_clean(what, release.request_id().unwrap_or_default());
    }
}

/// Makes a client succeed and fail in many ways, and searches all that it shows and logs.
pub async fn check_secrets(fixture: &VendorFixture, logs: &Logs) {
    let search = SecretSearch::new(fixture);
    previews(fixture, &search);
    responses(fixture, &search).await;
    proxies(fixture, &search).await;
    refused_bases(fixture, &search);

    let text = logs.text();
    search.assert_clean("the log", &text);
    // The search works: the log is at TRACE, has records of `tracing` and of `log`, and shows a leak by either.
    let method = format!("http.request.method=\"{}\"", fixture.endpoint.method());
    for part in [
        "TRACE",
        "reqwest::connect",
        &method,
        "url.template=",
        "server.address=\"127.0.0.1\"",
        "http.response.status_code=404",
        "error.type=\"not_found\"",
    ] {
        assert!(text.contains(part), "{part} is not in the log");
    }
    Logs::leak(CANARY);
    let leaked = logs.text()[text.len()..].to_owned();
    assert_eq!(leaked.matches(CANARY).count(), 2, "{leaked}");
    assert_eq!(search.find(&leaked), Some(CANARY));
}

fn previews(fixture: &VendorFixture, search: &SecretSearch) {
    let client = fixture.client("http://127.0.0.1:1");
    search.assert_debug_clean("client", &client);
    let preview = client.preview(&NumberId::new(fixture.id)).unwrap();
    search.assert_debug_clean("preview", &preview);
    // The preview's URL shows the number on purpose.
    search.assert_clean("preview", &preview.to_string().replace(fixture.id, ""));
}

async fn responses(fixture: &VendorFixture, search: &SecretSearch) {
    let is_fast = |case: &Case| case.timeout > Duration::from_secs(1);
    let cases = [
        lost_responses(),
        invalid_successes(fixture),
        status_cases(fixture),
    ]
    .concat();
    for case in cases
        .iter()
        .filter(|case| is_fast(case))
        .chain(&repeated_secrets(fixture))
    {
        let (result, log) = release_once(fixture, case).await;
        for request in log.requests() {
            assert_eq!(
                search.find(&request),
                Some(fixture.secrets[0]),
                "the search finds the secret in the request"
            );
        }
        match &result {
            Ok(release) => search.assert_release_clean(&case.name, release),
            Err(error) => search.assert_call_error_clean(&case.name, error),
        }
    }
}

/// Responses that repeat every secret and the number, wherever they can.
fn repeated_secrets(fixture: &VendorFixture) -> Vec<Case> {
    let secrets = format!("{} {} ", fixture.secrets.join(" "), fixture.id);
    let headers: String = [
        "x-request-id",
        "retry-after",
        "location",
        "server",
        "set-cookie",
    ]
    .iter()
    .map(|name| format!("{name}: {secrets}\r\n"))
    .collect();
    let refusal = fixture.refusal.replace('@', &secrets);
    let success = fixture.echo.replace('@', &secrets);
    let case = |status, body: &str| {
        let script = Script::response_with(status, &headers, body);
        Case::unknown(
            format!("repeated secrets, {status}"),
            script,
            ErrorKind::Rejected,
        )
    };
    let mut cases: Vec<_> = [fixture.status, 302, 400, 401, 404, 408, 429, 500, 600]
        .into_iter()
        .map(|status| case(status, &refusal))
        .collect();
    cases.push(case(fixture.status, &success));
    cases.push(case(fixture.status, &secrets));
    let status_line = format!("HTTP/1.1 {secrets}\r\n\r\n");
    cases.push(Case::unknown(
        "a status line of secrets",
        Script::bytes(status_line),
        ErrorKind::ConnectionLost,
    ));
    cases
}

/// A proxy's password is a secret too. So is whatever the proxy responds with.
async fn proxies(fixture: &VendorFixture, search: &SecretSearch) {
    for script in [
        Script::response_with(407, &format!("proxy-authenticate: {CANARY}\r\n"), CANARY),
        Script::response(503, CANARY),
        Script::bytes(CANARY),
        Script::reset(),
    ] {
        let server = ScriptedServer::start([script]).await;
        let proxy = server
            .url()
            .replace("http://", &format!("http://user:{CANARY}@"));
        let client = (fixture.build)(
            "https://vendor.invalid",
            Duration::from_secs(15),
            Box::new(move |builder| {
                builder
                    .tls_certs_only([])
                    .no_proxy()
                    .proxy(reqwest::Proxy::all(proxy).unwrap())
            }),
        )
        .unwrap();
        search.assert_debug_clean("client with a proxy", &client);
        let error = client
            .release(&NumberId::new(fixture.id))
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
        search.assert_call_error_clean("proxy", &error);
        drop(client);
        let log = server.finish().await;
        let sent = String::from_utf8_lossy(&log.connections[0]).into_owned();
        // "user:CANARYabc123" in base64, as HTTP Basic has it: the proxy got its password, and nothing of
        // the vendor's.
        assert!(
            sent.starts_with("CONNECT vendor.invalid:443 HTTP/1.1\r\n"),
            "{sent}"
        );
        assert!(sent.contains("dXNlcjpDQU5BUllhYmMxMjM="), "{sent}");
        assert_eq!(search.find(&sent), None);
    }
}

/// A base URL with credentials is refused, and the message does not repeat it.
fn refused_bases(fixture: &VendorFixture, search: &SecretSearch) {
    for url in [
        format!("https://{CANARY}@vendor.invalid"),
        format!("https://user:{CANARY}@vendor.invalid"),
        format!("http://user:{CANARY}@127.0.0.1"),
        format!("https://vendor.invalid/?key={CANARY}"),
        format!("https://vendor.invalid/#{CANARY}"),
        format!("http://vendor.invalid/{CANARY}"),
        format!("{CANARY}://vendor.invalid/"),
        format!("https://vendor.invalid:{CANARY}/"),
        format!("https://[{CANARY}]/"),
        CANARY.to_owned(),
    ] {
        let error = (fixture.build)(&url, Duration::from_secs(1), Box::new(|b| b)).unwrap_err();
        search.assert_error_clean("base URL", &error);
    }
}
