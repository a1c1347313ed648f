//! Exotel, the release of an ExoPhone.

use axum::http::{HeaderMap, StatusCode, header};
use base64::{Engine, prelude::BASE64_STANDARD};

use super::{Reading, only};
use crate::{NumberState, credentials};

pub(crate) const READING: Reading = Reading {
    base_path: "",
    route: "/v2_beta/Accounts/{account}/IncomingPhoneNumbers/{number}",
    admits,
    success: (
        StatusCode::ACCEPTED,
        r#"{"Status":202,"Message":"Accepted"}"#,
    ),
    outcome: NumberState::Accepted,
    absent: "ExoPhone not found",
    error_form: r#"{"RestException":{"Status":STATUS,"Message":"MESSAGE"}}"#,
};

fn admits(headers: &HeaderMap, account: Option<&str>) -> bool {
    account == Some(credentials::EXOTEL_ACCOUNT_SID)
        && basic(headers).is_some_and(|sent| sent == key())
}

/// What is sent after `Basic `, decoded.
fn basic(headers: &HeaderMap) -> Option<Vec<u8>> {
    let encoded = only(headers, header::AUTHORIZATION.as_str())?.strip_prefix("Basic ")?;
    BASE64_STANDARD.decode(encoded).ok()
}

fn key() -> Vec<u8> {
    format!(
        "{}:{}",
        credentials::EXOTEL_API_KEY,
        credentials::EXOTEL_API_TOKEN
    )
    .into_bytes()
}
