//! The rows of the outcome table that are the same for every vendor.

use crate::{Row, Script, Subject};
use numbers_core::ErrorKind::{self, *};

/// The longest body that is read, as the design states it.
const LIMIT: usize = 64 * 1024;

/// The request was sent, and no complete head of an answer came.
pub fn lost_heads() -> Vec<Row> {
    let lost = |name, script| Row::unknown(name, script, ConnectionLost);
    vec![
        lost("closed without a word", Script::bytes("")),
        lost("reset", Script::reset()),
        lost("a status line cut short", Script::bytes("HTTP/1.1 20")),
        lost(
            "a head cut short",
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
            "a length that is no number",
            Script::bytes("HTTP/1.1 200 OK\r\ncontent-length: two\r\n\r\n{}"),
        ),
        lost(
            "a hundred-continue and no more",
            Script::bytes("HTTP/1.1 100 Continue\r\n\r\n"),
        ),
        lost(
            "a head without end",
            Script::bytes("HTTP/1.1 200 OK\r\nx: ").then_endlessly(),
        ),
        Row::unknown("never a word", Script::bytes("").then_stall(), Timeout).hurried(),
        Row::unknown(
            "a head that stalls",
            Script::bytes("HTTP/1.1 200 OK\r\ncontent-le").then_stall(),
            Timeout,
        )
        .hurried(),
    ]
}

/// The status says success, and the body does not bear it out.
pub fn broken_successes(subject: &Subject) -> Vec<Row> {
    let Subject { status, body, .. } = *subject;
    let unexpected =
        |name: &str, script| Row::unknown(name, script, UnexpectedResponse).status(status);
    let raw = |headers: &str, body: &[u8]| {
        let head = format!("HTTP/1.1 {status} X\r\n{headers}\r\n");
        Script::bytes([head.as_bytes(), body].concat())
    };
    let chunked = |chunks: String| raw("transfer-encoding: chunked\r\n", chunks.as_bytes());
    let longer = format!("content-length: {}\r\n", body.len() + 1);
    let padded = |length: usize| format!("{body}{}", " ".repeat(length - body.len()));
    let nested = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let size = body.len();

    let mut rows = vec![
        unexpected("fewer bytes than promised", raw(&longer, body.as_bytes())),
        unexpected(
            "a chunk cut short",
            chunked(format!("{:x}\r\n{body}", size + 9)),
        ),
        unexpected("no last chunk", chunked(format!("{size:x}\r\n{body}\r\n"))),
        unexpected(
            "a chunk of a size that is none",
            chunked(format!("{size:x}\r\n{body}\r\nzz\r\n")),
        ),
        unexpected(
            "one byte too long",
            Script::answer(status, padded(LIMIT + 1)),
        ),
        unexpected("much too long", Script::answer(status, padded(10 * LIMIT))),
        unexpected("without end", raw("", body.as_bytes()).then_endlessly()),
        unexpected(
            "a body that stalls",
            raw(&longer, body.as_bytes()).then_stall(),
        )
        .hurried(),
        unexpected("an empty body", Script::answer(status, "")),
        unexpected(
            "HTML",
            Script::answer(status, "<html><body>It works!</body></html>"),
        ),
        unexpected("JSON cut short", Script::answer(status, &body[..size - 1])),
        unexpected(
            "JSON twice",
            Script::answer(status, format!("{body}{body}")),
        ),
        unexpected(
            "JSON and more",
            Script::answer(status, format!("{body} ok")),
        ),
        unexpected(
            "no UTF-8",
            Script::answer(
                status,
                b"{\"success\":true,\"status\":\"ok\",\"x\":\"\xff\xfe\"}",
            ),
        ),
        unexpected("UTF-16", Script::answer(status, utf16(body))),
        unexpected("nested deeply", Script::answer(status, &nested)),
        unexpected(
            "a field nested deeply",
            Script::answer(status, deep(body, &nested)),
        ),
        unexpected("null", Script::answer(status, "null")),
        unexpected("a truth value", Script::answer(status, "true")),
        unexpected("a text", Script::answer(status, "\"ok\"")),
        unexpected("a number", Script::answer(status, "202")),
        unexpected("an array", Script::answer(status, "[]")),
        unexpected("the fields in an array", Script::answer(status, "[true]")),
        unexpected(
            "the answer in an array",
            Script::answer(status, format!("[{body}]")),
        ),
    ];
    // A documented body under another status than the documented one.
    for other in [200, 201, 202, 203, 204, 205, 206, 207, 226, 299] {
        if other != status {
            let body = if matches!(other, 204 | 205) { "" } else { body };
            let script = Script::answer(other, body);
            rows.push(Row::unknown(format!("{other}"), script, UnexpectedResponse).status(other));
        }
    }
    // Statuses that HTTP has no meaning for, and a switch of protocols that nobody asked for.
    for odd in [600, 700, 999] {
        let script = Script::answer(odd, body);
        rows.push(Row::unknown(format!("{odd}"), script, UnexpectedResponse).status(odd));
    }
    let switch =
        Script::bytes("HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n");
    rows.push(Row::unknown("101", switch, UnexpectedResponse).status(101));
    rows
}

/// A body in UTF-16 with its mark, as some gateways write.
fn utf16(body: &str) -> Vec<u8> {
    let mark = [0xff, 0xfe];
    let units = body.encode_utf16().flat_map(u16::to_le_bytes);
    mark.into_iter().chain(units).collect()
}

/// The documented body with the value of its first field replaced.
fn deep(body: &str, value: &str) -> String {
    let (name, _) = body.split_once(':').unwrap();
    format!("{name}:{value}}}")
}

/// The statuses that decide alone, each with every body that must not change it; and the one body that does,
/// a whole one that states the success under a refusal.
pub fn statuses(subject: &Subject) -> Vec<Row> {
    let mut rows = Vec::new();
    for (status, kind, may, retryable) in STATUSES {
        let row = |name: &str, script: Script| Row {
            may_have_released: *may,
            retryable: *retryable,
            ..Row::unknown(format!("{status}, {name}"), script, *kind).status(*status)
        };
        let cut = format!("HTTP/1.1 {status} X\r\ncontent-length: 100\r\n\r\n");
        rows.push(row("no body", Script::answer(*status, "")));
        rows.push(row("an empty object", Script::answer(*status, "{}")));
        let stated = row("the success", Script::answer(*status, subject.body));
        rows.push(if *status != 408 && (400..500).contains(status) {
            Row::unknown(stated.name, stated.script, UnexpectedResponse).status(*status)
        } else {
            stated
        });
        let almost = format!("{cut}{}", subject.body);
        rows.push(row("the success, cut short", Script::bytes(almost)));
        let long = format!("{}{}", subject.body, " ".repeat(LIMIT));
        rows.push(row("the success, too long", Script::answer(*status, long)));
        rows.push(row("HTML", Script::answer(*status, "<html>\x07</html>")).message(None));
        rows.push(row("a body cut short", Script::bytes(cut.as_str())));
        rows.push(row(
            "a body too long",
            Script::answer(*status, vec![b'x'; LIMIT + 1]),
        ));
        let refusal = subject.refusal.replace('@', "so it is");
        rows.push(
            row("the vendor's words", Script::answer(*status, refusal)).message(Some("so it is")),
        );
        // One of each sort is enough of what has to be waited for.
        if matches!(status, 404 | 429 | 500) {
            rows.push(row("a body that stalls", Script::bytes(cut).then_stall()).hurried());
            let endless = format!("HTTP/1.1 {status} X\r\n\r\n");
            rows.push(row(
                "a body without end",
                Script::bytes(endless).then_endlessly(),
            ));
        }
    }
    for (value, wait) in [
        ("30", Some(30)),
        ("0", Some(0)),
        // A date that has passed: at once.
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
            let script = Script::answer_with(status, &format!("retry-after: {value}\r\n"), "");
            let row = Row::unknown(format!("{status}, retry-after: {value}"), script, kind)
                .status(status);
            rows.push(
                Row {
                    may_have_released: may,
                    retryable,
                    ..row
                }
                .retry_after(wait),
            );
        }
    }
    rows
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
