//! Any body of 2Chat's, against its rule.

#![no_main]

use libfuzzer_sys::fuzz_target;
use numbers_fuzz::{is_blank, object};
use numbers_http::{Parsed, ResponseParser};
use serde_json::Value;
use twochat_voip::DeleteVirtualNumber;

fuzz_target!(|body: &[u8]| {
    let Some((json, body)) = object(body) else { return };
    let success = &body["success"];
    let states_success = *success == Value::Bool(true);
    assert_eq!(DeleteVirtualNumber::states_success(&json), states_success);
    let _ = DeleteVirtualNumber::parse_error(&json);

    let mentions_error = ["error", "error_message", "detail"]
        .iter()
        .any(|name| !is_blank(&body[*name]));
    let refused =
        *success == Value::Bool(false) || success.is_null() && body["error"] == Value::Bool(true);
    match DeleteVirtualNumber::parse_success(&json) {
        Parsed::Success(_) => assert!(states_success && !mentions_error),
        Parsed::Refused => assert!(!states_success && refused),
        Parsed::Unexpected(_) => assert!(!refused && (!states_success || mentions_error)),
    }
});
