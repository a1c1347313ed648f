//! Any body of Exotel's, against its rule.

#![no_main]

use exotel_numbers::ReleaseNumber;
use libfuzzer_sys::fuzz_target;
use numbers_fuzz::{is_blank, object};
use numbers_http::{Parsed, ResponseParser};
use serde_json::Value;

fuzz_target!(|body: &[u8]| {
    let Some((json, body)) = object(body) else { return };
    let field = |path: &str| body.pointer(path).unwrap_or(&Value::Null);
    let statuses = [
        "/RestException/Status",
        "/http_code",
        "/response/code",
        "/Status",
    ]
    .map(field);
    let is_202 = |status: &Value| status.as_u64() == Some(202);
    let says_success = |word: &Value| {
        let word = word.as_str().unwrap_or_default().to_ascii_lowercase();
        ["accepted", "ok", "success"].contains(&word.as_str())
    };
    let word = field("/response/status");
    let states_success = statuses.into_iter().any(is_202)
        || is_202(field("/status"))
        || says_success(field("/status"))
        || says_success(word);
    assert_eq!(ReleaseNumber::states_success(&json), states_success);

    let error = ReleaseNumber::parse_error(&json);
    let failed = error.status.is_some_and(|status| status >= 400);
    let has_error_form = !field("/RestException").is_null()
        || !field("/response/error_data").is_null()
        || *word == "failure";
    let has_only_known_forms = is_blank(field("/error"))
        && is_blank(field("/response/error"))
        && (field("/status").is_null()
            || is_202(field("/status"))
            || says_success(field("/status")))
        && (field("/response").is_null() || field("/response").is_object())
        && (word.is_null() || says_success(word) || *word == "failure");
    let accepted = statuses
        .into_iter()
        .all(|status| status.is_null() || is_202(status))
        && !has_error_form
        && has_only_known_forms;
    match ReleaseNumber::parse_success(&json) {
        Parsed::Success(_) => assert!(accepted),
        Parsed::Refused => {
            assert!(!accepted && !states_success && has_only_known_forms);
            assert!(!says_success(field("/Message")));
            assert!(has_error_form || failed);
        }
        Parsed::Unexpected(_) => assert!(!accepted),
    }
});
