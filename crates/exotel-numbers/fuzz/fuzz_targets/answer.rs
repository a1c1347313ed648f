//! Any bytes under any status: nothing panics, and what is judged success or refusal is one.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde::de::IgnoredAny;
use serde_json::Value;
use exotel_numbers::{Answers, ReleaseNumber, Verdict};

fuzz_target!(|body: &[u8]| {
    let _ = ReleaseNumber::complaint(body);
    let Ok(value) = serde_json::from_slice::<Value>(body) else {
        // Not JSON, but for a number beyond what a Value holds.
        let json = serde_json::from_slice::<IgnoredAny>(body).is_ok();
        assert!(json || !matches!(ReleaseNumber::judge(body), Verdict::Success(_)));
        return;
    };
    let absent = |pointer: &str| value.pointer(pointer).is_none_or(Value::is_null);
    let number = |pointer: &str| value.pointer(pointer).and_then(Value::as_i64);
    match ReleaseNumber::judge(body) {
        Verdict::Success(_) => {
            assert!(value.is_object() && absent("/RestException") && absent("/response/error_data"));
            assert!(absent("/Status") || number("/Status") == Some(202));
            assert!(absent("/http_code") || number("/http_code") == Some(202));
        }
        Verdict::Refused(complaint) => {
            assert!(complaint.status.is_none_or(|status| status >= 400));
            assert!(number("/Status") != Some(202) && number("/RestException/Status") != Some(202));
            assert!(number("/http_code") != Some(202) && number("/response/code") != Some(202));
        }
        Verdict::Unexpected(_) => {}
    }
});
