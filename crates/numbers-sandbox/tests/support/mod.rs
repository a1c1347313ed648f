//! What the tests share: requests as plain text, so that no HTTP library changes them.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use std::{io::ErrorKind, time::Duration};

use numbers_sandbox::{Fault, Sandbox, Server};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

pub(crate) const TWOCHAT_ID: &str = "DID64a54de2-8ebe-4c01-838f-a2235815dab4";
pub(crate) const SYNTHFLOW_ID: &str = "33782990580";
pub(crate) const EXOTEL_ID: &str = "c5797dcbaaeed7678c4062a4a3ed2f8a";

/// The servers, each with an id in its vendor's format.
pub(crate) const SERVERS: [(Server, &str); 6] = [
    (Server::TwoChat, TWOCHAT_ID),
    (Server::SynthflowGlobal, SYNTHFLOW_ID),
    (Server::SynthflowUs, SYNTHFLOW_ID),
    (Server::SynthflowEu, SYNTHFLOW_ID),
    (Server::ExotelSingapore, EXOTEL_ID),
    (Server::ExotelMumbai, EXOTEL_ID),
];

/// The request as the vendor's page shows it, with the sandbox's credentials.
pub(crate) fn request(server: Server, id: &str) -> String {
    let (path, credential) = match server {
        Server::TwoChat => (
            format!("/open/voip/virtual-numbers/{id}"),
            "X-User-API-Key: UAK-sandbox-2chat",
        ),
        Server::SynthflowGlobal | Server::SynthflowUs | Server::SynthflowEu => (
            format!("/v2/numbers/{id}"),
            "Authorization: Bearer sandbox-synthflow-key",
        ),
        // printf sandbox-exotel-key:sandbox-exotel-token | base64
        Server::ExotelSingapore | Server::ExotelMumbai => (
            format!("/v2_beta/Accounts/sandbox/IncomingPhoneNumbers/{id}"),
            "Authorization: Basic c2FuZGJveC1leG90ZWwta2V5OnNhbmRib3gtZXhvdGVsLXRva2Vu",
        ),
    };
    format!("DELETE {path} HTTP/1.1\r\nHost: sandbox\r\n{credential}\r\n\r\n")
}

pub(crate) async fn connect(sandbox: &Sandbox, server: Server) -> TcpStream {
    let url = sandbox.base_url(server);
    let address = url.strip_prefix("http://").unwrap();
    let address = address.split('/').next().unwrap();
    TcpStream::connect(address).await.unwrap()
}

/// A response.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: String,
    pub(crate) body: String,
}

/// Sends a request on an open connection and reads one response with a `Content-Length`.
pub(crate) async fn exchange(stream: &mut TcpStream, request: &str) -> Response {
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut headers = Vec::new();
    while !headers.ends_with(b"\r\n\r\n") {
        headers.push(stream.read_u8().await.unwrap());
    }
    let headers = String::from_utf8(headers).unwrap();
    let length = headers
        .lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map_or(0, |(_, value)| value.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.unwrap();
    Response {
        status: headers[9..12].parse().unwrap(),
        headers,
        body: String::from_utf8(body).unwrap(),
    }
}

/// Sends a request on a connection of its own.
pub(crate) async fn send(sandbox: &Sandbox, server: Server, request: &str) -> Response {
    exchange(&mut connect(sandbox, server).await, request).await
}

/// Awaits a future, and fails the test instead of hanging if it does not complete.
pub(crate) async fn soon<F: Future>(future: F) -> F::Output {
    tokio::time::timeout(Duration::from_secs(30), future)
        .await
        .unwrap()
}

/// Lets the sandbox run until the condition holds.
pub(crate) async fn until(condition: impl Fn() -> bool) {
    soon(async {
        while !condition() {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

/// A sandbox with this fault for its next request, and the connection on which that request was sent.
pub(crate) async fn faulted(server: Server, id: &str, fault: Fault) -> (Sandbox, TcpStream) {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.inject(fault.times(1));
    let mut stream = connect(&sandbox, server).await;
    let valid = request(server, id);
    stream.write_all(valid.as_bytes()).await.unwrap();
    (sandbox, stream)
}

/// Asserts that the server sends these bytes and closes the connection.
pub(crate) async fn assert_closed(fault: Fault, expected: &[u8]) {
    let name = fault.to_string();
    let (_sandbox, mut stream) = faulted(Server::TwoChat, TWOCHAT_ID, fault).await;
    let mut received = Vec::new();
    soon(stream.read_to_end(&mut received)).await.unwrap();
    assert_eq!(
        received.escape_ascii().to_string(),
        expected.escape_ascii().to_string(),
        "{name}"
    );
}

/// Asserts that the server sends these bytes and serves another request on the connection.
pub(crate) async fn assert_served(server: Server, id: &str, fault: Fault, expected: &[u8]) {
    let name = fault.to_string();
    let (_sandbox, mut stream) = faulted(server, id, fault).await;
    let mut received = vec![0; expected.len()];
    soon(stream.read_exact(&mut received)).await.unwrap();
    assert_eq!(
        received.escape_ascii().to_string(),
        expected.escape_ascii().to_string(),
        "{name}"
    );
    let next = exchange(&mut stream, &request(server, id)).await;
    assert_eq!(next.status, 404, "{name}");
}

/// Asserts that the server sends these bytes, then nothing, and keeps the connection open until the sandbox
/// stops.
pub(crate) async fn assert_stalled(fault: Fault, expected: &[u8]) {
    let name = fault.to_string();
    let (sandbox, mut stream) = faulted(Server::TwoChat, TWOCHAT_ID, fault).await;
    let mut received = vec![0; expected.len()];
    soon(stream.read_exact(&mut received)).await.unwrap();
    assert_eq!(
        received.escape_ascii().to_string(),
        expected.escape_ascii().to_string(),
        "{name}"
    );
    until(|| sandbox.request_count() == 1).await;
    assert_eq!(
        stream.try_read(&mut [0]).unwrap_err().kind(),
        ErrorKind::WouldBlock,
        "{name}"
    );
    sandbox.shutdown().await;
    assert_eq!(soon(stream.read(&mut [0])).await.unwrap(), 0, "{name}");
}
