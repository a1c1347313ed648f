//! What crosses threads: compiled, never run.

use crate::journal::{Claim, Journal, JournalError, MemoryJournal};
use crate::plan::{Plan, PlanError};
use crate::run::{Batch, RunEvent, Stop, Summary};

const fn send_sync<T: Send + Sync + ?Sized>() {}

const _: () = {
    send_sync::<Batch>();
    send_sync::<Claim>();
    send_sync::<dyn Journal>();
    send_sync::<JournalError>();
    send_sync::<MemoryJournal>();
    send_sync::<Plan>();
    send_sync::<PlanError>();
    send_sync::<Stop>();
    send_sync::<Summary>();
};

#[cfg(any(feature = "sqlite", feature = "postgres"))]
const _: () = {
    send_sync::<crate::journal::JournalReader>();
    send_sync::<crate::journal::JournalUrl>();
    send_sync::<crate::report::ReportError>();
};

/// A run may be spawned.
const _: fn(&Batch, &Stop, fn(RunEvent<'_>)) = |batch, stop, observer| {
    const fn send<T: Send>(_: &T) {}
    send(&batch.run(stop, observer));
};
