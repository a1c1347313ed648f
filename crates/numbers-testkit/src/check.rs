//! Runs cases against a vendor's client, through its public API.

use crate::{CANARY, Case, Script, ScriptedServer, ServerLog, UnusedListener, VendorFixture};
use numbers_core::{Error, ErrorKind, NumberId, Release};
use std::time::Duration;

/// Releases one number at a server that runs the case's script. Returns the result and what the server
/// received.
pub async fn release_once(
    fixture: &VendorFixture,
    case: &Case,
) -> (Result<Release, Error>, ServerLog) {
    let server = ScriptedServer::start([case.script.clone()]).await;
    let client = fixture.client_with_timeout(&server.url(), case.timeout);
    let number = NumberId::new(fixture.id);
    // Longer than any time-out of a case: a client that does not keep its own fails the test.
    let release = tokio::time::timeout(Duration::from_secs(30), client.release(&number)).await;
    let result = release.expect(&case.name);
    drop(client);
    (result, server.finish().await)
}

/// Runs every case: the error is the expected one, and exactly one request was sent.
pub async fn check_cases(fixture: &VendorFixture, cases: impl IntoIterator<Item = Case>) {
    for case in cases {
        let (result, log) = release_once(fixture, &case).await;
        let name = &case.name;
        assert_eq!(log.connections.len(), 1, "{name}: connections");
        assert_eq!(log.requests().len(), 1, "{name}: requests");
        assert_case(&case, &result.expect_err(name));
    }
}

/// Asserts that the error is the one that the case expects, in its fields and in its message.
pub fn assert_case(case: &Case, error: &Error) {
    let name = format!("{}: {error:?}", case.name);
    assert_eq!(error.kind(), case.kind, "{name}");
    assert_eq!(error.may_have_released(), case.may_have_released, "{name}");
    assert_eq!(error.is_retryable(), case.retryable, "{name}");
    assert_eq!(error.status(), case.status, "{name}");
    if let Some(message) = case.message {
        assert_eq!(error.vendor_message(), message, "{name}");
    }
    if let Some(code) = case.code {
        assert_eq!(error.vendor_code(), code, "{name}");
    }
    if let Some(delay) = case.retry_after {
        assert_eq!(error.retry_after(), delay, "{name}");
    }

    let [attempt] = error.attempts() else {
        panic!("{name}: not one attempt");
    };
    assert_eq!(attempt.kind(), Some(case.kind), "{name}");
    assert_eq!(
        attempt.may_have_released(),
        case.may_have_released,
        "{name}"
    );
    assert_eq!(attempt.status(), case.status, "{name}");

    let ending = if case.may_have_released {
        "; the number may have been released"
    } else {
        "; the number was not released by this call"
    };
    let text = error.to_string();
    assert!(text.ends_with(ending), "{name}: {text}");
    assert!(
        text.starts_with(&format!("{}: ", error.vendor())),
        "{name}: {text}"
    );
}

/// No redirect is followed, whatever its status, and its target receives nothing.
pub async fn check_redirects(fixture: &VendorFixture) {
    let other_host = UnusedListener::listen();
    let target = format!("{}/target", other_host.url());
    // The HTTP stack can't make a request of the others, and fails on them.
    let locations = [
        target.as_str(),
        "https://h:99999/",
        "http://[",
        "//",
        "\u{ff}",
    ];
    for (status, location) in [300, 301, 302, 303, 304, 305, 307, 308, 399]
        .into_iter()
        .flat_map(|status| locations.map(|location| (status, location)))
    {
        let header = format!("location: {location}\r\n");
        // A body that states the success must not change the outcome.
        for body in ["", fixture.body] {
            let body = if status == 304 { "" } else { body };
            let script = Script::response_with(status, &header, body);
            let case =
                Case::unknown(format!("{status}"), script, ErrorKind::Redirected).status(status);
            let (result, log) = release_once(fixture, &case).await;
            assert_case(&case, &result.unwrap_err());
            assert_eq!(log.requests().len(), 1, "{status}");
            // Proof that the log would show a secret: the one request has it.
            let sent = &log.requests()[0];
            assert!(
                fixture.secrets.iter().any(|secret| sent.contains(secret)),
                "{CANARY} is not in {sent}"
            );
            assert!(!other_host.was_contacted(), "{status} was followed");
        }
    }
}
