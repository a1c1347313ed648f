use crate::journal::{Counts, Finished, JournalError};
use numbers_core::{ErrorKind, NumberId};
use std::fmt;

/// What came of a run.
#[derive(Debug)]
#[non_exhaustive]
pub struct Summary {
    /// Why it ended.
    pub end: End,
    /// Where the numbers of the journal stand now. `None` where it could not be asked, or the run left at once.
    pub counts: Option<Counts>,
    /// How many requests the run handed to the releaser.
    pub sent: u64,
    /// How many numbers of workers that are gone the run made unknown.
    pub orphans: u64,
    /// How many unknown numbers the run put back into the queue.
    pub resent: u64,
    /// How many numbers the run left in flight, because it was to leave at once.
    pub left_in_flight: usize,
    /// Results that could not be recorded. Keep them: the journal will say that these numbers are unknown.
    pub unrecorded: Vec<NumberResult>,
    /// The last error of the journal, where it failed until the end.
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
    /// How many attempts for the number were begun, with this one.
    pub attempts: u32,
    /// What came of the attempt.
    pub finished: Finished,
}

/// Why a run ended. All but [`Done`](Self::Done) may leave numbers pending: the same call again resumes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum End {
    /// No number is pending.
    Done,
    /// By its [`Stop`](crate::run::Stop).
    Stopped,
    /// A failure that every further number would meet: the credentials, the payment, the configuration.
    Hopeless(ErrorKind),
    /// [`max_failures`](crate::run::RunOptions::with_max_failures) numbers failed.
    TooManyFailures,
    /// The vendor refused for [`give_up_after`](crate::run::RunOptions::with_give_up_after).
    GaveUp,
    /// The journal failed for good, or for longer than
    /// [`journal_patience`](crate::run::RunOptions::with_journal_patience).
    JournalFailed,
    /// The releaser panicked. The number that it was to release is unknown.
    Panicked,
}

impl End {
    /// The name, in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Stopped => "stopped",
            Self::Hopeless(_) => "hopeless",
            Self::TooManyFailures => "too_many_failures",
            Self::GaveUp => "gave_up",
            Self::JournalFailed => "journal_failed",
            Self::Panicked => "panicked",
        }
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Done => "no number is pending",
            Self::Stopped => "stopped",
            Self::Hopeless(kind) => return write!(f, "every number would fail: {kind}"),
            Self::TooManyFailures => "too many numbers of this run failed or became unknown",
            Self::GaveUp => "the vendor refused for too long",
            Self::JournalFailed => "the journal failed",
            Self::Panicked => "the releaser panicked",
        })
    }
}
