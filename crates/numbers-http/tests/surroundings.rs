//! What stands between us and a vendor: names, proxies, certificates and clocks. Whatever is wrong with
//! the first three, nothing was sent, and the message names the cause.

#![allow(clippy::unwrap_used)] // helpers of tests, which the lint takes for other code

use numbers_core::{Error, ErrorKind, NumberId, Outcome};
use numbers_http::reqwest::{Certificate, ClientBuilder, Proxy};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

mod common;

/// Releases one number at `https://localhost:port`, with the client tuned as given.
async fn release(
    port: u16,
    tune: impl FnOnce(ClientBuilder) -> ClientBuilder + Send + Sync + 'static,
) -> Result<Outcome, Error> {
    release_at(&format!("https://localhost:{port}"), tune).await
}

async fn release_at(
    server: &str,
    tune: impl FnOnce(ClientBuilder) -> ClientBuilder + Send + Sync + 'static,
) -> Result<Outcome, Error> {
    let http = common::http(server, Duration::from_secs(2), tune).unwrap();
    common::release_at(&http, &NumberId::new("n-1")).await
}

/// A certificate authority, and a certificate by it.
struct Chain {
    root: Certificate,
    server: ServerConfig,
}

fn chain(host: &str, until: (i32, u8, u8)) -> Chain {
    let mut ca = CertificateParams::default();
    ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let ca_key = KeyPair::generate().unwrap();
    let root = ca.self_signed(&ca_key).unwrap();
    let issuer = Issuer::new(ca, ca_key);
    let mut leaf = CertificateParams::new([host.to_owned()]).unwrap();
    leaf.not_before = date_time_ymd(2000, 1, 1);
    leaf.not_after = date_time_ymd(until.0, until.1, until.2);
    let leaf_key = KeyPair::generate().unwrap();
    let leaf = leaf.signed_by(&leaf_key, &issuer).unwrap();
    let key = PrivateKeyDer::try_from(leaf_key.serialize_der()).unwrap();
    Chain {
        root: Certificate::from_der(root.der()).unwrap(),
        server: ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![leaf.der().clone()], key)
            .unwrap(),
    }
}

/// Answers one https request with 200, if it gets that far.
async fn serve_tls(config: ServerConfig) -> u16 {
    let listener = TcpListener::bind("localhost:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (tcp, _) = listener.accept().await.unwrap();
        let Ok(mut tls) = TlsAcceptor::from(Arc::new(config)).accept(tcp).await else {
            return;
        };
        let _ = tls.read(&mut [0; 4096]).await;
        let _ = tls
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")
            .await;
        let _ = tls.shutdown().await;
    });
    port
}

/// Answers every connection with these bytes and keeps it open, without a look at what it says.
async fn serve_plain(answer: &'static [u8]) -> SocketAddr {
    let listener = TcpListener::bind("localhost:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((mut tcp, _)) = listener.accept().await {
            let _ = tcp.read(&mut [0; 4096]).await;
            let _ = tcp.write_all(answer).await;
            open.push(tcp);
        }
    });
    address
}

#[track_caller]
fn assert_not_sent(result: Result<Outcome, Error>, retryable: bool, causes: &[&str]) {
    let error = result.unwrap_err();
    let shown = error.to_string();
    assert_eq!(
        (error.kind(), error.may_have_released()),
        (ErrorKind::Connect, false),
        "{shown}"
    );
    assert_eq!(error.is_retryable(), retryable, "{shown}");
    for cause in causes {
        assert!(shown.contains(cause), "{cause:?} is not in: {shown}");
    }
}

#[tokio::test]
async fn a_certificate_by_a_trusted_root_is_taken() {
    let Chain { root, server } = chain("localhost", (2999, 1, 1));
    let port = serve_tls(server).await;
    let outcome = release(port, |builder| builder.tls_certs_only([root]))
        .await
        .unwrap();
    assert_eq!(outcome, Outcome::Released);
}

#[tokio::test]
async fn a_certificate_by_a_stranger_is_refused_for_good() {
    let Chain { server, .. } = chain("localhost", (2999, 1, 1));
    let Chain { root: other, .. } = chain("localhost", (2999, 1, 1));
    let port = serve_tls(server).await;
    let result = release(port, |builder| builder.tls_certs_only([other])).await;
    assert_not_sent(result, false, &["certificate is not valid"]);
}

#[tokio::test]
async fn an_expired_certificate_is_refused_for_good() {
    let Chain { root, server } = chain("localhost", (2001, 1, 1));
    let port = serve_tls(server).await;
    let result = release(port, |builder| builder.tls_certs_only([root])).await;
    assert_not_sent(result, false, &["certificate is not valid", "expired"]);
}

#[tokio::test]
async fn a_certificate_of_another_host_is_refused_for_good() {
    let Chain { root, server } = chain("other.example", (2999, 1, 1));
    let port = serve_tls(server).await;
    let result = release(port, |builder| builder.tls_certs_only([root])).await;
    assert_not_sent(
        result,
        false,
        &["certificate is not valid", "not valid for name"],
    );
}

#[tokio::test]
async fn the_checks_of_certificates_cannot_be_tuned_away() {
    let Chain { server, .. } = chain("localhost", (2999, 1, 1));
    let Chain { root: other, .. } = chain("localhost", (2999, 1, 1));
    let port = serve_tls(server).await;
    let result = release(port, |builder| {
        builder
            .tls_certs_only([other])
            .tls_danger_accept_invalid_certs(true)
    })
    .await;
    assert_not_sent(result, false, &["certificate is not valid"]);
}

#[tokio::test]
async fn tls_to_a_plain_port_names_tls() {
    let address = serve_plain(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n").await;
    let result = release(address.port(), |builder| builder.tls_certs_only([])).await;
    assert_not_sent(result, true, &["TLS"]);
}

#[tokio::test]
async fn a_server_that_never_speaks_tls_is_no_connection() {
    let address = serve_plain(b"").await;
    let result = release(address.port(), |builder| builder.tls_certs_only([])).await;
    assert_not_sent(result, true, &["in time"]);
}

#[tokio::test]
async fn a_proxy_that_refuses_is_named() {
    let closed = TcpListener::bind("localhost:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    for proxy in [
        closed,
        serve_plain(b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n")
            .await,
        serve_plain(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n").await,
    ] {
        let proxy = Proxy::all(format!("http://{proxy}")).unwrap();
        let result = release(1, |builder| builder.tls_certs_only([]).proxy(proxy)).await;
        assert_not_sent(result, true, &["proxy"]);
    }
}

#[tokio::test]
async fn a_proxy_that_never_answers_is_no_connection() {
    let proxy = Proxy::all(format!("http://{}", serve_plain(b"").await)).unwrap();
    let result = release(1, |builder| builder.tls_certs_only([]).proxy(proxy)).await;
    assert_not_sent(result, true, &["in time"]);
}

#[tokio::test]
async fn plain_http_to_localhost_goes_to_loopback_whatever_a_resolver_says() {
    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
    let port = serve_plain(answer).await.port();
    // Of the addresses that are kept for documentation: nobody is there.
    let elsewhere = SocketAddr::from(([192, 0, 2, 1], port));
    let outcome = release_at(&format!("http://localhost:{port}"), move |builder| {
        builder.resolve("localhost", elsewhere)
    })
    .await
    .unwrap();
    assert_eq!(outcome, Outcome::Released);
}

#[tokio::test]
async fn a_date_in_retry_after_counts_from_the_date_of_the_answer() {
    let answer = b"HTTP/1.1 429 X\r\ncontent-length: 0\r\nconnection: close\r\n\
        date: Sun, 06 Nov 1994 08:49:37 GMT\r\nretry-after: Sun, 06 Nov 1994 08:50:07 GMT\r\n\r\n";
    let port = serve_plain(answer).await.port();
    let result = release_at(&format!("http://localhost:{port}"), |builder| builder).await;
    let error = result.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
}
