use numbers_core::{Disposition, ErrorKind, NumberId};
use std::error::Error as StdError;
use std::fmt;
use std::time::{Duration, SystemTime};

/// An attempt, unique within its journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttemptId(pub i64);

/// The state of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It is to be sent, for the first time or again.
    Pending,
    /// An attempt was begun, and its result is not recorded.
    InFlight,
    /// It has a result.
    Settled(Disposition),
}

/// Numbers that a worker may send now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The numbers. Their intents are durable.
    pub numbers: Vec<Claimed>,
    /// How long until the next number may be sent. Zero if one may be sent now, or none is pending.
    pub wait: Duration,
    /// How many other numbers are pending.
    pub pending: u64,
    /// How many numbers other workers have in flight.
    pub elsewhere: u64,
}

/// A number whose intent is durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The attempt.
    pub attempt: AttemptId,
    /// The position in the plan, from 0.
    pub position: u64,
    /// The number.
    pub number: NumberId,
    /// How many attempts came before this one.
    pub attempts_before: u32,
    /// Whether an attempt before this one may have released the number.
    pub may_have_released: bool,
}

/// What an attempt did to its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptOutcome {
    /// The number has this disposition.
    Settled(Disposition),
    /// The attempt certainly did not release the number, which is pending again.
    Requeued,
    /// Nothing was sent. The attempt does not count, and the number is pending again.
    NotSent,
}

/// The result of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptResult {
    /// The attempt.
    pub attempt: AttemptId,
    /// The position of its number in the plan.
    pub position: u64,
    /// What it did to the number.
    pub outcome: AttemptOutcome,
    /// The kind of the error; `None` for a success.
    pub kind: Option<ErrorKind>,
    /// The HTTP status, if there was a response.
    pub status: Option<u16>,
    /// What happened, in one line; `None` for a success.
    pub message: Option<String>,
    /// The vendor's id for the request.
    pub request_id: Option<String>,
    /// How long the attempt took.
    pub duration: Duration,
}

/// How many numbers are in each [`State`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// To be sent.
    pub pending: u64,
    /// Begun, without a recorded result.
    pub in_flight: u64,
    /// Released.
    pub released: u64,
    /// Accepted for release.
    pub accepted: u64,
    /// Absent.
    pub absent: u64,
    /// Certainly not released.
    pub failed: u64,
    /// May have been released.
    pub unknown: u64,
}

/// What a journal has about a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberEntry {
    /// The position in the plan, from 0.
    pub position: u64,
    /// The number.
    pub number: NumberId,
    /// Its state.
    pub state: State,
    /// The kind of the last error.
    pub kind: Option<ErrorKind>,
    /// The last HTTP status.
    pub status: Option<u16>,
    /// The last error's message.
    pub message: Option<String>,
    /// The vendor's id for the last request that has one.
    pub request_id: Option<String>,
    /// How many attempts were begun.
    pub attempts: u32,
    /// When the last attempt began.
    pub started: Option<SystemTime>,
    /// When it was settled.
    pub settled: Option<SystemTime>,
}

/// Why a journal can't be used.
pub struct JournalError {
    kind: JournalErrorKind,
    message: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// The kinds of a [`JournalError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum JournalErrorKind {
    /// The journal can't be read or written now: a full disk, a lost connection. It may work later, unless it was
    /// [closed](crate::journal::Journal::close).
    Unavailable,
    /// Another worker has it open.
    Held,
    /// It belongs to another plan.
    OtherPlan,
    /// It was written by a newer version.
    Newer,
    /// It was copied or moved since it was made.
    Moved,
    /// It is damaged, or not a journal.
    Damaged,
    /// The lease of this worker ran out, and another worker made its claims unknown.
    LeaseLost,
    /// The URL or path of the journal is wrong.
    InvalidUrl,
}

impl JournalError {
    /// An error of this kind. The message must not contain a password.
    pub fn new(kind: JournalErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            source: None,
        }
    }

    /// Sets the cause.
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> JournalErrorKind {
        self.kind
    }
}

/// The message and the kind, so that `main` can return it.
impl fmt::Debug for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({:?})", self.message, self.kind)
    }
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl StdError for JournalError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}
