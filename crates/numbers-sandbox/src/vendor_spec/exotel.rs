//! Exotel, the release of an ExoPhone.

use axum::http::{HeaderMap, StatusCode, header};
use base64::{Engine, prelude::BASE64_STANDARD};

use super::{ErrorForm, VendorSpec, single_value};
use crate::{NumberState, credentials};

pub(crate) const SPEC: VendorSpec = VendorSpec {
    base_path: "",
    route: "/v2_beta/Accounts/{account}/IncomingPhoneNumbers/{number}",
    is_authorized,
    success: (
        StatusCode::ACCEPTED,
        r#"{"Status":202,"Message":"Accepted"}"#,
    ),
    released_state: NumberState::Accepted,
    not_found: "ExoPhone not found",
    error_forms: &[
        ErrorForm {
            name: "RestException",
            template: r#"{"RestException":{"Status":STATUS,"Message":"MESSAGE"}}"#,
        },
        ErrorForm {
            name: "RestException, integer code",
            template: r#"{"RestException":{"Status":STATUS,"Message":"MESSAGE","Code":340030}}"#,
        },
        ErrorForm {
            name: "RestException, string code",
            template: r#"{"RestException":{"Status":STATUS,"Message":"MESSAGE","Code":"340030"}}"#,
        },
        ErrorForm {
            name: "envelope",
            template: r#"{"request_id":"sandbox","http_code":STATUS,"response":{"code":STATUS,"error_data":{"code":1000,"message":"MESSAGE","description":"MESSAGE"},"status":"failure","data":null}}"#,
        },
        ErrorForm {
            name: "Status and Message",
            template: r#"{"Status":STATUS,"Message":"MESSAGE"}"#,
        },
    ],
};

fn is_authorized(headers: &HeaderMap, account: Option<&str>) -> bool {
    account == Some(credentials::EXOTEL_ACCOUNT_SID)
        && basic(headers).is_some_and(|sent| sent == key())
}

/// The decoded value after `Basic `.
fn basic(headers: &HeaderMap) -> Option<Vec<u8>> {
    let encoded = single_value(headers, header::AUTHORIZATION.as_str())?.strip_prefix("Basic ")?;
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
