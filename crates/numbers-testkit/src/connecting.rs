//! Connections that do not come about: nothing was sent, and the error says so.

use crate::{Certificate, Row, Script, SecureServer, Server, Subject, Untouched, assert_row};
use numbers_core::{Error, ErrorKind, NumberId, Releaser};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpSocket, TcpStream};

/// Enough for all that does not have to run out.
const PATIENT: Duration = Duration::from_secs(15);
/// A quarter of it parts the end of a connect from the end of the call, also on a busy machine.
const HURRIED: Duration = Duration::from_millis(800);

/// Every way in which a connection fails, against the vendor.
pub async fn check_connecting(subject: &Subject) {
    refused(subject).await;
    unresolved(subject).await;
    out_of_time(subject).await;
    not_tls(subject).await;
    certificates(subject).await;
}

async fn failure(client: Arc<dyn Releaser>, subject: &Subject) -> Error {
    client
        .release(&NumberId::new(subject.id))
        .await
        .unwrap_err()
}

fn assert_connect(name: &str, error: &Error, retryable: bool) {
    let row = Row::refused(name, Script::bytes(""), ErrorKind::Connect);
    assert_row(&Row { retryable, ..row }, error);
}

async fn refused(subject: &Subject) {
    let listener = Untouched::listen();
    let (url, address) = (listener.url(), listener.address());
    drop(listener);
    assert_connect(
        "refused",
        &failure(subject.client(&url), subject).await,
        true,
    );
    let secure = subject.secure_client(&format!("https://{address}"), PATIENT, Vec::new());
    assert_connect("refused, https", &failure(secure, subject).await, true);
}

async fn unresolved(subject: &Subject) {
    // RFC 6761 keeps the name from ever being given to anybody.
    let client = subject.secure_client("https://vendor.invalid", PATIENT, Vec::new());
    assert_connect(
        "a name that nobody has",
        &failure(client, subject).await,
        true,
    );
}

async fn out_of_time(subject: &Subject) {
    // The kernel takes connections up to the backlog, and is silent to the rest.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(0).unwrap();
    let address = listener.local_addr().unwrap();
    let _taken = TcpStream::connect(address).await.unwrap();
    let client = subject.client_within(&format!("http://{address}"), HURRIED);
    assert_connect("no room", &failure(client, subject).await, true);

    let server = Server::start([Script::bytes("").then_stall()]).await;
    let url = format!("https://{}", server.address());
    let client = subject.secure_client(&url, HURRIED, Vec::new());
    assert_connect(
        "a handshake that stalls",
        &failure(client, subject).await,
        true,
    );
    server.finish().await;
}

async fn not_tls(subject: &Subject) {
    for (name, script) in [
        ("reset in the handshake", Script::reset()),
        (
            "plain HTTP where TLS is expected",
            Script::answer(200, subject.body).at_once(),
        ),
        ("closed in the handshake", Script::bytes("").at_once()),
        (
            "an alert",
            Script::bytes(b"\x15\x03\x03\x00\x02\x02\x28").at_once(),
        ),
    ] {
        let server = Server::start([script]).await;
        let url = format!("https://{}", server.address());
        let client = subject.secure_client(&url, PATIENT, Vec::new());
        let error = failure(Arc::clone(&client), subject).await;
        drop(client);
        let seen = server.finish().await;
        assert_eq!(seen.connections.len(), 1, "{name}");
        assert_connect(name, &error, true);
    }
}

async fn certificates(subject: &Subject) {
    let success = || Script::answer(subject.status, subject.body);
    let good = Certificate::new("127.0.0.1");
    for (name, certificate, trusted) in [
        ("signed by nobody known", &good, Vec::new()),
        (
            "for another host",
            &Certificate::new("other.example"),
            vec![],
        ),
        ("out of date", &Certificate::expired("127.0.0.1"), vec![]),
    ] {
        let trusted = if name == "signed by nobody known" {
            trusted
        } else {
            vec![certificate.root()]
        };
        let server = SecureServer::start(certificate, [success()]).await;
        let url = format!("https://{}", server.address());
        let error = failure(subject.secure_client(&url, PATIENT, trusted), subject).await;
        assert_connect(name, &error, false);
        assert!(error.to_string().contains("certificate"), "{error}");
        assert_eq!(server.finish().await.requests(), [""; 0], "{name}");
    }

    // The same server and client do meet where the certificate is right.
    let server = SecureServer::start(&good, [success()]).await;
    let url = format!("https://{}", server.address());
    let client = subject.secure_client(&url, PATIENT, vec![good.root()]);
    let release = client.release(&NumberId::new(subject.id)).await.unwrap();
    assert_eq!(release.status(), Some(subject.status));
    drop(client);
    assert_eq!(server.finish().await.requests().len(), 1);
}
