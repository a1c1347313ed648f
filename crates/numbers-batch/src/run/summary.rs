use crate::journal::{AttemptResult, Counts, JournalError};
use numbers_core::{ErrorKind, NumberId};
use std::fmt;

/// How a run ended.
#[derive(Debug)]
#[non_exhaustive]
pub struct Summary {
    /// Why it ended.
    pub end: End,
    /// How many numbers of the journal are in each state now. `None` if the end is [`End::JournalFailed`], if numbers were
    /// left in flight, if results could not be recorded, or if the journal could not be read.
    pub counts: Option<Counts>,
    /// How many calls of the releaser have ended. Those that were under way when the run was aborted are not counted:
    /// see [`left_in_flight`](Self::left_in_flight).
    pub sent: u64,
    /// How many numbers of workers that have died became unknown.
    pub orphans: u64,
    /// How many unknown numbers were to be sent again.
    pub resent: u64,
    /// How many numbers were in flight when the run was aborted. They may have been released.
    pub left_in_flight: usize,
    /// Results that could not be recorded. Keep them: in the journal, these numbers will be unknown.
    pub unrecorded: Vec<NumberResult>,
    /// The last error of the journal, if it failed until the end.
    pub journal_error: Option<JournalError>,
}

impl Summary {
    pub(super) fn new(orphans: u64, resent: u64) -> Self {
        Self {
            end: End::Done,
            counts: None,
            sent: 0,
            orphans,
            resent,
            left_in_flight: 0,
            unrecorded: Vec::new(),
            journal_error: None,
        }
    }
}

/// The result of an attempt, with its number.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs)]
pub struct NumberResult {
    /// The number.
    pub number: NumberId,
    /// How many attempts for the number were begun, including this one.
    pub attempts: u32,
    /// The result of the attempt.
    pub result: AttemptResult,
}

/// Why a run ended. Unless it is [`Done`](Self::Done), numbers may be pending. The same call again goes on with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum End {
    /// No number is pending: all were tried. They may have failed or be unknown: see [`Summary::counts`]. Some may still
    /// be in flight, at another worker whose vendor is slow or from a run of the same open journal that was aborted.
    Done,
    /// It was stopped by its [`Stop`](crate::run::Stop).
    Stopped,
    /// An error that every other number would get too: wrong credentials, a missing payment, a wrong setting.
    Fatal(ErrorKind),
    /// [`max_failures`](crate::run::RunOptions::with_max_failures) numbers failed.
    TooManyFailures,
    /// For [`give_up_after`](crate::run::RunOptions::with_give_up_after), the vendor refused every request or none
    /// could be sent.
    GaveUp,
    /// The journal failed, for longer than [`journal_timeout`](crate::run::RunOptions::with_journal_timeout) or in a
    /// way that can't pass.
    JournalFailed,
    /// The releaser panicked. The number that it was releasing is unknown.
    Panicked,
}

impl End {
    /// The name in snake_case, such as `too_many_failures`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Stopped => "stopped",
            Self::Fatal(_) => "fatal",
            Self::TooManyFailures => "too_many_failures",
            Self::GaveUp => "gave_up",
            Self::JournalFailed => "journal_failed",
            Self::Panicked => "panicked",
        }
    }
}

/// [`as_str`](End::as_str).
impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
