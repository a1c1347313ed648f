//! 2Chat, "Delete a Virtual Number".

use axum::http::{HeaderMap, StatusCode};

use super::{Reading, only};
use crate::{NumberState, credentials};

pub(crate) const READING: Reading = Reading {
    base_path: "",
    route: "/open/voip/virtual-numbers/{number}",
    admits,
    success: (StatusCode::OK, r#"{"success": true}"#),
    outcome: NumberState::Released,
    absent: "Virtual number not found",
    error_form: r#"{"error": true, "error_message": "MESSAGE"}"#,
};

fn admits(headers: &HeaderMap, _account: Option<&str>) -> bool {
    only(headers, "x-user-api-key") == Some(credentials::TWOCHAT_API_KEY)
}
