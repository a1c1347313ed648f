//! TLS and certificates: when they fail, nothing was sent, and the message names the cause.

#![allow(clippy::unwrap_used)] // helpers of tests, which the lint takes for other code

mod common;

use common::{assert_connect, build, release, release_at};
use numbers_core::{NumberId, Outcome};
use numbers_http::TransportOptions;
use numbers_testkit::{Certificate, Script, ScriptedServer, TlsServer};

const HOST: &str = "127.0.0.1";

async fn server(certificate: &Certificate) -> TlsServer {
    TlsServer::start(certificate, [Script::response(200, "{}")]).await
}

#[tokio::test]
async fn a_certificate_by_a_trusted_authority_is_accepted() {
    let certificate = Certificate::new(HOST);
    let (server, root) = (server(&certificate).await, certificate.root());
    let result = release(&server.url(), |builder| builder.tls_certs_only([root])).await;
    assert_eq!(result.unwrap(), Outcome::Released);
    assert_eq!(server.finish().await.requests().len(), 1);
}

#[tokio::test]
async fn a_certificate_by_an_unknown_authority_is_refused() {
    let server = server(&Certificate::new(HOST)).await;
    let other = Certificate::new(HOST).root();
    let result = release(&server.url(), |builder| builder.tls_certs_only([other])).await;
    assert_connect(result, false, &["certificate is not valid"]);
}

#[tokio::test]
async fn an_expired_certificate_is_refused() {
    let certificate = Certificate::expired(HOST);
    let (server, root) = (server(&certificate).await, certificate.root());
    let result = release(&server.url(), |builder| builder.tls_certs_only([root])).await;
    assert_connect(result, false, &["certificate is not valid", "expired"]);
}

#[tokio::test]
async fn a_certificate_of_another_host_is_refused() {
    let certificate = Certificate::new("other.example");
    let (server, root) = (server(&certificate).await, certificate.root());
    let result = release(&server.url(), |builder| builder.tls_certs_only([root])).await;
    let parts = ["certificate is not valid", "another host"];
    assert_connect(result, false, &parts);
}

#[tokio::test]
async fn a_caller_cannot_disable_the_checks_of_certificates() {
    let server = server(&Certificate::new(HOST)).await;
    let other = Certificate::new(HOST).root();
    let result = release(&server.url(), |builder| {
        builder
            .tls_certs_only([other])
            .tls_danger_accept_invalid_certs(true)
            .tls_danger_accept_invalid_hostnames(true)
    })
    .await;
    assert_connect(result, false, &["certificate is not valid"]);
    assert_eq!(server.finish().await.requests(), [""; 0]);
}

/// Calls a server without TLS over https.
async fn release_without_tls(script: Script, parts: &[&str]) {
    let server = ScriptedServer::start([script]).await;
    let url = format!("https://{}", server.address());
    let result = release(&url, |builder| builder.tls_certs_only([])).await;
    assert_connect(result, true, parts);
}

#[tokio::test]
async fn plain_http_instead_of_tls_is_a_tls_failure() {
    release_without_tls(Script::response(400, "").on_first_byte(), &["TLS"]).await;
}

#[tokio::test]
async fn a_server_that_never_speaks_tls_is_a_failed_connection() {
    release_without_tls(Script::bytes("").then_stall(), &["in time"]).await;
}

#[tokio::test]
async fn a_root_certificate_in_pem_is_trusted() {
    let certificate = Certificate::new(HOST);
    let server = server(&certificate).await;
    let options = TransportOptions::new().with_root_certificate_pem(certificate.root_pem());
    let http = build(&server.url(), options).unwrap();
    let outcome = release_at(&http, &NumberId::new("n-1")).await.unwrap();
    assert_eq!(outcome, Outcome::Released);
}

#[tokio::test]
async fn a_root_certificate_that_holds_none_is_refused() {
    let broken = "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n";
    for pem in ["", "no PEM", broken] {
        let options = TransportOptions::new().with_root_certificate_pem(pem);
        let error = build("https://127.0.0.1", options).unwrap_err();
        let fields: Vec<_> = error.problems().iter().map(|it| it.field()).collect();
        assert_eq!(fields, [Some("root_certificate_pem")], "{error}");
    }
}
