use crate::journal::{Counts, Finished, JournalError};
use crate::run::End;
use numbers_core::{ErrorKind, NumberId};
use std::time::Duration;

/// What happens in a run, for a progress bar or a line on stdout.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// The run begins.
    Started {
        /// Where the numbers stand.
        counts: Counts,
        /// How many numbers of workers that are gone became unknown just now.
        orphans: u64,
        /// How many unknown numbers will be sent again.
        resent: u64,
    },
    /// The result of an attempt is durable. [`Finished::next`] says whether the number is settled or goes back to
    /// the queue.
    Recorded {
        /// The number. It may be a phone number: keep it out of logs.
        number: &'a NumberId,
        /// The result.
        finished: &'a Finished,
    },
    /// The whole run, and every other worker of its journal, sends nothing for a while.
    Paused {
        /// How long.
        wait: Duration,
        /// Whether the vendor asked for it by `Retry-After`.
        asked: bool,
        /// What the vendor, or the connection, failed with.
        kind: ErrorKind,
    },
    /// The journal failed. It is tried again; nothing new is sent meanwhile.
    JournalFailed {
        /// What it failed with.
        error: &'a JournalError,
        /// When it is tried again. `None`: not any more.
        retry: Option<Duration>,
        /// How many results wait to be recorded.
        unrecorded: usize,
    },
    /// The journal works again.
    JournalWorks,
    /// Nothing is pending, but other workers have numbers in flight. The run waits for them, or for their leases to
    /// end.
    WaitingForOthers {
        /// How many numbers they have in flight.
        in_flight: u64,
    },
    /// The run claims nothing more, and ends once what is in flight is recorded.
    Ending {
        /// Why.
        end: End,
        /// How many numbers are in flight.
        in_flight: usize,
    },
}
