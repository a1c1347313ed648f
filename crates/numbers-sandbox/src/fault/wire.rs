//! The bytes that a fault sends.

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

/// A request that a fault applies to.
pub(crate) struct FaultedRequest<'a> {
    pub(crate) server: Server,
    pub(crate) path: &'a str,
    /// Another host, with its scheme.
    pub(crate) other_host: &'a str,
    /// The status and body of the response without the fault.
    pub(crate) response: (u16, &'a str),
}

impl Fault {
    /// What to do with the connection.
    pub(crate) fn script(&self, request: &FaultedRequest<'_>) -> Script {
        let (status, body) = request.server.spec().success;
        let status = status.as_u16();
        // Ends within a header.
        let half_of_headers = || {
            let headers = headers(status, None, JSON, body.len());
            headers.bytes().take(headers.len() / 2).collect()
        };
        let (bytes, then) = match &self.kind {
            Kind::ReleaseThenDrop | Kind::DropBeforeRelease => (Vec::new(), Then::Close),
            Kind::Close => (Vec::new(), Then::CloseWriting),
            Kind::Reset => (Vec::new(), Then::Reset),
            Kind::StallAccept | Kind::StallBeforeResponse => (Vec::new(), Then::Stall),
            Kind::StallInHeaders => (half_of_headers(), Then::Stall),
            Kind::OneByteASecond => {
                let success = complete(status, None, JSON, body.as_bytes());
                (Vec::new(), Then::SendSlowly(success))
            }
            Kind::TruncatedHeaders => (half_of_headers(), Then::Close),
            Kind::Garbage => (NOT_HTTP.to_vec(), Then::Close),
            Kind::WrongContentType => {
                let success = complete(status, None, "text/plain", body.as_bytes());
                (success, Then::Serve)
            }
            Kind::Response {
                status,
                header,
                body,
            } => {
                let header = header.as_ref().map(|header| header.line(request));
                response(*status, header, body, request.server)
            }
            Kind::Stray { status, late } => {
                let (normal, body) = request.response;
                let normal = complete(normal, None, JSON, body.as_bytes());
                let stray = stray(*status, request.server);
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
    fn line(&self, request: &FaultedRequest<'_>) -> String {
        let FaultedRequest {
            path, other_host, ..
        } = request;
        match self {
            Self::RetryAfter(value) => format!("Retry-After: {value}"),
            Self::Location(url) => format!("Location: {url}"),
            Self::LocationOtherHost => format!("Location: {other_host}{path}"),
            Self::LocationSameUrl => format!("Location: {path}"),
        }
    }
}

/// A response that belongs to no request: the vendor's success or its error form.
fn stray(status: u16, server: Server) -> Vec<u8> {
    let header = (status == 429).then(|| "Retry-After: 0".to_owned());
    let body = match status {
        200..=299 => Body::Success,
        _ => Body::Error,
    };
    response(status, header, &body, server).0
}

fn response(status: u16, header: Option<String>, body: &Body, server: Server) -> (Vec<u8>, Then) {
    match status {
        100..=199 => {
            return (
                headers_without_body(status, header).into_bytes(),
                Then::Close,
            );
        }
        204 | 304 => {
            return (
                headers_without_body(status, header).into_bytes(),
                Then::Serve,
            );
        }
        _ => {}
    }
    let spec = server.spec();
    let success = spec.success.1.as_bytes();
    let (content_type, bytes) = match body {
        Body::Success => (JSON, success.to_vec()),
        Body::Error => (JSON, spec.error_form().render(status, MESSAGE).into_bytes()),
        Body::ErrorForm(form) => (JSON, form.render(status, MESSAGE).into_bytes()),
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
        // From here on the JSON is complete and the body is not.
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
    (complete(status, header, content_type, &bytes), Then::Serve)
}

fn complete(status: u16, header: Option<String>, content_type: &str, body: &[u8]) -> Vec<u8> {
    let headers = headers(status, header, content_type, body.len());
    [headers.as_bytes(), body].concat()
}

fn one_byte_short(status: u16, body: &[u8]) -> Vec<u8> {
    let headers = headers(status, None, JSON, body.len() + 1);
    [headers.as_bytes(), body].concat()
}

/// Status line and headers of a response with a body.
fn headers(status: u16, header: Option<String>, content_type: &str, length: usize) -> String {
    let header = header.map_or_else(String::new, |line| line + "\r\n");
    format!(
        "{}Content-Type: {content_type}\r\nContent-Length: {length}\r\n{header}\r\n",
        status_line(status)
    )
}

/// Status line and headers of a response without a body.
fn headers_without_body(status: u16, header: Option<String>) -> String {
    let header = header.map_or_else(String::new, |line| line + "\r\n");
    format!("{}{header}\r\n", status_line(status))
}

/// Status line and headers that announce chunks, and the first chunk.
fn first_chunk(status: u16, body: &[u8]) -> Vec<u8> {
    let status_line = status_line(status);
    let headers =
        format!("{status_line}Content-Type: {JSON}\r\nTransfer-Encoding: chunked\r\n\r\n");
    [headers.into_bytes(), chunk(body)].concat()
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
