//! The cases of the outcome table that are the same for every vendor.

use crate::{Case, Script, VendorFixture};
use numbers_core::ErrorKind::{self, *};

/// The longest body that a client reads.
const LIMIT: usize = 64 * 1024;

/// The request was sent, and no response with complete headers came.
pub fn lost_responses() -> Vec<Case> {
    let lost = |name, script| Case::unknown(name, script, ConnectionLost);
    vec![
        lost("closed without a response", Script::bytes("")),
        lost("reset", Script::reset()),
        lost("a truncated status line", Script::bytes("HTTP/1.1 20")),
        lost(
            "truncated headers",
            Script::bytes("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n"),
        ),
        lost("garbage", Script::bytes("\x00\x01\x02 garbage \r\n\r\n")),
        lost(
            "another protocol",
            Script::bytes("220 mail.example ESMTP\r\n\r\n"),
        ),
        lost(
            "HTTP/0.9",
            Script::bytes("{\"success\":true,\"status\":\"ok\"}"),
        ),
        lost(
            "a status below 100",
            Script::bytes("HTTP/1.1 099 X\r\n\r\n"),
        ),
        lost(
            "a status of four digits",
            Script::bytes("HTTP/1.1 2000 X\r\n\r\n"),
        ),
        lost(
            "a header without a colon",
            Script::bytes("HTTP/1.1 200 OK\r\nnonsense\r\n\r\n"),
        ),
        lost(
            "a length that is not a number",
            Script::bytes("HTTP/1.1 200 OK\r\ncontent-length: two\r\n\r\n{}"),
        ),
        lost(
            "only a 100 Continue",
            Script::bytes("HTTP/1.1 100 Continue\r\n\r\n"),
        ),
        lost(
            "endless headers",
            Script::bytes("HTTP/1.1 200 OK\r\nx: ").then_endlessly(),
        ),
        Case::unknown("no response", Script::bytes("").then_stall(), Timeout).short_timeout(),
        Case::unknown(
            "headers that stall",
            Script::bytes("HTTP/1.1 200 OK\r\ncontent-le").then_stall(),
            Timeout,
        )
        .short_timeout(),
    ]
}

/// The status is a success, and the body is not the documented one.
pub fn invalid_successes(fixture: &VendorFixture) -> Vec<Case> {
    let VendorFixture { status, body, .. } = *fixture;
    if body.is_empty() {
        return [other_bodies(fixture), other_statuses(fixture)].concat();
    }
    let unexpected =
        |name: &str, script| Case::unknown(name, script, UnexpectedResponse).status(status);
    let raw = |headers: &str, body: &[u8]| {
        let start = format!("HTTP/1.1 {status} X\r\n{headers}\r\n");
        Script::bytes([start.as_bytes(), body].concat())
    };
    let chunked = |chunks: String| raw("transfer-encoding: chunked\r\n", chunks.as_bytes());
    let longer = format!("content-length: {}\r\n", body.len() + 1);
    let padded = |length: usize| format!("{body}{}", " ".repeat(length - body.len()));
    let nested = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let size = body.len();

    let cases = vec![
        unexpected("fewer bytes than announced", raw(&longer, body.as_bytes())),
        unexpected(
            "a truncated chunk",
            chunked(format!("{:x}\r\n{body}", size + 9)),
        ),
        unexpected("no last chunk", chunked(format!("{size:x}\r\n{body}\r\n"))),
        unexpected(
            "a chunk with an invalid size",
            chunked(format!("{size:x}\r\n{body}\r\nzz\r\n")),
        ),
        unexpected(
            "one byte too long",
            Script::response(status, padded(LIMIT + 1)),
        ),
        unexpected(
            "much too long",
            Script::response(status, padded(10 * LIMIT)),
        ),
        unexpected("endless", raw("", body.as_bytes()).then_endlessly()),
        unexpected(
            "a body that stalls",
            raw(&longer, body.as_bytes()).then_stall(),
        )
        .short_timeout(),
        unexpected(
            "truncated JSON",
            Script::response(status, &body[..size - 1]),
        ),
        unexpected(
            "JSON twice",
            Script::response(status, format!("{body}{body}")),
        ),
        unexpected(
            "JSON and other text",
            Script::response(status, format!("{body} ok")),
        ),
        unexpected("UTF-16", Script::response(status, utf16(body))),
        unexpected(
            "a deeply nested field",
            Script::response(status, deep(body, &nested)),
        ),
        unexpected(
            "the body in an array",
            Script::response(status, format!("[{body}]")),
        ),
        unexpected("an empty body", Script::response(status, "")),
    ];
    [cases, other_bodies(fixture), other_statuses(fixture)].concat()
}

/// Bodies that no vendor documents.
fn other_bodies(fixture: &VendorFixture) -> Vec<Case> {
    let status = fixture.status;
    // To HTTP it has no body, whatever is sent behind its headers.
    if status == 204 {
        return Vec::new();
    }
    let nested = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let utf8 = b"{\"success\":true,\"status\":\"ok\",\"x\":\"\xff\xfe\"}";
    let bodies = [
        ("HTML", &b"<html><body>It works!</body></html>"[..]),
        ("invalid UTF-8", utf8),
        ("deeply nested", nested.as_bytes()),
        ("null", b"null"),
        ("a boolean", b"true"),
        ("a string", b"\"ok\""),
        ("a number", b"202"),
        ("an array", b"[]"),
        ("the fields in an array", b"[true]"),
    ];
    bodies
        .map(|(name, body)| {
            Case::unknown(name, Script::response(status, body), UnexpectedResponse).status(status)
        })
        .to_vec()
}

/// The documented success under a status that is not documented as one.
fn other_statuses(fixture: &VendorFixture) -> Vec<Case> {
    let body = fixture.body;
    let mut cases = Vec::new();
    // The documented body under another status than the documented one.
    for other in [200, 201, 202, 203, 204, 205, 206, 207, 226, 299] {
        if fixture.endpoint.outcome(other).is_none() {
            let body = if matches!(other, 204 | 205) { "" } else { body };
            let script = Script::response(other, body);
            cases.push(Case::unknown(format!("{other}"), script, UnexpectedResponse).status(other));
        }
    }
    // Statuses that HTTP does not define, and a switch of protocols that was not requested.
    for undefined in [600, 700, 999] {
        let script = Script::response(undefined, body);
        cases.push(
            Case::unknown(format!("{undefined}"), script, UnexpectedResponse).status(undefined),
        );
    }
    let switch =
        Script::bytes("HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n");
    cases.push(Case::unknown("101", switch, UnexpectedResponse).status(101));
    cases
}

/// A body in UTF-16 with its byte order mark, as some gateways write it.
fn utf16(body: &str) -> Vec<u8> {
    let byte_order_mark = [0xff, 0xfe];
    let units = body.encode_utf16().flat_map(u16::to_le_bytes);
    byte_order_mark.into_iter().chain(units).collect()
}

/// The documented body with the value of its first field replaced.
fn deep(body: &str, value: &str) -> String {
    let (name, _) = body.split_once(':').unwrap();
    format!("{name}:{value}}}")
}

/// The statuses that decide alone, each with bodies that must not change the outcome. One body does: the
/// complete documented success under a 4xx.
pub fn status_cases(fixture: &VendorFixture) -> Vec<Case> {
    let mut cases = Vec::new();
    for (status, kind, may, retryable) in STATUSES {
        let case = |name: &str, script: Script| Case {
            may_have_released: *may,
            retryable: *retryable,
            ..Case::unknown(format!("{status}, {name}"), script, *kind).status(*status)
        };
        let unfinished = format!("HTTP/1.1 {status} X\r\ncontent-length: 100\r\n\r\n");
        cases.push(case("no body", Script::response(*status, "")));
        cases.push(case("an empty object", Script::response(*status, "{}")));
        cases.push(case("HTML", Script::response(*status, "<html>\x07</html>")).message(None));
        cases.push(case("a truncated body", Script::bytes(unfinished.as_str())));
        cases.push(case(
            "a body too long",
            Script::response(*status, vec![b'x'; LIMIT + 1]),
        ));
        if !fixture.body.is_empty() {
            cases.extend(with_success(fixture, *status, &unfinished, &case));
        }
        if !fixture.refusal.is_empty() {
            let refusal = fixture.refusal.replace('@', "no such number");
            let script = Script::response(*status, refusal);
            cases.push(case("the vendor's error", script).message(Some("no such number")));
        }
        // These take time, so one status of each class is enough.
        if matches!(status, 404 | 429 | 500) {
            cases.push(
                case("a body that stalls", Script::bytes(unfinished).then_stall()).short_timeout(),
            );
            let endless = format!("HTTP/1.1 {status} X\r\n\r\n");
            cases.push(case(
                "an endless body",
                Script::bytes(endless).then_endlessly(),
            ));
        }
    }
    for (value, delay) in [
        ("30", Some(30)),
        ("0", Some(0)),
        // A date in the past: at once.
        ("Sun, 06 Nov 1994 08:49:37 GMT", Some(0)),
        ("soon", None),
        ("-1", None),
        ("1.5", None),
        ("", None),
    ] {
        for (status, kind, may, retryable) in [
            (429, RateLimited, false, true),
            (503, ServerError, true, false),
        ] {
            let script = Script::response_with(status, &format!("retry-after: {value}\r\n"), "");
            let case = Case::unknown(format!("{status}, retry-after: {value}"), script, kind)
                .status(status);
            cases.push(
                Case {
                    may_have_released: may,
                    retryable,
                    ..case
                }
                .retry_after(delay),
            );
        }
    }
    cases
}

/// The documented success under another status.
fn with_success(
    fixture: &VendorFixture,
    status: u16,
    unfinished: &str,
    case: &dyn Fn(&str, Script) -> Case,
) -> [Case; 3] {
    let body = fixture.body;
    let stated = case("the success", Script::response(status, body));
    let stated = if status != 408 && (400..500).contains(&status) {
        Case::unknown(stated.name, stated.script, UnexpectedResponse).status(status)
    } else {
        stated
    };
    let almost = Script::bytes(format!("{unfinished}{body}"));
    let long = Script::response(status, format!("{body}{}", " ".repeat(LIMIT)));
    [
        stated,
        case("the success, truncated", almost),
        case("the success, too long", long),
    ]
}

/// Status, kind, may have released, retryable.
const STATUSES: &[(u16, ErrorKind, bool, bool)] = &[
    (400, Rejected, false, false),
    (401, Unauthenticated, false, false),
    (402, PaymentRequired, false, false),
    (403, PermissionDenied, false, false),
    (404, NotFound, false, false),
    (405, Rejected, false, false),
    (406, Rejected, false, false),
    (407, Rejected, false, false),
    (408, Timeout, true, false),
    (409, Conflict, false, false),
    (410, NotFound, false, false),
    (418, Rejected, false, false),
    (422, Rejected, false, false),
    (429, RateLimited, false, true),
    (486, Rejected, false, false),
    (499, Rejected, false, false),
    (500, ServerError, true, false),
    (501, ServerError, true, false),
    (502, ServerError, true, false),
    (503, ServerError, true, false),
    (504, ServerError, true, false),
    (599, ServerError, true, false),
];
