//! The bytes of a fault.

use axum::http::StatusCode;

use super::{
    Fault,
    kind::{Body, Header, Kind},
};
use crate::{
    Server,
    script::{Script, Then},
};

const JSON: &str = "application/json";
const MESSAGE: &str = "Injected by the sandbox";
const NOT_HTTP: &[u8] = b"\x00\x16\x03\x01 this is not HTTP \xff\r\n\r\n";

/// The request that a fault has taken.
pub(crate) struct Taken<'a> {
    pub(crate) server: Server,
    pub(crate) path: &'a str,
    /// Another host, with its scheme.
    pub(crate) elsewhere: &'a str,
    /// The response that the request would have had without the fault.
    pub(crate) normal: (u16, &'a str),
}

impl Fault {
    /// What to do with the connection.
    pub(crate) fn script(&self, taken: &Taken<'_>) -> Script {
        let (status, body) = taken.server.reading().success;
        let status = status.as_u16();
        // It breaks off within a header.
        let half_head = || {
            let head = head(status, None, JSON, body.len());
            head.bytes().take(head.len() / 2).collect()
        };
        let (bytes, then) = match &self.kind {
            Kind::AnswerThenDrop | Kind::DropBeforeActing => (Vec::new(), Then::Close),
            Kind::Close => (Vec::new(), Then::CloseWriting),
            Kind::Reset => (Vec::new(), Then::Reset),
            Kind::StallAccept | Kind::StallBeforeHead => (Vec::new(), Then::Stall),
            Kind::StallInHead => (half_head(), Then::Stall),
            Kind::OneByteASecond => {
                let success = whole(status, None, JSON, body.as_bytes());
                (Vec::new(), Then::Drip(success))
            }
            Kind::TruncatedHead => (half_head(), Then::Close),
            Kind::Garbage => (NOT_HTTP.to_vec(), Then::Close),
            Kind::WrongContentType => {
                let success = whole(status, None, "text/plain", body.as_bytes());
                (success, Then::Serve)
            }
            Kind::Answer {
                status,
                header,
                body,
            } => {
                let header = header.as_ref().map(|header| header.line(taken));
                answer(*status, header, body, taken.server)
            }
            Kind::Stray { status, late } => {
                let (normal, body) = taken.normal;
                let normal = whole(normal, None, JSON, body.as_bytes());
                let stray = stray(*status, taken.server);
                if *late {
                    (normal, Then::Late(stray))
                } else {
                    ([normal, stray].concat(), Then::Serve)
                }
            }
        };
        Script { bytes, then }
    }
}

impl Header {
    fn line(&self, taken: &Taken<'_>) -> String {
        let Taken {
            path, elsewhere, ..
        } = taken;
        match self {
            Self::RetryAfter(value) => format!("Retry-After: {value}"),
            Self::Location(url) => format!("Location: {url}"),
            Self::LocationElsewhere => format!("Location: {elsewhere}{path}"),
            Self::LocationItself => format!("Location: {path}"),
        }
    }
}

/// A response that answers no request: the vendor's success or its error form.
fn stray(status: u16, server: Server) -> Vec<u8> {
    let header = (status == 429).then(|| "Retry-After: 0".to_owned());
    let body = match status {
        200..=299 => Body::Success,
        _ => Body::Error,
    };
    answer(status, header, &body, server).0
}

fn answer(status: u16, header: Option<String>, body: &Body, server: Server) -> (Vec<u8>, Then) {
    match status {
        100..=199 => return (bare_head(status, header).into_bytes(), Then::Close),
        204 | 304 => return (bare_head(status, header).into_bytes(), Then::Serve),
        _ => {}
    }
    let reading = server.reading();
    let success = reading.success.1.as_bytes();
    let (content_type, bytes) = match body {
        Body::Success => (JSON, success.to_vec()),
        Body::Error => (
            JSON,
            reading.error_form().fill(status, MESSAGE).into_bytes(),
        ),
        Body::ErrorForm(form) => (JSON, form.fill(status, MESSAGE).into_bytes()),
        Body::Html => ("text/html", html(status).into_bytes()),
        Body::Given {
            content_type,
            bytes,
        } => (content_type.as_str(), bytes.clone()),
        Body::Oversized(length) => {
            let mut long = success.to_vec();
            long.resize(success.len().max(*length), b' ');
            (JSON, long)
        }
        // In these the JSON is complete and the body is not.
        Body::Stalled => return (one_byte_short(status, success), Then::Stall),
        Body::Truncated => return (one_byte_short(status, success), Then::Close),
        Body::MalformedChunk => {
            let bytes = [first_chunk(status, success), b"size\r\n".to_vec()];
            return (bytes.concat(), Then::Close);
        }
        Body::Endless => {
            let spaces = chunk(&[b' '; 4096]);
            return (first_chunk(status, success), Then::Repeat(spaces));
        }
    };
    (whole(status, header, content_type, &bytes), Then::Serve)
}

fn whole(status: u16, header: Option<String>, content_type: &str, body: &[u8]) -> Vec<u8> {
    let head = head(status, header, content_type, body.len());
    [head.as_bytes(), body].concat()
}

fn one_byte_short(status: u16, body: &[u8]) -> Vec<u8> {
    let head = head(status, None, JSON, body.len() + 1);
    [head.as_bytes(), body].concat()
}

/// The head of an answer that has a body.
fn head(status: u16, header: Option<String>, content_type: &str, length: usize) -> String {
    let header = header.map_or_else(String::new, |line| line + "\r\n");
    format!(
        "{}Content-Type: {content_type}\r\nContent-Length: {length}\r\n{header}\r\n",
        status_line(status)
    )
}

/// The head of an answer that has none.
fn bare_head(status: u16, header: Option<String>) -> String {
    let header = header.map_or_else(String::new, |line| line + "\r\n");
    format!("{}{header}\r\n", status_line(status))
}

/// A head that announces chunks, and the first of them.
fn first_chunk(status: u16, body: &[u8]) -> Vec<u8> {
    let line = status_line(status);
    let head = format!("{line}Content-Type: {JSON}\r\nTransfer-Encoding: chunked\r\n\r\n");
    [head.into_bytes(), chunk(body)].concat()
}

fn chunk(bytes: &[u8]) -> Vec<u8> {
    let size = format!("{:x}\r\n", bytes.len());
    [size.as_bytes(), bytes, b"\r\n"].concat()
}

fn status_line(status: u16) -> String {
    format!("HTTP/1.1 {status} {}\r\n", reason(status))
}

fn reason(status: u16) -> &'static str {
    StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason())
        .unwrap_or("")
}

fn html(status: u16) -> String {
    let title = format!("{status} {}", reason(status));
    format!(
        "<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n"
    )
}
