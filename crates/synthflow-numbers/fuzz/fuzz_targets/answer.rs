//! Any bytes under any status: nothing panics, and what is judged success or refusal is one.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde::de::IgnoredAny;
use serde_json::Value;
use synthflow_numbers::{Answers, DeletePhoneNumber, Verdict};

fuzz_target!(|body: &[u8]| {
    let _ = DeletePhoneNumber::complaint(body);
    let Ok(value) = serde_json::from_slice::<Value>(body) else {
        // Not JSON, but for a number beyond what a Value holds.
        let json = serde_json::from_slice::<IgnoredAny>(body).is_ok();
        assert!(json || !matches!(DeletePhoneNumber::judge(body), Verdict::Success(_)));
        return;
    };
    match DeletePhoneNumber::judge(body) {
        Verdict::Success(_) => assert_eq!(value.get("status").and_then(Value::as_str), Some("ok")),
        Verdict::Refused(_) => panic!("no answer of Synthflow's under 2xx is a refusal"),
        Verdict::Unexpected(_) => {}
    }
});
