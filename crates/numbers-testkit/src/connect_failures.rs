//! Failures to connect: nothing was sent, and the error says so.

use crate::{
    Case, Certificate, Script, ScriptedServer, TlsServer, UnusedListener, VendorFixture,
    assert_case,
};
use numbers_core::{Error, ErrorKind, NumberId, Releaser};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpSocket, TcpStream};

/// Where the time-out must not run out.
const LONG: Duration = Duration::from_secs(15);
/// Where it must. A quarter of it lies between the connect time-out and the total, also on a busy machine.
const SHORT: Duration = Duration::from_millis(800);

/// Every way in which a connection fails, against the vendor's client.
pub async fn check_connect_failures(fixture: &VendorFixture) {
    refused(fixture).await;
    unresolved(fixture).await;
    timed_out(fixture).await;
    not_tls(fixture).await;
    certificates(fixture).await;
}

async fn failure(client: Arc<dyn Releaser>, fixture: &VendorFixture) -> Error {
    client
        .release(&NumberId::new(fixture.id))
        .await
        .unwrap_err()
}

fn assert_connect(name: &str, error: &Error, retryable: bool) {
    let case = Case::refused(name, Script::bytes(""), ErrorKind::Connect);
    assert_case(&Case { retryable, ..case }, error);
}

async fn refused(fixture: &VendorFixture) {
    let listener = UnusedListener::listen();
    let (url, address) = (listener.url(), listener.address());
    drop(listener);
    assert_connect(
        "refused",
        &failure(fixture.client(&url), fixture).await,
        true,
    );
    let client = fixture.tls_client(&format!("https://{address}"), LONG, Vec::new());
    assert_connect("refused, https", &failure(client, fixture).await, true);
}

async fn unresolved(fixture: &VendorFixture) {
    // RFC 6761 reserves the name: it never resolves.
    let client = fixture.tls_client("https://vendor.invalid", LONG, Vec::new());
    assert_connect("unknown host", &failure(client, fixture).await, true);
}

async fn timed_out(fixture: &VendorFixture) {
    // The kernel accepts connections up to the backlog and does not respond to others.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(0).unwrap();
    let address = listener.local_addr().unwrap();
    let _backlog = TcpStream::connect(address).await.unwrap();
    let client = fixture.client_with_timeout(&format!("http://{address}"), SHORT);
    assert_connect("full backlog", &failure(client, fixture).await, true);

    let server = ScriptedServer::start([Script::bytes("").then_stall()]).await;
    let url = format!("https://{}", server.address());
    let client = fixture.tls_client(&url, SHORT, Vec::new());
    assert_connect("stalled handshake", &failure(client, fixture).await, true);
    server.finish().await;
}

async fn not_tls(fixture: &VendorFixture) {
    for (name, script) in [
        ("reset in the handshake", Script::reset()),
        (
            "plain HTTP instead of TLS",
            Script::response(200, fixture.body).on_first_byte(),
        ),
        ("closed in the handshake", Script::bytes("").on_first_byte()),
        (
            "TLS alert",
            Script::bytes(b"\x15\x03\x03\x00\x02\x02\x28").on_first_byte(),
        ),
    ] {
        let server = ScriptedServer::start([script]).await;
        let url = format!("https://{}", server.address());
        let client = fixture.tls_client(&url, LONG, Vec::new());
        let error = failure(Arc::clone(&client), fixture).await;
        drop(client);
        let log = server.finish().await;
        assert_eq!(log.connections.len(), 1, "{name}");
        assert_connect(name, &error, true);
    }
}

async fn certificates(fixture: &VendorFixture) {
    let success = || Script::response(fixture.status, fixture.body);
    let valid = Certificate::new("127.0.0.1");
    let other_host = Certificate::new("other.example");
    let expired = Certificate::expired("127.0.0.1");
    for (name, certificate, roots) in [
        ("unknown authority", &valid, vec![]),
        ("other host", &other_host, vec![other_host.root()]),
        ("expired", &expired, vec![expired.root()]),
    ] {
        let server = TlsServer::start(certificate, [success()]).await;
        let client = fixture.tls_client(&server.url(), LONG, roots);
        let error = failure(client, fixture).await;
        assert_connect(name, &error, false);
        assert!(error.to_string().contains("certificate"), "{error}");
        assert_eq!(server.finish().await.requests(), [""; 0], "{name}");
    }

    // The same server and client do connect if the certificate is valid.
    let server = TlsServer::start(&valid, [success()]).await;
    let client = fixture.tls_client(&server.url(), LONG, vec![valid.root()]);
    let release = client.release(&NumberId::new(fixture.id)).await.unwrap();
    assert_eq!(release.status(), Some(fixture.status));
    drop(client);
    assert_eq!(server.finish().await.requests().len(), 1);
}
