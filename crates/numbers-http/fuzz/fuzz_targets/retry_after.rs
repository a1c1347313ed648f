//! Any bytes in `Retry-After`: nothing panics, and digits are seconds.

#![no_main]

use libfuzzer_sys::fuzz_target;
use numbers_http::retry_after;
use std::time::{Duration, SystemTime};

fuzz_target!(|value: &[u8]| {
    let wait = retry_after(value, SystemTime::UNIX_EPOCH);
    if let Some(seconds) = std::str::from_utf8(value).ok().and_then(|text| text.parse::<u32>().ok()) {
        if value.iter().all(u8::is_ascii_digit) {
            assert_eq!(wait, Some(Duration::from_secs(seconds.into())));
        }
    }
});
