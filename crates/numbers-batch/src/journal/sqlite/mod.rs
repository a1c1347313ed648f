//! The journal as a file.

mod check;
mod claim;
mod error;
mod load;
mod lock;
mod open;
mod place;
mod read;
mod record;
mod states;

use super::{
    AttemptResult, Claim, Counts, Journal, JournalError, JournalErrorKind, NumberEntry, OpenOptions,
};
use crate::journal::boxed::boxed;
use crate::journal::resend::Resend;
use crate::plan::{Header, Plan, PlanHash};
use async_trait::async_trait;
use lock::LockFile;
use sqlx::sqlite::SqliteConnection;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tokio::sync::{MappedMutexGuard, Mutex, MutexGuard};

pub(super) use open::is_new;
pub(super) use read::SqliteReader;

/// A journal in a SQLite file, which one worker at a time can open.
///
/// The file's tables are for reading with any SQLite tool, also while a worker has it open; `schema.sql` in the
/// source documents them. Beside it is a file whose name ends in `-lock`: it says who holds the journal, and how
/// many attempts were begun, so that a journal restored from a copy is found out.
pub struct SqliteJournal {
    path: PathBuf,
    plan: PlanHash,
    header: Header,
    worker: i64,
    open: Mutex<Option<Open>>,
}

struct Open {
    /// Whoever uses it takes it out and puts it back after a success. So an error, or a future that is dropped half-way,
    /// closes the connection, and its transaction ends.
    idle: Option<SqliteConnection>,
    lock: LockFile,
    resend: Resend,
}

impl SqliteJournal {
    /// Opens the journal of `plan`, or makes it. Where an earlier call was killed while it copied the plan's
    /// numbers into the journal, this one goes on.
    ///
    /// # Errors
    ///
    /// Each [`JournalErrorKind`]. Nothing is changed in a file that is not the journal of this plan.
    pub async fn open(
        path: impl AsRef<Path>,
        plan: &Plan,
        options: &OpenOptions,
    ) -> Result<Self, JournalError> {
        boxed(open::open(path.as_ref(), plan, options)).await
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    async fn lock(&self) -> Result<OpenGuard<'_>, JournalError> {
        let mut guard = self.open.lock().await;
        let open = guard.as_mut().ok_or_else(closed)?;
        let connection = match open.idle.take() {
            Some(connection) => connection,
            None => boxed(open::reconnect(&self.path, &self.plan, &mut open.lock)).await?,
        };
        MutexGuard::try_map(guard, Option::as_mut)
            .map(|open| OpenGuard { connection, open })
            .map_err(|_| closed())
    }
}

/// The open journal. Whoever holds it is alone with it.
struct OpenGuard<'a> {
    connection: SqliteConnection,
    open: MappedMutexGuard<'a, Open>,
}

impl OpenGuard<'_> {
    /// Ends the use of the journal, with its result.
    fn end<T>(mut self, result: Result<T, JournalError>) -> Result<T, JournalError> {
        if result.is_ok() {
            self.open.idle = Some(self.connection);
        }
        result
    }
}

fn closed() -> JournalError {
    JournalError::new(JournalErrorKind::Unavailable, "the journal is closed")
}

/// A parameter that holds many rows.
fn json(rows: &impl serde::Serialize) -> Result<String, sqlx::Error> {
    serde_json::to_string(rows).map_err(|error| sqlx::Error::Encode(error.into()))
}

/// Many rows in a column. A result's own rows each wake the task that waits for them.
fn from_json<'a, T: serde::Deserialize<'a>>(rows: &'a str) -> Result<T, sqlx::Error> {
    serde_json::from_str(rows).map_err(|error| sqlx::Error::Decode(error.into()))
}

/// Milliseconds since the epoch.
fn now_ms() -> i64 {
    now_us() / 1000
}

/// Microseconds since the epoch.
fn now_us() -> i64 {
    SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, super::pace::micros)
}

#[async_trait]
impl Journal for SqliteJournal {
    fn header(&self) -> Option<&Header> {
        Some(&self.header)
    }

    async fn claim(&self, max: usize) -> Result<Claim, JournalError> {
        let mut open = self.lock().await?;
        let OpenGuard {
            connection,
            open: rest,
        } = &mut open;
        let claim = claim::claim(connection, rest, self.worker, max).await;
        open.end(claim)
    }

    async fn record(&self, results: &[AttemptResult]) -> Result<(), JournalError> {
        let mut open = self.lock().await?;
        let recorded = record::record(&mut open.connection, self.worker, results).await;
        open.end(recorded)
    }

    async fn set_interval(&self, interval: Duration) -> Result<(), JournalError> {
        let mut open = self.lock().await?;
        let set = claim::set_interval(&mut open.connection, interval).await;
        open.end(set)
    }

    async fn pause(&self, wait: Duration) -> Result<(), JournalError> {
        let mut open = self.lock().await?;
        let paused = claim::pause(&mut open.connection, wait).await;
        open.end(paused)
    }

    async fn heartbeat(&self) -> Result<(), JournalError> {
        let mut open = self.lock().await?;
        let checked = claim::check_worker(&mut open.connection, self.worker).await;
        open.end(checked)
    }

    /// `None`: no other worker can open the file.
    fn lease(&self) -> Option<Duration> {
        None
    }

    async fn mark_orphans_unknown(&self) -> Result<u64, JournalError> {
        let mut open = self.lock().await?;
        let others = states::Whose::Others;
        let count = states::give_up(&mut open.connection, self.worker, others).await;
        open.end(count)
    }

    async fn requeue_unknown(&self, younger_than: Option<Duration>) -> Result<u64, JournalError> {
        let mut open = self.lock().await?;
        open.open.resend = Resend::new(younger_than);
        let connection = &mut open.connection;
        let count = states::requeue_unknown(connection, self.worker, younger_than).await;
        open.end(count)
    }

    async fn cancel_resend(&self) -> Result<u64, JournalError> {
        let mut open = self.lock().await?;
        open.open.resend = Resend::None;
        let count = states::return_requeued(&mut open.connection, self.worker).await;
        open.end(count)
    }

    async fn counts(&self) -> Result<Counts, JournalError> {
        let mut open = self.lock().await?;
        let counts = read::counts(&mut open.connection).await;
        open.end(counts)
    }

    async fn numbers(
        &self,
        after: Option<u64>,
        max: usize,
    ) -> Result<Vec<NumberEntry>, JournalError> {
        let mut open = self.lock().await?;
        let numbers = read::numbers(&mut open.connection, after, max).await;
        open.end(numbers)
    }

    /// Also lets another worker open the file. What is still in flight, or waits to be sent again, becomes unknown.
    async fn close(&self) -> Result<(), JournalError> {
        if self.open.lock().await.is_none() {
            return Ok(());
        }
        let mut open = self.lock().await?;
        let ended = states::end(&mut open.connection, self.worker).await;
        open.end(ended)?;
        if let Some(Open { idle, lock, .. }) = self.open.lock().await.take() {
            let closed = match idle {
                Some(connection) => sqlx::Connection::close(connection).await,
                None => Ok(()),
            };
            lock.release();
            closed.map_err(error::of("the journal can't be closed"))?;
        }
        Ok(())
    }
}

impl std::fmt::Debug for SqliteJournal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SqliteJournal")
            .field("path", &self.path)
            .field("worker", &self.worker)
            .finish_non_exhaustive()
    }
}
