//! Synthflow, "Delete a phone number".

use axum::http::{HeaderMap, StatusCode, header};

use super::{ErrorForm, Reading, only};
use crate::{NumberState, credentials};

pub(crate) const READING: Reading = Reading {
    base_path: "/v2",
    route: "/v2/numbers/{number}",
    admits,
    success: (StatusCode::OK, r#"{"status": "ok"}"#),
    outcome: NumberState::Released,
    absent: "Phone number not found",
    error_forms: &[
        ErrorForm {
            name: "detail",
            template: r#"{"detail": "MESSAGE"}"#,
        },
        ErrorForm {
            name: "list of details",
            template: r#"{"detail": [{"loc": ["path", "phone_number_slug"], "msg": "MESSAGE", "type": "value_error"}]}"#,
        },
        ErrorForm {
            name: "error and message",
            template: r#"{"error": "not_found", "message": "MESSAGE"}"#,
        },
        ErrorForm {
            name: "another status",
            template: r#"{"status": "error"}"#,
        },
    ],
};

fn admits(headers: &HeaderMap, _account: Option<&str>) -> bool {
    only(headers, header::AUTHORIZATION.as_str()).and_then(|value| value.strip_prefix("Bearer "))
        == Some(credentials::SYNTHFLOW_API_KEY)
}
