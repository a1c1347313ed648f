//! Any bytes in `Retry-After`: no panic, and digits are seconds.

#![no_main]

use libfuzzer_sys::fuzz_target;
use numbers_http::retry_after;
use std::time::{Duration, SystemTime};

fuzz_target!(|value: &[u8]| {
    let delay = retry_after(value, SystemTime::UNIX_EPOCH);
    if !value.iter().all(u8::is_ascii_digit) {
        return;
    }
    let text = std::str::from_utf8(value).unwrap();
    if let Ok(seconds) = text.parse::<u32>() {
        assert_eq!(delay, Some(Duration::from_secs(seconds.into())));
    }
});
