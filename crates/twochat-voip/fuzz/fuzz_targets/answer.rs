//! Any bytes under any status: nothing panics, and what is judged success or refusal is one.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde::de::IgnoredAny;
use serde_json::Value;
use twochat_voip::{Answers, DeleteVirtualNumber, Verdict};

fuzz_target!(|body: &[u8]| {
    let _ = DeleteVirtualNumber::complaint(body);
    let Ok(value) = serde_json::from_slice::<Value>(body) else {
        // Not JSON, but for a number beyond what a Value holds.
        let json = serde_json::from_slice::<IgnoredAny>(body).is_ok();
        assert!(json || !matches!(DeleteVirtualNumber::judge(body), Verdict::Success(_)));
        return;
    };
    let says = |field: &str, word: bool| value.get(field).and_then(Value::as_bool) == Some(word);
    match DeleteVirtualNumber::judge(body) {
        Verdict::Success(_) => assert!(says("success", true) && !says("error", true)),
        Verdict::Refused(_) => assert!(!says("success", true) && (says("success", false) || says("error", true))),
        Verdict::Unexpected(_) => {}
    }
});
