//! Proxies: when they fail, nothing was sent, and no message shows their credentials.

#![allow(clippy::unwrap_used)] // helpers of tests, which the lint takes for other code

mod common;

use common::{assert_connect, build, release, release_at};
use numbers_core::NumberId;
use numbers_http::TransportOptions;
use numbers_http::reqwest::Proxy;
use numbers_testkit::{Certificate, Script, ScriptedServer, UnusedListener, in_a_child};
use std::ffi::OsStr;
use std::time::Duration;

const VENDOR: &str = "https://vendor.invalid";

/// Releases a number through this proxy.
async fn release_through(proxy: &str, parts: &[&str]) {
    let proxy = Proxy::all(proxy).unwrap();
    let result = release(VENDOR, |builder| builder.tls_certs_only([]).proxy(proxy)).await;
    assert_connect(result, true, parts);
}

#[tokio::test]
async fn a_proxy_that_refuses_the_tunnel_is_a_failed_connection() {
    for status in [407, 502] {
        let server = ScriptedServer::start([Script::response(status, "")]).await;
        release_through(&server.url(), &["proxy"]).await;
    }
}

#[tokio::test]
async fn an_unreachable_proxy_is_a_failed_connection() {
    let listener = UnusedListener::listen();
    let url = listener.url();
    drop(listener);
    release_through(&url, &["proxy"]).await;
}

#[tokio::test]
async fn a_proxy_that_never_responds_is_a_failed_connection() {
    let server = ScriptedServer::start([Script::bytes("").then_stall()]).await;
    release_through(&server.url(), &["in time"]).await;
}

/// Values of `HTTPS_PROXY` that can't be used.
fn unusable_proxies() -> Vec<&'static OsStr> {
    vec![
        OsStr::new("socks5://user:canary@host"),
        OsStr::new("http://user:canary@"),
        OsStr::new("user canary"),
        #[cfg(unix)]
        std::os::unix::ffi::OsStrExt::from_bytes(b"http://user:canary@host\xff"),
    ]
}

#[test]
fn an_unusable_proxy_variable_is_named_and_not_shown() {
    let test = "an_unusable_proxy_variable_is_named_and_not_shown";
    let is_child = unusable_proxies()
        .iter()
        .any(|value| in_a_child(test, &[("HTTPS_PROXY", value)]));
    if is_child {
        let error = build(VENDOR, TransportOptions::new()).unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(error.to_string().contains("HTTPS_PROXY"), "{shown}");
        assert!(!shown.contains("canary"), "{shown}");
    }
}

/// Multi-threaded, so that the proxy runs while the child does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_tunnel_names_the_proxy_without_credentials() {
    // Roots of the test's own: the machine may have none.
    let roots = concat!(env!("CARGO_TARGET_TMPDIR"), "/proxy-roots.pem");
    let proxy = ScriptedServer::start([Script::response(407, "")]).await;
    let url = format!("http://user:canary@{}", proxy.address());
    let variables = [
        ("HTTPS_PROXY", url.as_str()),
        ("NO_PROXY", ""),
        ("no_proxy", ""),
        ("SSL_CERT_FILE", roots),
        ("SSL_CERT_DIR", ""),
    ];
    std::fs::write(roots, Certificate::new("127.0.0.1").root_pem()).unwrap();
    let test = "a_refused_tunnel_names_the_proxy_without_credentials";
    if !in_a_child(test, &variables) {
        let log = proxy.finish().await;
        let [request] = &log.requests()[..] else {
            panic!("{log:?}");
        };
        // "user:canary" in base64: the proxy did get its credentials.
        assert!(request.contains("Basic dXNlcjpjYW5hcnk="), "{request}");
        return;
    }

    let transport = TransportOptions::new().with_timeout(Duration::from_secs(15));
    let http = build(VENDOR, transport).unwrap();
    let error = release_at(&http, &NumberId::new("n-1")).await.unwrap_err();
    let shown = format!("{error} {error:?}");
    let value = std::env::var("HTTPS_PROXY").unwrap();
    let (_, address) = value.split_once('@').unwrap();
    assert!(error.to_string().contains(address), "{shown}");
    assert!(
        !shown.contains("canary") && !shown.contains("dXNlcj"),
        "{shown}"
    );
}

#[test]
fn an_empty_proxy_variable_counts_as_not_set() {
    let test = "an_empty_proxy_variable_counts_as_not_set";
    let empty = [("HTTPS_PROXY", ""), ("ALL_PROXY", "")];
    if in_a_child(test, &empty) {
        let url = "http://127.0.0.1:1";
        assert!(build(url, TransportOptions::new()).is_ok());
        let options = TransportOptions::new().with_reqwest(|builder| builder.tls_certs_only([]));
        assert!(build(VENDOR, options).is_ok());
    }
}

/// With `REQUEST_METHOD` reqwest would send the request past the proxy, to the vendor itself.
#[test]
fn a_proxy_variable_that_reqwest_would_ignore_is_refused() {
    let test = "a_proxy_variable_that_reqwest_would_ignore_is_refused";
    let variables = [("HTTPS_PROXY", "http://canary:1"), ("REQUEST_METHOD", "GET")];
    if in_a_child(test, &variables) {
        let error = build(VENDOR, TransportOptions::new()).unwrap_err();
        let shown = error.to_string();
        assert!(shown.contains("REQUEST_METHOD"), "{shown}");
        assert!(!shown.contains("canary"), "{shown}");
    }
}

#[test]
fn a_proxy_variable_that_hides_another_is_refused() {
    let test = "a_proxy_variable_that_hides_another_is_refused";
    let hidden = [("HTTPS_PROXY", ""), ("https_proxy", "http://canary")];
    if in_a_child(test, &hidden) {
        let error = build(VENDOR, TransportOptions::new()).unwrap_err();
        let shown = error.to_string();
        assert!(
            shown.contains("HTTPS_PROXY") && shown.contains("hides https_proxy"),
            "{shown}"
        );
        assert!(!shown.contains("canary"), "{shown}");
    }
}

#[tokio::test]
async fn a_refused_connection_does_not_blame_a_proxy() {
    let listener = UnusedListener::listen();
    let url = listener.url();
    drop(listener);
    let error = release(&url, |builder| builder).await.unwrap_err();
    assert!(!error.to_string().contains("proxy"), "{error}");
}
