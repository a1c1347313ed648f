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
use crate::plan::Plan;
use async_trait::async_trait;
use lock::LockFile;
use sqlx::sqlite::SqliteConnection;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tokio::sync::{Mutex, MutexGuard};

pub(super) use open::is_new;
pub(super) use read::SqliteReader;

/// A journal in a SQLite file, which one worker at a time can open.
///
/// The file's tables are for reading with any SQLite tool, also while a worker has it open; `schema.sql` in the
/// source documents them. Beside it is a file whose name ends in `-lock`: it says who holds the journal, and how
/// many attempts were begun, so that a journal restored from a copy is found out.
pub struct SqliteJournal {
    path: PathBuf,
    worker: i64,
    open: Mutex<Option<Open>>,
}

struct Open {
    connection: SqliteConnection,
    lock: LockFile,
    resend: Resend,
    /// Whether the connection may be within a transaction that did not come to its end. It is made anew then: SQLite
    /// itself rolls back on a full disk, and sqlx would take the transaction for open.
    suspect: bool,
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
        let mut guard = OpenGuard(self.open.lock().await);
        let open = guard.get()?;
        if std::mem::replace(&mut open.suspect, true) {
            open.connection = boxed(open::reconnect(&self.path)).await?;
        }
        Ok(guard)
    }
}

/// The open journal. Whoever holds it is alone with it.
struct OpenGuard<'a>(MutexGuard<'a, Option<Open>>);

impl OpenGuard<'_> {
    fn get(&mut self) -> Result<&mut Open, JournalError> {
        self.0.as_mut().ok_or_else(closed)
    }

    /// Ends the use of the journal, with its result.
    fn end<T>(mut self, result: Result<T, JournalError>) -> Result<T, JournalError> {
        if let Some(open) = self.0.as_mut() {
            open.suspect = result.is_err();
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
    async fn claim(&self, max: usize) -> Result<Claim, JournalError> {
        let mut open = self.lock().await?;
        let claim = claim::claim(open.get()?, self.worker, max).await;
        open.end(claim)
    }

    async fn record(&self, results: &[AttemptResult]) -> Result<(), JournalError> {
        let mut open = self.lock().await?;
        let recorded = record::record(&mut open.get()?.connection, self.worker, results).await;
        open.end(recorded)
    }

    async fn set_interval(&self, interval: Duration) -> Result<(), JournalError> {
        let mut open = self.lock().await?;
        let set = claim::set_interval(&mut open.get()?.connection, interval).await;
        open.end(set)
    }

    async fn pause(&self, wait: Duration) -> Result<(), JournalError> {
        let mut open = self.lock().await?;
        let paused = claim::pause(&mut open.get()?.connection, wait).await;
        open.end(paused)
    }

    async fn heartbeat(&self) -> Result<(), JournalError> {
        let mut open = self.lock().await?;
        let checked = claim::check_worker(&mut open.get()?.connection, self.worker).await;
        open.end(checked)
    }

    /// `None`: no other worker can open the file.
    fn lease(&self) -> Option<Duration> {
        None
    }

    async fn mark_orphans_unknown(&self) -> Result<u64, JournalError> {
        let mut open = self.lock().await?;
        let connection = &mut open.get()?.connection;
        let count = states::give_up(connection, self.worker, states::Whose::Others).await;
        open.end(count)
    }

    async fn requeue_unknown(&self, younger_than: Option<Duration>) -> Result<u64, JournalError> {
        let mut open = self.lock().await?;
        let Open {
            connection, resend, ..
        } = open.get()?;
        *resend = Resend::new(younger_than);
        let count = states::requeue_unknown(connection, self.worker, younger_than).await;
        open.end(count)
    }

    async fn cancel_resend(&self) -> Result<u64, JournalError> {
        let mut open = self.lock().await?;
        let Open {
            connection, resend, ..
        } = open.get()?;
        *resend = Resend::None;
        let count = states::return_requeued(connection, self.worker).await;
        open.end(count)
    }

    async fn counts(&self) -> Result<Counts, JournalError> {
        let mut open = self.lock().await?;
        let counts = read::counts(&mut open.get()?.connection).await;
        open.end(counts)
    }

    async fn numbers(
        &self,
        after: Option<u64>,
        max: usize,
    ) -> Result<Vec<NumberEntry>, JournalError> {
        let mut open = self.lock().await?;
        let numbers = read::numbers(&mut open.get()?.connection, after, max).await;
        open.end(numbers)
    }

    /// Also lets another worker open the file. What is still in flight, or waits to be sent again, becomes unknown.
    async fn close(&self) -> Result<(), JournalError> {
        if self.open.lock().await.is_none() {
            return Ok(());
        }
        let mut open = self.lock().await?;
        let ended = states::end(&mut open.get()?.connection, self.worker).await;
        open.end(ended)?;
        if let Some(Open {
            connection, lock, ..
        }) = self.open.lock().await.take()
        {
            let closed = sqlx::Connection::close(connection).await;
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
