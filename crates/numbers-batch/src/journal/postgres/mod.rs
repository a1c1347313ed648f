//! The journal in a database that workers on several machines share.

mod claim;
mod link;
mod load;
mod open;
mod read;
mod record;
mod resend;
mod states;
mod worker;

use super::url::Target;
use super::{
    AttemptResult, Claim, Claimed, Counts, Journal, JournalError, JournalErrorKind, JournalUrl,
    NumberEntry, OpenOptions,
};
use crate::journal::boxed::boxed;
use crate::journal::resend::Resend;
use crate::plan::{Header, Plan};
use async_trait::async_trait;
use link::Link;
use std::collections::HashSet;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;
use tokio::sync::Mutex;

pub(super) use read::PostgresReader;

/// A journal in a PostgreSQL database. Any number of workers share it, and it holds any number of plans.
///
/// The tables are in the schema `numbers_batch`. `schema.sql` in the source documents them, and any tool may read
/// them. All times are by the database's clock, so the workers' clocks do not matter.
///
/// Each worker has three connections. Connect to the server itself, not through a pool that uses another connection
/// for each transaction.
///
/// A worker that lost its lease gets [`JournalErrorKind::LeaseLost`] from each [`heartbeat`](Journal::heartbeat) until
/// it claims again. Then it is a new worker.
pub struct PostgresJournal {
    /// Claims, results and all else go on at the same time, each over a connection of its own.
    claims: Link,
    results: Link,
    rest: Link,
    plan: i64,
    header: Header,
    worker: AtomicI64,
    lease: Duration,
    /// Claims of which it is not known whether they were committed.
    doubtful: Mutex<Vec<Claimed>>,
    /// The attempts that were handed out and have no recorded result. To count them in the database would take
    /// longer with each number that was ever in flight.
    own: OwnAttempts,
    resend: std::sync::Mutex<Resend>,
    closed: AtomicBool,
}

/// Attempts of this worker, by their ids.
#[derive(Default)]
struct OwnAttempts(std::sync::Mutex<HashSet<i64>>);

impl OwnAttempts {
    fn lock(&self) -> std::sync::MutexGuard<'_, HashSet<i64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Removes the attempts of these results. Returns those that were there.
    fn remove(&self, results: &[AttemptResult]) -> Vec<i64> {
        let mut own = self.lock();
        let attempts = results.iter().map(|result| result.attempt.0);
        attempts.filter(|attempt| own.remove(attempt)).collect()
    }
}

impl PostgresJournal {
    /// Opens the journal of `plan`, or makes it: then it copies the plan's numbers into the database. If an earlier call
    /// was killed while it did so, this one goes on.
    ///
    /// # Errors
    ///
    /// [`InvalidUrl`](JournalErrorKind::InvalidUrl), [`Unavailable`](JournalErrorKind::Unavailable),
    /// [`Newer`](JournalErrorKind::Newer), [`OtherPlan`](JournalErrorKind::OtherPlan).
    pub async fn open(
        url: &JournalUrl,
        plan: &Plan,
        options: &OpenOptions,
    ) -> Result<Self, JournalError> {
        match url.target() {
            Target::Postgres(target) => boxed(open::open(target, plan, options)).await,
            #[cfg(feature = "sqlite")]
            Target::Sqlite(_) => {
                let message = "the URL of the journal is not one of PostgreSQL";
                Err(JournalError::new(JournalErrorKind::InvalidUrl, message))
            }
        }
    }

    fn worker(&self) -> i64 {
        self.worker.load(Ordering::SeqCst)
    }

    fn resend(&self) -> Resend {
        *self.resend.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set_resend(&self, to: Resend) {
        *self.resend.lock().unwrap_or_else(PoisonError::into_inner) = to;
    }

    fn check_open(&self) -> Result<(), JournalError> {
        if self.closed.load(Ordering::SeqCst) {
            let message = "the journal is closed";
            return Err(JournalError::new(JournalErrorKind::Unavailable, message));
        }
        Ok(())
    }
}

#[async_trait]
impl Journal for PostgresJournal {
    fn header(&self) -> Option<&Header> {
        Some(&self.header)
    }

    async fn claim(&self, max: usize) -> Result<Claim, JournalError> {
        self.check_open()?;
        claim::claim(self, max).await
    }

    async fn record(&self, results: &[AttemptResult]) -> Result<(), JournalError> {
        self.check_open()?;
        // Before the commit, so that a claim which sees the result never counts the attempt as its own.
        let recorded = self.own.remove(results);
        let result = record::record(self, results).await;
        if result.is_err() {
            self.own.lock().extend(recorded);
        }
        result
    }

    async fn set_interval(&self, interval: Duration) -> Result<(), JournalError> {
        self.check_open()?;
        worker::set_interval(self, interval).await
    }

    async fn pause(&self, wait: Duration) -> Result<(), JournalError> {
        self.check_open()?;
        worker::pause(self, wait).await
    }

    async fn heartbeat(&self) -> Result<(), JournalError> {
        self.check_open()?;
        worker::heartbeat(self).await
    }

    fn lease(&self) -> Option<Duration> {
        Some(self.lease)
    }

    async fn mark_orphans_unknown(&self) -> Result<u64, JournalError> {
        self.check_open()?;
        states::mark_orphans_unknown(self).await
    }

    async fn requeue_unknown(&self, younger_than: Option<Duration>) -> Result<u64, JournalError> {
        self.check_open()?;
        self.set_resend(Resend::new(younger_than));
        states::requeue_unknown(self, younger_than).await
    }

    async fn cancel_resend(&self) -> Result<u64, JournalError> {
        self.check_open()?;
        self.set_resend(Resend::None);
        resend::cancel_resend(&self.rest, self.plan, self.worker()).await
    }

    async fn counts(&self) -> Result<Counts, JournalError> {
        self.check_open()?;
        read::counts(&self.rest, self.plan).await
    }

    async fn numbers(
        &self,
        after: Option<u64>,
        max: usize,
    ) -> Result<Vec<NumberEntry>, JournalError> {
        self.check_open()?;
        read::numbers(&self.rest, self.plan, after, max).await
    }

    /// What is in flight becomes unknown at once, so that no other worker waits for the lease. When the last worker
    /// ends, so does what waits to be sent again.
    async fn close(&self) -> Result<(), JournalError> {
        if self.closed.swap(true, Ordering::SeqCst) {
            return Ok(());
        }
        let ended = states::end(self).await;
        self.closed.store(ended.is_ok(), Ordering::SeqCst);
        if ended.is_ok() {
            for link in [&self.claims, &self.results, &self.rest] {
                link.close().await;
            }
        }
        ended
    }
}

impl std::fmt::Debug for PostgresJournal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PostgresJournal")
            .field("plan", &self.plan)
            .field("worker", &self.worker())
            .finish_non_exhaustive()
    }
}
