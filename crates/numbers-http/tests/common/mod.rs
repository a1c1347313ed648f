//! An endpoint to call that belongs to no vendor.

#![allow(dead_code, clippy::unwrap_used)] // helpers of tests, which the lint takes for other code

use numbers_core::{ConfigError, Endpoint, Error, ErrorKind, NumberId, Outcome, Setting, Vendor};
use numbers_http::reqwest::ClientBuilder;
use numbers_http::secrecy::SecretString;
use numbers_http::{
    Auth, Http, HttpConfig, Json, Parsed, ResponseParser, TransportOptions, VendorError,
};
use std::time::Duration;

const ENDPOINT: Endpoint = Endpoint::new(Vendor::new("acme"), "release", "/{id}").with_success(&[
    (200, Outcome::Released),
    (204, Outcome::Released),
    (202, Outcome::Accepted),
]);

struct Acme;

impl ResponseParser for Acme {
    type Success = ();
    const ENDPOINT: Endpoint = ENDPOINT;

    fn parse_success(body: &Json<'_>) -> Parsed<()> {
        match body["error"].is_blank() {
            true => Parsed::Success(()),
            false => Parsed::Unexpected("the body has an error"),
        }
    }

    fn parse_error(_: &Json<'_>) -> VendorError {
        VendorError::default()
    }

    fn states_success(_: &Json<'_>) -> bool {
        false
    }

    fn without_body(status: u16) -> Option<()> {
        (status != 200).then_some(())
    }
}

const KEY: Setting = Setting::new("key", "ACME_KEY", "The key.").with_secret(true);
const BASE_URL: Setting =
    Setting::new("base_url", "ACME_BASE_URL", "The server.").with_required(false);

/// The endpoint at a server, with reqwest configured as given.
pub(crate) fn http(
    server: &str,
    timeout: Duration,
    configure: impl FnOnce(ClientBuilder) -> ClientBuilder + Send + Sync + 'static,
) -> Result<Http, ConfigError> {
    let transport = TransportOptions::new().with_timeout(timeout);
    build(server, transport.with_reqwest(configure))
}

/// The endpoint at a server, with these options.
pub(crate) fn build(server: &str, transport: TransportOptions) -> Result<Http, ConfigError> {
    let key = SecretString::from("key");
    Http::new(HttpConfig {
        endpoint: ENDPOINT,
        auth: Auth::Bearer,
        product: "acme/1",
        secrets: &[(&KEY, Some(&key))],
        path: &[],
        server: None,
        region: None,
        base_url: (&BASE_URL, Some(server)),
        transport,
        problems: Vec::new(),
    })
}

/// Releases one number.
pub(crate) async fn release_at(http: &Http, number: &NumberId) -> Result<Outcome, Error> {
    http.call::<Acme>("/n-1", number)
        .await
        .map(|response| response.outcome())
}

/// Releases one number at a server, with reqwest configured as given.
pub(crate) async fn release(
    server: &str,
    configure: impl FnOnce(ClientBuilder) -> ClientBuilder + Send + Sync + 'static,
) -> Result<Outcome, Error> {
    let http = http(server, Duration::from_secs(2), configure).unwrap();
    release_at(&http, &NumberId::new("n-1")).await
}

/// Asserts that the connection failed, that nothing was sent, and that the message has these parts.
#[track_caller]
pub(crate) fn assert_connect(result: Result<Outcome, Error>, retryable: bool, parts: &[&str]) {
    let error = result.unwrap_err();
    let message = error.to_string();
    assert_eq!(
        (error.kind(), error.may_have_released()),
        (ErrorKind::Connect, false),
        "{message}"
    );
    assert_eq!(error.is_retryable(), retryable, "{message}");
    for part in parts {
        assert!(message.contains(part), "{part:?} is not in: {message}");
    }
}
