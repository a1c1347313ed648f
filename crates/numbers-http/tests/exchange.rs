//! A request to loopback, and what is read from its response.

#![allow(clippy::unwrap_used)] // helpers of tests, which the lint takes for other code

mod common;

use common::{assert_connect, build, release};
use numbers_core::{ErrorKind, Outcome};
use numbers_http::TransportOptions;
use numbers_testkit::{Script, ScriptedServer};
use std::net::SocketAddr;
use std::time::Duration;

#[tokio::test]
async fn plain_http_to_localhost_ignores_a_resolver() {
    let server = ScriptedServer::start([Script::response(200, "{}")]).await;
    let port = server.address().port();
    // An address that is reserved for documentation.
    let elsewhere = SocketAddr::from(([192, 0, 2, 1], port));
    let result = release(&format!("http://localhost:{port}"), move |builder| {
        builder.resolve("localhost", elsewhere)
    })
    .await;
    assert_eq!(result.unwrap(), Outcome::Released);
}

#[tokio::test]
async fn a_date_in_retry_after_counts_from_the_date_of_the_response() {
    let headers = "date: Sun, 06 Nov 1994 08:49:37 GMT\r\n\
                   retry-after: Sun, 06 Nov 1994 08:50:07 GMT\r\n";
    let server = ScriptedServer::start([Script::response_with(429, headers, "")]).await;
    let error = release(&server.url(), |builder| builder).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
}

#[tokio::test]
async fn a_broken_body_is_the_source_of_its_error() {
    let cut = Script::bytes("HTTP/1.1 404 X\r\ncontent-length: 9\r\n\r\n{}");
    let server = ScriptedServer::start([cut]).await;
    let error = release(&server.url(), |builder| builder).await.unwrap_err();
    assert_eq!(
        (error.status(), error.bytes()),
        (Some(404), Some(&b"{}"[..]))
    );
    assert!(std::error::Error::source(&error).is_some(), "{error:?}");
}

#[tokio::test]
async fn a_success_whose_body_is_no_object_is_unknown() {
    for body in ["", "not JSON", "[]", "{\"a\": 1, \"a\": 1}"] {
        let server = ScriptedServer::start([Script::response(200, body)]).await;
        let error = release(&server.url(), |builder| builder).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedResponse, "{body}");
        assert_eq!(error.hint(), None);
    }
}

#[tokio::test]
async fn a_success_without_a_body_is_one_only_where_it_is_documented() {
    for (status, body, expected) in [
        (204, "", Ok(Outcome::Released)),
        (202, "", Ok(Outcome::Accepted)),
        (200, "", Err(ErrorKind::UnexpectedResponse)),
        // Not documented at all.
        (201, "", Err(ErrorKind::UnexpectedResponse)),
        (202, "no", Err(ErrorKind::UnexpectedResponse)),
        (202, "{\"error\": 1}", Err(ErrorKind::UnexpectedResponse)),
    ] {
        let server = ScriptedServer::start([Script::response(status, body)]).await;
        let result = release(&server.url(), |builder| builder).await;
        let result = result.map_err(|error| error.kind());
        assert_eq!(result, expected, "{status} {body}");
    }
}

#[tokio::test]
async fn a_body_is_read_up_to_64_kib() {
    for (length, expected) in [
        (65_536, Ok(Outcome::Released)),
        (65_537, Err(ErrorKind::UnexpectedResponse)),
    ] {
        let body = format!("{{{}}}", " ".repeat(length - 2));
        let server = ScriptedServer::start([Script::response(200, &body)]).await;
        let result = release(&server.url(), |builder| builder).await;
        let result = result.map_err(|error| error.kind());
        assert_eq!(result, expected, "{length}");
    }
}

#[tokio::test]
async fn a_refused_connection_is_told_without_the_systems_number() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let result = release(&url, |builder| builder).await;
    let message = result.as_ref().unwrap_err().to_string();
    assert!(!message.contains("os error"), "{message}");
    assert_connect(result, true, &["127.0.0.1", "refused"]);
}

#[test]
fn the_debug_of_an_endpoint_shows_vendor_and_host() {
    let url = "http://127.0.0.1:1/canary";
    let http = build(url, TransportOptions::new()).unwrap();
    let shown = format!("{http:?}");
    assert!(
        shown.contains("acme") && shown.contains("127.0.0.1"),
        "{shown}"
    );
    assert!(!shown.contains("canary"), "{shown}");
}
