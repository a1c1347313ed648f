//! An endpoint to call, with nothing of a vendor's in it.

#![allow(clippy::unwrap_used)] // helpers of tests, which the lint takes for other code

use numbers_core::{Endpoint, Error, NumberId, Outcome, Vendor};
use numbers_http::reqwest::ClientBuilder;
use numbers_http::secrecy::SecretString;
use numbers_http::serde_json::Value;
use numbers_http::{Auth, Credential, Http, Parsed, ResponseParser, Settings, VendorError};
use std::time::Duration;

const ENDPOINT: Endpoint = Endpoint::new(Vendor::new("acme"), "release", "/{id}")
    .with_success(&[(200, Outcome::Released)]);

struct Acme;

impl ResponseParser for Acme {
    type Success = ();
    const ENDPOINT: Endpoint = ENDPOINT;

    fn parse_success(_: &Value) -> Parsed<()> {
        Parsed::Success(())
    }

    fn parse_error(_: &Value) -> VendorError {
        VendorError::default()
    }

    fn states_success(_: &Value) -> bool {
        false
    }
}

/// The endpoint at a server, with reqwest configured as given.
pub(crate) fn http(
    server: &str,
    timeout: Duration,
    tune: impl FnOnce(ClientBuilder) -> ClientBuilder + Send + Sync + 'static,
) -> Result<Http, Error> {
    let mut settings = Settings::default();
    settings.timeout(timeout);
    settings.tune(tune);
    let key = SecretString::from("key");
    let credential = Credential::new(ENDPOINT.vendor(), Auth::Bearer, &[("key", &key)]).unwrap();
    Http::new(ENDPOINT, server, credential, "acme/1", settings)
}

/// Releases one number.
pub(crate) async fn release_at(http: &Http, number: &NumberId) -> Result<Outcome, Error> {
    http.call::<Acme>("/n-1", number)
        .await
        .map(|response| response.outcome())
}
