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

impl Fault {
    /// What to do with a connection. `path` is that of the request, `elsewhere` another host with scheme.
    pub(crate) fn script(&self, server: Server, path: &str, elsewhere: &str) -> Script {
        let (status, body) = server.reading().success;
        let status = status.as_u16();
        let body = body.as_bytes();
        let success = || [head(status, None, JSON, body.len()).as_bytes(), body].concat();
        // Halves of the success: the head breaks within a header's name, the body within a value.
        let half_head = || half(head(status, None, JSON, body.len()).as_bytes());
        let half_body = || {
            let head = head(status, None, JSON, body.len());
            [head.into_bytes(), half(body)].concat()
        };
        let (bytes, then) = match &self.kind {
            Kind::AnswerThenDrop | Kind::DropBeforeActing => (Vec::new(), Then::Close),
            Kind::Close => (Vec::new(), Then::CloseWriting),
            Kind::Reset => (Vec::new(), Then::Reset),
            Kind::StallAccept | Kind::StallBeforeHead => (Vec::new(), Then::Stall),
            Kind::StallInHead => (half_head(), Then::Stall),
            Kind::StallInBody => (half_body(), Then::Stall),
            Kind::OneByteASecond => (Vec::new(), Then::Drip(success())),
            Kind::TruncatedHead => (half_head(), Then::Close),
            Kind::TruncatedBody => (half_body(), Then::Close),
            Kind::MalformedChunk => {
                let bytes = [chunked(status), chunk(&half(body)), b"size\r\n".to_vec()];
                (bytes.concat(), Then::Close)
            }
            Kind::Garbage => (NOT_HTTP.to_vec(), Then::Close),
            Kind::OversizedBody(length) => {
                let mut long = body.to_vec();
                long.resize(body.len().max(*length), b' ');
                let head = head(status, None, JSON, long.len());
                ([head.into_bytes(), long].concat(), Then::Serve)
            }
            Kind::EndlessBody => (chunked(status), Then::Repeat(chunk(&[b' '; 4096]))),
            Kind::WrongContentType => {
                let head = head(status, None, "text/plain", body.len());
                ([head.as_bytes(), body].concat(), Then::Serve)
            }
            Kind::Answer {
                status,
                header,
                body,
            } => {
                let header = header.as_ref().map(|header| header.line(path, elsewhere));
                answer(*status, header, body, server)
            }
        };
        Script { bytes, then }
    }
}

impl Header {
    fn line(&self, path: &str, elsewhere: &str) -> String {
        match self {
            Self::RetryAfter(value) => format!("Retry-After: {value}"),
            Self::Location(url) => format!("Location: {url}"),
            Self::LocationElsewhere => format!("Location: {elsewhere}{path}"),
            Self::LocationItself => format!("Location: {path}"),
        }
    }
}

fn answer(status: u16, header: Option<String>, body: &Body, server: Server) -> (Vec<u8>, Then) {
    let reading = server.reading();
    let (content_type, bytes) = match body {
        Body::Success => (JSON, reading.success.1.as_bytes().to_vec()),
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
    };
    match status {
        100..=199 => (bare_head(status, header).into_bytes(), Then::Close),
        204 | 304 => (bare_head(status, header).into_bytes(), Then::Serve),
        _ => {
            let head = head(status, header, content_type, bytes.len());
            ([head.into_bytes(), bytes].concat(), Then::Serve)
        }
    }
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

fn chunked(status: u16) -> Vec<u8> {
    let line = status_line(status);
    format!("{line}Content-Type: {JSON}\r\nTransfer-Encoding: chunked\r\n\r\n").into_bytes()
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

fn half(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().take(bytes.len() / 2).copied().collect()
}
