//! Rows against a vendor's client, through its public API.

use crate::{CANARY, Row, Script, Seen, Server, Subject, Untouched};
use numbers_core::{Error, ErrorKind, NumberId, Release};
use std::time::Duration;

/// Sends one release to a server that follows `row`, and says what came of it and what the server saw.
pub async fn release_once(subject: &Subject, row: &Row) -> (Result<Release, Error>, Seen) {
    let server = Server::start([row.script.clone()]).await;
    let client = subject.client_within(&server.url(), row.timeout);
    let number = NumberId::new(subject.id);
    // Longer than any time-out of a row: a client that does not keep its own fails the test.
    let release = tokio::time::timeout(Duration::from_secs(30), client.release(&number)).await;
    let result = release.expect(&row.name);
    drop(client);
    (result, server.finish().await)
}

/// Every row against the vendor: the error, and that exactly one request was sent.
pub async fn check(subject: &Subject, rows: impl IntoIterator<Item = Row>) {
    for row in rows {
        let (result, seen) = release_once(subject, &row).await;
        let name = &row.name;
        assert_eq!(seen.connections.len(), 1, "{name}: connections");
        assert_eq!(seen.requests().len(), 1, "{name}: requests");
        assert_row(&row, &result.expect_err(name));
    }
}

/// The error says all that the row does, and says it in its text too.
pub fn assert_row(row: &Row, error: &Error) {
    let name = format!("{}: {error:?}", row.name);
    assert_eq!(error.kind(), row.kind, "{name}");
    assert_eq!(error.may_have_released(), row.may_have_released, "{name}");
    assert_eq!(error.is_retryable(), row.retryable, "{name}");
    assert_eq!(error.status(), row.status, "{name}");
    if let Some(message) = row.message {
        assert_eq!(error.vendor_message(), message, "{name}");
    }
    if let Some(code) = row.code {
        assert_eq!(error.vendor_code(), code, "{name}");
    }
    if let Some(wait) = row.retry_after {
        assert_eq!(error.retry_after(), wait, "{name}");
    }

    let [attempt] = error.attempts() else {
        panic!("{name}: not one attempt");
    };
    assert_eq!(attempt.kind(), Some(row.kind), "{name}");
    assert_eq!(attempt.may_have_released(), row.may_have_released, "{name}");
    assert_eq!(attempt.status(), row.status, "{name}");

    let fate = if row.may_have_released {
        "; the number may have been released"
    } else {
        "; the number was not released by this call"
    };
    let text = error.to_string();
    assert!(text.ends_with(fate), "{name}: {text}");
    assert!(
        text.starts_with(&format!("{}: ", error.vendor())),
        "{name}: {text}"
    );
}

/// No redirect is followed, whatever its status and form, and the place that it names hears nothing.
pub async fn check_redirects(subject: &Subject) {
    let elsewhere = Untouched::listen();
    let taken = format!("{}/taken", elsewhere.url());
    // The others are places that the HTTP stack can't make a request of, and fails over.
    let places = [
        taken.as_str(),
        "https://h:99999/",
        "http://[",
        "//",
        "\u{ff}",
    ];
    for (status, place) in [300, 301, 302, 303, 304, 305, 307, 308, 399]
        .into_iter()
        .flat_map(|status| places.map(|place| (status, place)))
    {
        let location = format!("location: {place}\r\n");
        // A body that says success must not make one of it.
        for body in ["", subject.body] {
            let script =
                Script::answer_with(status, &location, if status == 304 { "" } else { body });
            let row =
                Row::unknown(format!("{status}"), script, ErrorKind::Redirected).status(status);
            let (result, seen) = release_once(subject, &row).await;
            assert_row(&row, &result.unwrap_err());
            assert_eq!(seen.requests().len(), 1, "{status}");
            // The capture works: what was searched for is in the one request that was sent.
            let sent = &seen.requests()[0];
            assert!(
                subject.secrets.iter().any(|secret| sent.contains(secret)),
                "{CANARY} is not in {sent}"
            );
            assert!(!elsewhere.was_touched(), "{status} was followed");
        }
    }
}
