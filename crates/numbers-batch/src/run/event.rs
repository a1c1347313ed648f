use crate::journal::{Counts, JournalError};
use crate::run::{End, NumberResult};
use numbers_core::ErrorKind;
use std::time::Duration;

/// What happens in a run, for a progress bar or for output.
#[derive(Debug)]
#[non_exhaustive]
pub enum RunEvent<'a> {
    /// The run begins.
    Started {
        /// How many numbers are in each state.
        counts: Counts,
        /// How many numbers of workers that have died became unknown just now.
        orphans: u64,
        /// How many unknown numbers will be sent again.
        resent: u64,
    },
    /// The result of an attempt is durable. The number may be a phone number: keep it out of logs.
    Recorded(&'a NumberResult),
    /// All workers of the journal pause.
    Paused {
        /// How long.
        wait: Duration,
        /// Whether the vendor asked for it with `Retry-After`.
        asked: bool,
        /// The error that caused it.
        kind: ErrorKind,
    },
    /// The journal failed. It is tried again; nothing new is sent meanwhile.
    JournalFailed {
        /// The error.
        error: &'a JournalError,
        /// How long until it is tried again. `None`: it is not.
        retry: Option<Duration>,
        /// How many results wait to be recorded.
        unrecorded: usize,
    },
    /// The journal works again.
    JournalRecovered,
    /// Nothing is pending, but other workers have numbers in flight. The run waits for their results, or for their
    /// leases to end.
    WaitingForOthers {
        /// How many numbers they have in flight.
        in_flight: u64,
    },
    /// The run sends nothing more, and ends when the results of what is in flight are recorded.
    Ending {
        /// Why.
        end: End,
        /// How many numbers are in flight.
        in_flight: usize,
    },
}
