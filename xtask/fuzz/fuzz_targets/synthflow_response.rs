//! Any body of Synthflow's, against its rule.

#![no_main]

use libfuzzer_sys::fuzz_target;
use numbers_fuzz::{is_blank, object};
use numbers_http::{Parsed, ResponseParser};
use synthflow_numbers::DeletePhoneNumber;

fuzz_target!(|body: &[u8]| {
    let Some((json, body)) = object(body) else { return };
    let states_success = body["status"].as_str() == Some("ok");
    assert_eq!(DeletePhoneNumber::states_success(&json), states_success);
    let _ = DeletePhoneNumber::parse_error(&json);

    let mentions_error = !is_blank(&body["error"]) || !is_blank(&body["detail"]);
    match DeletePhoneNumber::parse_success(&json) {
        Parsed::Success(_) => assert!(states_success && !mentions_error),
        Parsed::Refused => panic!("Synthflow documents no refusal under 2xx"),
        Parsed::Unexpected(_) => assert!(!states_success || mentions_error),
    }
});
