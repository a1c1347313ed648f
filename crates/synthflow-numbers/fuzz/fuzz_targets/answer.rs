//! Any bytes under any status: nothing panics, and what is judged success or refusal is one.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use synthflow_numbers::{Answers, DeletePhoneNumber, Verdict};

fuzz_target!(|body: &[u8]| {
    let _ = DeletePhoneNumber::complaint(body);
    let value: Value = serde_json::from_slice(body).unwrap_or_default();
    match DeletePhoneNumber::judge(body) {
        Verdict::Success(_) => assert_eq!(value.get("status").and_then(Value::as_str), Some("ok")),
        Verdict::Refused(_) => panic!("no answer of Synthflow's under 2xx is a refusal"),
        Verdict::Unexpected(_) => {}
    }
});
