//! The documented success, in every form in which it may arrive.

use crate::{Case, Script, VendorFixture, release_once};
use numbers_core::{ErrorKind, Outcome};

/// Each of these is the documented success: the release has this outcome, and one request was sent.
pub async fn check_successes(fixture: &VendorFixture, outcome: Outcome) {
    let VendorFixture { status, body, .. } = *fixture;
    let id = "x-request-id: req-7\r\n";
    let chunked = format!(
        "HTTP/1.1 {status} X\r\n{id}transfer-encoding: chunked\r\n\r\n1\r\n{{\r\n{:x}\r\n{}\r\n0\r\n\r\n",
        body.len() - 1,
        &body[1..]
    );
    let until_close = format!("HTTP/1.0 {status} X\r\n{id}\r\n{body}");
    let response = |body: String| Script::response_with(status, id, body);
    let longest = format!("{body}{}", " ".repeat(64 * 1024 - body.len()));
    let html = format!("{id}content-type: text/html\r\n");
    for (name, script) in [
        ("as documented", response(body.to_owned())),
        ("with white space", response(format!("\r\n\t {body}\n"))),
        (
            "with an unknown field",
            response(body.replacen('{', "{\"more\": [1, {}],", 1)),
        ),
        ("of the maximum length", response(longest)),
        ("in chunks", Script::bytes(chunked)),
        ("until the connection closes", Script::bytes(until_close)),
        (
            "after a 103",
            response(body.to_owned()).preceded_by("HTTP/1.1 103 Early Hints\r\n\r\n"),
        ),
        (
            "with the content type of HTML",
            Script::response_with(status, &html, body),
        ),
    ] {
        // Only the script of the case is used: no error is expected.
        let case = Case::unknown(name, script, ErrorKind::UnexpectedResponse);
        let (release, log) = release_once(fixture, &case).await;
        let release = release.expect(name);
        assert_eq!(log.requests().len(), 1, "{name}");
        assert_eq!(release.outcome(), outcome, "{name}");
        assert_eq!(release.number().as_str(), fixture.id, "{name}");
        assert_eq!(release.status(), Some(status), "{name}");
        assert_eq!(release.request_id(), Some("req-7"), "{name}");
        let [attempt] = release.attempts() else {
            panic!("{name}: not one attempt");
        };
        assert_eq!(attempt.result(), Ok(outcome), "{name}");
        assert_eq!(attempt.status(), Some(status), "{name}");
        assert_eq!(attempt.request_id(), Some("req-7"), "{name}");
    }
}
