//! Times, in UTC.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The first second of the year 10000.
const YEAR_10000: u64 = 253_402_300_800;

/// `2026-11-26 13:05:09`. Empty for a time before 1970 or after 9999.
pub(super) fn utc(time: SystemTime) -> String {
    let Ok(since) = time.duration_since(UNIX_EPOCH) else {
        return String::new();
    };
    if since.as_secs() >= YEAR_10000 {
        return String::new();
    }
    humantime::format_rfc3339_seconds(time)
        .to_string()
        .replace('T', " ")
        .replace('Z', "")
}

/// `1h 5m`, to the second.
pub(super) fn length(time: Duration) -> String {
    humantime::format_duration(Duration::from_secs(time.as_secs())).to_string()
}

/// `12,345`.
pub(super) fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
