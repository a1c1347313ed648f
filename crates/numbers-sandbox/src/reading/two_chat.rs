//! 2Chat, "Delete a Virtual Number".

use axum::http::{HeaderMap, StatusCode};

use super::{ErrorForm, Reading, only};
use crate::{NumberState, credentials};

pub(crate) const READING: Reading = Reading {
    base_path: "",
    route: "/open/voip/virtual-numbers/{number}",
    admits,
    success: (StatusCode::OK, r#"{"success": true}"#),
    outcome: NumberState::Released,
    absent: "Virtual number not found",
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

fn admits(headers: &HeaderMap, _account: Option<&str>) -> bool {
    only(headers, "x-user-api-key") == Some(credentials::TWOCHAT_API_KEY)
}
