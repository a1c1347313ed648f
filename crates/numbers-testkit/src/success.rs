//! The documented success, in every dress in which it may arrive.

use crate::{Row, Script, Subject, release_once};
use numbers_core::{ErrorKind, Outcome};

/// Each of these is the documented success: the release says so, and one request was sent.
pub async fn check_successes(subject: &Subject, outcome: Outcome) {
    let Subject { status, body, .. } = *subject;
    let id = "x-request-id: req-7\r\n";
    let chunked = format!(
        "HTTP/1.1 {status} X\r\n{id}transfer-encoding: chunked\r\n\r\n1\r\n{{\r\n{:x}\r\n{}\r\n0\r\n\r\n",
        body.len() - 1,
        &body[1..]
    );
    let until_the_end = format!("HTTP/1.0 {status} X\r\n{id}\r\n{body}");
    let answer = |body: String| Script::answer_with(status, id, body);
    let longest = format!("{body}{}", " ".repeat(64 * 1024 - body.len()));
    let informed = Script::answer_with(status, id, body).after("HTTP/1.1 103 Early Hints\r\n\r\n");
    for (name, script) in [
        ("as documented", answer(body.to_owned())),
        ("with white space", answer(format!("\r\n\t {body}\n"))),
        (
            "with a field more",
            answer(body.replacen('{', "{\"more\": [1, {}],", 1)),
        ),
        ("as long as can be read", answer(longest)),
        ("in chunks", Script::bytes(chunked)),
        ("until the connection ends", Script::bytes(until_the_end)),
        ("after a status of 103", informed),
        (
            "called HTML",
            Script::answer_with(status, &format!("{id}content-type: text/html\r\n"), body),
        ),
    ] {
        // The row only carries the script: none of its errors is to come.
        let row = Row::unknown(name, script, ErrorKind::UnexpectedResponse);
        let (release, seen) = release_once(subject, &row).await;
        let release = release.expect(name);
        assert_eq!(seen.requests().len(), 1, "{name}");
        assert_eq!(release.outcome(), outcome, "{name}");
        assert_eq!(release.number().as_str(), subject.id, "{name}");
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
