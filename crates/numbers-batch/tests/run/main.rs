//! Runs over a vendor of the tests and the journal in memory, on tokio's paused clock.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // helpers of tests, which the lint takes for other code

mod ends;
mod faulty;
mod journal;
mod lease;
mod pace;
mod refusals;
mod stop;
mod unknown;
mod vendor;

use faulty::Faulty;
use numbers_batch::journal::{Counts, Journal, JournalError, MemoryJournal, NumberEntry};
use numbers_batch::run::{Batch, Rate, RunOptions, Stop, Summary};
use numbers_core::{Error, ErrorKind, NumberId, Vendor};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;
use vendor::TestVendor;

const ACME: Vendor = Vendor::new("acme");

/// Numbers `n-0`, `n-1` and so on.
fn numbers(count: usize) -> impl Iterator<Item = NumberId> {
    (0..count).map(|n| NumberId::new(format!("n-{n}")))
}

fn memory(count: usize) -> Arc<MemoryJournal> {
    Arc::new(MemoryJournal::new(numbers(count)))
}

fn faulty(count: usize) -> Arc<Faulty> {
    Arc::new(Faulty::new(MemoryJournal::new(numbers(count))))
}

/// No pace, and so many at a time.
fn at_once(concurrency: usize) -> RunOptions {
    RunOptions::default()
        .with_rate(Rate::OFF)
        .with_concurrency(NonZeroUsize::new(concurrency).unwrap())
}

async fn run(
    vendor: &Arc<TestVendor>,
    journal: &Arc<impl Journal + 'static>,
    options: RunOptions,
) -> Result<Summary, JournalError> {
    let batch = Batch::new(Arc::clone(vendor) as _, Arc::clone(journal) as _, options);
    batch.run(&Stop::new(), |_| {}).await
}

fn error(kind: ErrorKind) -> Error {
    Error::new(ACME, kind)
}

fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

async fn counts(journal: &Arc<impl Journal>) -> Counts {
    journal.counts().await.unwrap()
}

async fn record(journal: &Arc<impl Journal>, position: usize) -> NumberEntry {
    let all = journal.numbers(None, usize::MAX).await.unwrap();
    all[position].clone()
}
