//! The documented success, in every form in which it may arrive.

use crate::{Case, Script, VendorFixture, release_once};
use numbers_core::{ErrorKind, Outcome, Release};

/// This response is a success with this outcome.
pub async fn check_success(
    fixture: &VendorFixture,
    name: &str,
    status: u16,
    body: &str,
    outcome: Outcome,
) {
    let release = released(fixture, name, Script::response(status, body)).await;
    assert_eq!(release.outcome(), outcome, "{name}");
    assert_eq!(release.status(), Some(status), "{name}");
}

async fn released(fixture: &VendorFixture, name: &str, script: Script) -> Release {
    // Only the script of the case is used: no error is expected.
    let case = Case::unknown(name, script, ErrorKind::UnexpectedResponse);
    let (release, log) = release_once(fixture, &case).await;
    assert_eq!(log.requests().len(), 1, "{name}");
    release.expect(name)
}

/// Each of these is the documented success: the release has this outcome, and one request was sent.
pub async fn check_successes(fixture: &VendorFixture, outcome: Outcome) {
    let VendorFixture { status, body, .. } = *fixture;
    let id = "x-request-id: req-7\r\n";
    let response = |body: String| Script::response_with(status, id, body);
    let until_close = format!("HTTP/1.0 {status} X\r\n{id}\r\n{body}");
    let html = format!("{id}content-type: text/html\r\n");
    let mut scripts = vec![
        ("as documented", response(body.to_owned())),
        ("until the connection closes", Script::bytes(until_close)),
        (
            "after a 103",
            response(body.to_owned()).preceded_by("HTTP/1.1 103 Early Hints\r\n\r\n"),
        ),
        (
            "with the content type of HTML",
            Script::response_with(status, &html, body),
        ),
    ];
    if !body.is_empty() {
        scripts.extend(with_body(fixture, id));
    }
    for (name, script) in scripts {
        let release = released(fixture, name, script).await;
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

/// The documented body in other forms.
fn with_body(fixture: &VendorFixture, id: &str) -> [(&'static str, Script); 4] {
    let VendorFixture { status, body, .. } = *fixture;
    let response = |body: String| Script::response_with(status, id, body);
    let chunked = format!(
        "HTTP/1.1 {status} X\r\n{id}transfer-encoding: chunked\r\n\r\n1\r\n{{\r\n{:x}\r\n{}\r\n0\r\n\r\n",
        body.len() - 1,
        &body[1..]
    );
    let longest = format!("{body}{}", " ".repeat(64 * 1024 - body.len()));
    [
        ("with white space", response(format!("\r\n\t {body}\n"))),
        (
            "with an unknown field",
            response(body.replacen('{', "{\"more\": [1, {}],", 1)),
        ),
        ("of the maximum length", response(longest)),
        ("in chunks", Script::bytes(chunked)),
    ]
}
