//! Synthflow, "Delete a phone number".

use axum::http::{HeaderMap, StatusCode, header};

use super::{Reading, only};
use crate::{NumberState, credentials};

pub(crate) const READING: Reading = Reading {
    base_path: "/v2",
    route: "/v2/numbers/{number}",
    admits,
    success: (StatusCode::OK, r#"{"status": "ok"}"#),
    outcome: NumberState::Released,
    absent: "Phone number not found",
    error_form: r#"{"detail": "MESSAGE"}"#,
};

fn admits(headers: &HeaderMap, _account: Option<&str>) -> bool {
    only(headers, header::AUTHORIZATION.as_str()).and_then(|value| value.strip_prefix("Bearer "))
        == Some(credentials::SYNTHFLOW_API_KEY)
}
