//! A journal that fails, and may work again.

use crate::journal::{JournalError, JournalErrorKind};
use std::time::Duration;
use tokio::time::Instant;

const FIRST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(5);
/// How long the run tries to record results when it ends.
const TIMEOUT_AT_END: Duration = Duration::from_secs(10);

#[derive(Debug)]
pub(super) struct Trouble {
    since: Instant,
    wait: Duration,
    retry_at: Instant,
    fatal: bool,
}

impl Trouble {
    /// The journal failed, perhaps again.
    pub(super) fn add(before: Option<Self>, error: &JournalError, now: Instant) -> Self {
        let (since, wait) = match before {
            Some(before) => (before.since, (before.wait * 2).min(LONGEST)),
            None => (now, FIRST),
        };
        Self {
            since,
            wait,
            retry_at: now + wait,
            fatal: is_fatal(error),
        }
    }

    pub(super) fn retry_at(&self) -> Option<Instant> {
        (!self.fatal).then_some(self.retry_at)
    }

    /// How long until it is tried again.
    pub(super) fn wait(&self) -> Option<Duration> {
        (!self.fatal).then_some(self.wait)
    }

    /// When the run gives up on the journal. Sooner if the run is ending.
    pub(super) fn ends_at(&self, timeout: Duration, end: Option<Instant>) -> Option<Instant> {
        if self.fatal {
            return Some(self.since);
        }
        let ends = self.since.checked_add(timeout);
        let at_end = end.map(|end| self.since.max(end) + TIMEOUT_AT_END);
        match (ends, at_end) {
            (Some(ends), Some(at_end)) => Some(ends.min(at_end)),
            (ends, at_end) => ends.or(at_end),
        }
    }
}

/// Whether another try is useless.
pub(super) fn is_fatal(error: &JournalError) -> bool {
    !matches!(
        error.kind(),
        JournalErrorKind::Unavailable | JournalErrorKind::LeaseLost
    )
}
