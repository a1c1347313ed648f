//! 2Chat, "Delete a Virtual Number".

use axum::http::{HeaderMap, StatusCode};

use super::{ErrorForm, VendorSpec, single_value};
use crate::{NumberState, credentials};

pub(crate) const SPEC: VendorSpec = VendorSpec {
    base_path: "",
    route: "/open/voip/virtual-numbers/{number}",
    is_authorized,
    success: (StatusCode::OK, r#"{"success": true}"#),
    released_state: NumberState::Released,
    not_found: "Virtual number not found",
    error_forms: &[
        ErrorForm {
            name: "error_message",
            template: r#"{"error": true, "error_message": "MESSAGE"}"#,
        },
        ErrorForm {
            name: "success false",
            template: r#"{"success": false}"#,
        },
        ErrorForm {
            name: "success false, error_message",
            template: r#"{"success": false, "error": true, "error_message": "MESSAGE"}"#,
        },
        ErrorForm {
            name: "message",
            template: r#"{"error": true, "message": "MESSAGE"}"#,
        },
        ErrorForm {
            name: "detail",
            template: r#"{"success": false, "detail": "MESSAGE"}"#,
        },
    ],
};

fn is_authorized(headers: &HeaderMap, _account: Option<&str>) -> bool {
    single_value(headers, "x-user-api-key") == Some(credentials::TWOCHAT_API_KEY)
}
