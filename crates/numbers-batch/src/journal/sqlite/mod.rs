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
    Claim, Counts, Finished, Journal, JournalError, JournalErrorKind, OpenOptions, Record,
};
use crate::journal::boxed::boxed;
use crate::plan::Plan;
use async_trait::async_trait;
use lock::LockFile;
use sqlx::sqlite::SqliteConnection;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tokio::sync::{Mutex, MutexGuard};

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
        let guard = self.open.lock().await;
        if guard.is_some() {
            Ok(OpenGuard(guard))
        } else {
            Err(closed())
        }
    }
}

/// The open journal. Whoever holds it is alone with it.
struct OpenGuard<'a>(MutexGuard<'a, Option<Open>>);

impl OpenGuard<'_> {
    fn get(&mut self) -> Result<&mut Open, JournalError> {
        self.0.as_mut().ok_or_else(closed)
    }
}

fn closed() -> JournalError {
    JournalError::new(JournalErrorKind::Unavailable, "the journal is closed")
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
        let mut guard = self.lock().await?;
        let Open { connection, lock } = guard.get()?;
        claim::claim(connection, lock, self.worker, max).await
    }

    async fn record(&self, results: &[Finished]) -> Result<(), JournalError> {
        let mut guard = self.lock().await?;
        record::record(&mut guard.get()?.connection, self.worker, results).await
    }

    async fn set_interval(&self, interval: Duration) -> Result<(), JournalError> {
        let mut guard = self.lock().await?;
        claim::set_interval(&mut guard.get()?.connection, interval).await
    }

    async fn pause(&self, wait: Duration) -> Result<(), JournalError> {
        let mut guard = self.lock().await?;
        claim::pause(&mut guard.get()?.connection, wait).await
    }

    async fn heartbeat(&self) -> Result<(), JournalError> {
        let mut guard = self.lock().await?;
        claim::check_worker(&mut guard.get()?.connection, self.worker).await
    }

    /// `None`: no other worker can open the file.
    fn lease(&self) -> Option<Duration> {
        None
    }

    async fn give_up_orphans(&self) -> Result<u64, JournalError> {
        let mut guard = self.lock().await?;
        states::give_up(
            &mut guard.get()?.connection,
            self.worker,
            states::Whose::Others,
        )
        .await
    }

    async fn requeue_unknown(&self, younger_than: Option<Duration>) -> Result<u64, JournalError> {
        let mut guard = self.lock().await?;
        states::requeue_unknown(&mut guard.get()?.connection, self.worker, younger_than).await
    }

    async fn counts(&self) -> Result<Counts, JournalError> {
        let mut guard = self.lock().await?;
        read::counts(&mut guard.get()?.connection).await
    }

    async fn numbers(&self, after: Option<u64>, max: usize) -> Result<Vec<Record>, JournalError> {
        let mut guard = self.lock().await?;
        read::numbers(&mut guard.get()?.connection, after, max).await
    }

    /// Also lets another worker open the file. What is still in flight becomes unknown.
    async fn close(&self) -> Result<(), JournalError> {
        let mut guard = self.open.lock().await;
        if let Some(Open { connection, .. }) = guard.as_mut() {
            states::give_up(connection, self.worker, states::Whose::Own).await?;
            states::end_worker(connection, self.worker).await?;
        }
        if let Some(Open { connection, lock }) = guard.take() {
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
