//! The search for secrets in whatever a client shows.

use crate::{
    CANARY, Logs, Row, Script, Server, Subject, broken_successes, lost_heads, release_once,
    statuses,
};
use numbers_core::{Error, ErrorKind, NumberId, Release};
use std::error::Error as _;
use std::fmt::Debug;
use std::time::Duration;

/// Texts that a client showed, and what must be in none of them.
#[derive(Debug)]
pub struct Search {
    secrets: &'static [&'static str],
    number: &'static str,
    texts: usize,
}

impl Search {
    /// Looks for the secrets of this vendor's client and for the number.
    pub fn new(subject: &Subject) -> Self {
        Self {
            secrets: subject.secrets,
            number: subject.id,
            texts: 0,
        }
    }

    /// The first of what is looked for that this text has.
    pub fn find(&self, text: &str) -> Option<&'static str> {
        let number = std::iter::once(self.number);
        let mut all = self.secrets.iter().copied().chain(number);
        all.find(|secret| text.contains(secret))
    }

    /// This text has neither a secret nor the number.
    pub fn clean(&mut self, what: &str, text: &str) {
        self.texts += 1;
        assert_eq!(self.find(text), None, "{what}: {text}");
    }

    /// Neither does the value's `Debug`, on one line or several.
    pub fn clean_debug(&mut self, what: &str, value: &dyn Debug) {
        self.clean(what, &format!("{value:?}"));
        self.clean(what, &format!("{value:#?}"));
    }

    /// Neither does anything that an error shows: itself, its fields and its causes.
    pub fn clean_error(&mut self, what: &str, error: &Error) {
        self.clean_debug(what, error);
        self.clean(what, &error.to_string());
        for text in [
            error.vendor_message(),
            error.vendor_code(),
            error.request_id(),
        ] {
            self.clean(what, text.unwrap_or_default());
        }
        let mut cause = error.source();
        while let Some(error) = cause {
            self.clean_debug(what, &error);
            self.clean(what, &error.to_string());
            cause = error.source();
        }
    }

    /// Neither does anything that a release shows, but the number itself where it is asked for.
    pub fn clean_release(&mut self, what: &str, release: &Release) {
        self.clean_debug(what, release);
        self.clean(what, release.request_id().unwrap_or_default());
    }

    /// How many texts were searched.
    pub fn texts(&self) -> usize {
        self.texts
    }
}

/// Takes a client through successes and failures, and searches all that it shows and logs.
pub async fn secrets_of(subject: &Subject, logs: &Logs) -> Search {
    let mut search = Search::new(subject);
    previews(subject, &mut search);
    answers(subject, &mut search).await;
    proxies(subject, &mut search).await;
    refused_bases(subject, &mut search);

    let text = logs.text();
    search.clean("the log", &text);
    // What was looked for can be found: the log is at TRACE, has records of both kinds, and shows a
    // leak by either.
    for part in [
        "TRACE",
        "reqwest::connect",
        "http.request.method=\"DELETE\"",
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
    search
}

fn previews(subject: &Subject, search: &mut Search) {
    let client = subject.client("http://127.0.0.1:1");
    search.clean_debug("client", &client);
    let preview = client.preview(&NumberId::new(subject.id)).unwrap();
    search.clean_debug("preview", &preview);
    // The URL in the text is there to name the number, which is not a secret.
    search.clean("preview", &preview.to_string().replace(subject.id, ""));
}

async fn answers(subject: &Subject, search: &mut Search) {
    let quick = |row: &Row| row.timeout > Duration::from_secs(1);
    let rows = [lost_heads(), broken_successes(subject), statuses(subject)].concat();
    for row in rows
        .iter()
        .filter(|row| quick(row))
        .chain(&repeating(subject))
    {
        let (result, seen) = release_once(subject, row).await;
        for request in seen.requests() {
            assert_eq!(
                search.find(&request),
                Some(subject.secrets[0]),
                "the request proves it"
            );
        }
        match &result {
            Ok(release) => search.clean_release(&row.name, release),
            Err(error) => search.clean_error(&row.name, error),
        }
    }
}

/// Answers that repeat every secret and the number, wherever they can.
fn repeating(subject: &Subject) -> Vec<Row> {
    let words = format!("{} {} ", subject.secrets.join(" "), subject.id);
    let headers: String = [
        "x-request-id",
        "retry-after",
        "location",
        "server",
        "set-cookie",
    ]
    .iter()
    .map(|name| format!("{name}: {words}\r\n"))
    .collect();
    let refusal = subject.refusal.replace('@', &words);
    let success = subject.body.replacen(
        '}',
        &format!(",\"Message\":\"{words}\",\"message\":\"{words}\"}}"),
        1,
    );
    let success = success.replace("\"Message\":\"Accepted\",", "");
    let row = |status, body: &str| {
        let script = Script::answer_with(status, &headers, body);
        Row::unknown(format!("repeating, {status}"), script, ErrorKind::Rejected)
    };
    let mut rows: Vec<_> = [subject.status, 302, 400, 401, 404, 408, 429, 500, 600]
        .into_iter()
        .map(|status| row(status, &refusal))
        .collect();
    rows.push(row(subject.status, &success));
    rows.push(row(subject.status, &words));
    let head = format!("HTTP/1.1 {words}\r\n\r\n");
    rows.push(Row::unknown(
        "a head of secrets",
        Script::bytes(head),
        ErrorKind::ConnectionLost,
    ));
    rows
}

/// A proxy's password is a secret too, and so is what the proxy answers with.
async fn proxies(subject: &Subject, search: &mut Search) {
    for script in [
        Script::answer_with(407, &format!("proxy-authenticate: {CANARY}\r\n"), CANARY),
        Script::answer(503, CANARY),
        Script::bytes(CANARY),
        Script::reset(),
    ] {
        let server = Server::start([script]).await;
        let proxy = server
            .url()
            .replace("http://", &format!("http://user:{CANARY}@"));
        let client = (subject.connect)(
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
        search.clean_debug("client with a proxy", &client);
        let error = client
            .release(&NumberId::new(subject.id))
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
        search.clean_error("proxy", &error);
        drop(client);
        let seen = server.finish().await;
        let sent = String::from_utf8_lossy(&seen.connections[0]).into_owned();
        // "user:CANARYabc123" as HTTP Basic has it: the password did go to the proxy, and nothing
        // of the vendor's did.
        assert!(
            sent.starts_with("CONNECT vendor.invalid:443 HTTP/1.1\r\n"),
            "{sent}"
        );
        assert!(sent.contains("dXNlcjpDQU5BUllhYmMxMjM="), "{sent}");
        assert_eq!(search.find(&sent), None);
    }
}

/// A base URL with credentials is refused, and not repeated.
fn refused_bases(subject: &Subject, search: &mut Search) {
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
        let error = (subject.connect)(&url, Duration::from_secs(1), Box::new(|b| b)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidConfig);
        search.clean_error("base URL", &error);
    }
}
