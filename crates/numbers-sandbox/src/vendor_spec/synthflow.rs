//! Synthflow, "Delete a phone number".

use axum::http::{HeaderMap, StatusCode, header};

use super::{ErrorForm, VendorSpec, single_value};
use crate::{NumberState, credentials};

pub(crate) const SPEC: VendorSpec = VendorSpec {
    base_path: "/v2",
    route: "/v2/numbers/{number}",
    is_authorized,
    success: (StatusCode::OK, r#"{"status": "ok"}"#),
    released_state: NumberState::Released,
    not_found: "Phone number not found",
    error_forms: &[
        ErrorForm {
            name: "detail",
            template: r#"{"detail": "MESSAGE"}"#,
        },
        ErrorForm {
            name: "array of details",
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

fn is_authorized(headers: &HeaderMap, _account: Option<&str>) -> bool {
    single_value(headers, header::AUTHORIZATION.as_str())
        .and_then(|value| value.strip_prefix("Bearer "))
        == Some(credentials::SYNTHFLOW_API_KEY)
}
