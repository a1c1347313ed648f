//! CPU time, user and system together.

use anyhow::Result;
use nix::sys::resource::{Usage, UsageWho, getrusage};
use nix::sys::time::TimeVal;
use std::time::Duration;

/// What this process has used so far.
///
/// # Errors
///
/// Where the system does not say.
pub fn own() -> Result<Duration> {
    Ok(total(getrusage(UsageWho::RUSAGE_SELF)?))
}

/// What the processes that this one has started and waited for have used so far.
///
/// # Errors
///
/// Where the system does not say.
pub fn children() -> Result<Duration> {
    Ok(total(getrusage(UsageWho::RUSAGE_CHILDREN)?))
}

fn total(usage: Usage) -> Duration {
    duration(usage.user_time()) + duration(usage.system_time())
}

fn duration(time: TimeVal) -> Duration {
    Duration::from_secs(time.tv_sec().unsigned_abs())
        + Duration::from_micros(time.tv_usec().unsigned_abs())
}
