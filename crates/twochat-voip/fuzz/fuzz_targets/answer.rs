//! Any bytes under any status: nothing panics, and what is judged success or refusal is one.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use twochat_voip::{Answers, DeleteVirtualNumber, Verdict};

fuzz_target!(|body: &[u8]| {
    let _ = DeleteVirtualNumber::complaint(body);
    let value: Value = serde_json::from_slice(body).unwrap_or_default();
    let says = |field: &str, word: bool| value.get(field).and_then(Value::as_bool) == Some(word);
    match DeleteVirtualNumber::judge(body) {
        Verdict::Success(_) => assert!(says("success", true) && !says("error", true)),
        Verdict::Refused(_) => assert!(!says("success", true) && (says("success", false) || says("error", true))),
        Verdict::Unexpected(_) => {}
    }
});
