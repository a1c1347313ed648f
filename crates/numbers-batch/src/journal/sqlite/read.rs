use super::check::check_format;
use super::error::of;
use super::open::{connect, connect_immutable};
use crate::journal::delta::CountsRow;
use crate::journal::pace::Pace;
use crate::journal::reader::PlanInfo;
use crate::journal::rows::{self, EventRow, NumberRow, WorkerRow};
use crate::journal::{Counts, JournalError, JournalErrorKind, NumberEntry};
use sqlx::sqlite::SqliteConnection;
use std::path::Path;
use tokio::sync::Mutex;

const CANT_READ: &str = "the journal can't be read";

pub(super) async fn counts(connection: &mut SqliteConnection) -> Result<Counts, JournalError> {
    let row: CountsRow = sqlx::query_as(
        "SELECT pending, in_flight, released, accepted, absent, failed, unknown FROM plan",
    )
    .fetch_one(connection)
    .await
    .map_err(of(CANT_READ))?;
    Ok(Counts::from_row(row))
}

pub(super) async fn numbers(
    connection: &mut SqliteConnection,
    after: Option<u64>,
    max: usize,
) -> Result<Vec<NumberEntry>, JournalError> {
    numbers_with(connection, "state", after, max).await
}

/// `state` is the expression for the state.
async fn numbers_with(
    connection: &mut SqliteConnection,
    state: &str,
    after: Option<u64>,
    max: usize,
) -> Result<Vec<NumberEntry>, JournalError> {
    let query = format!(
        "SELECT position, id, {state}, kind, status, message, request_id, attempts, started_ms, \
         settled_ms FROM number WHERE position > ? ORDER BY position LIMIT ?"
    );
    let found: Vec<NumberRow> = sqlx::query_as(&query)
        .bind(rows::behind(after))
        .bind(rows::limit(max))
        .fetch_all(connection)
        .await
        .map_err(of(CANT_READ))?;
    found.into_iter().map(NumberEntry::from_row).collect()
}

/// Reads the file of a journal, also while a worker runs.
#[derive(Debug)]
pub(in crate::journal) struct SqliteReader(Mutex<SqliteConnection>);

impl SqliteReader {
    pub(in crate::journal) async fn open(path: &Path) -> Result<Self, JournalError> {
        if !path.exists() {
            let message = format!("there is no journal at {}", path.display());
            return Err(JournalError::new(JournalErrorKind::Unavailable, message));
        }
        let mut connection = connect(path, true).await?;
        if let Err(error) = check_format(&mut connection, path).await {
            let mut log = path.as_os_str().to_owned();
            log.push("-wal");
            let unused = !Path::new(&log).exists();
            if error.kind() != JournalErrorKind::Unavailable || !unused {
                return Err(error);
            }
            // In a directory that can't be written, SQLite reads a journal only when told that nobody writes.
            connection = connect_immutable(path).await?;
            check_format(&mut connection, path).await?;
        }
        Ok(Self(Mutex::new(connection)))
    }

    pub(in crate::journal) async fn plans(&self) -> Result<Vec<(i64, PlanInfo)>, JournalError> {
        let row = sqlx::query_as(
            "SELECT hash, vendor, host, account, fingerprint, created_ms, count, complete FROM plan",
        )
        .fetch_one(&mut *self.0.lock().await)
        .await
        .map_err(of(CANT_READ))?;
        Ok(vec![(1, rows::plan(row)?)])
    }

    pub(in crate::journal) async fn counts(&self) -> Result<Counts, JournalError> {
        let row: CountsRow = sqlx::query_as(
            "SELECT pending - resend, in_flight, released, accepted, absent, failed, unknown + resend \
             FROM plan, (SELECT count(*) AS resend FROM number \
             WHERE state = 'pending' AND may_have_released_ms IS NOT NULL)",
        )
        .fetch_one(&mut *self.0.lock().await)
        .await
        .map_err(of(CANT_READ))?;
        Ok(Counts::from_row(row))
    }

    pub(in crate::journal) async fn to_send(&self) -> Result<i64, JournalError> {
        sqlx::query_scalar("SELECT pending FROM plan")
            .fetch_one(&mut *self.0.lock().await)
            .await
            .map_err(of(CANT_READ))
    }

    pub(in crate::journal) async fn numbers(
        &self,
        after: Option<u64>,
        max: usize,
    ) -> Result<Vec<NumberEntry>, JournalError> {
        let state = "CASE WHEN state = 'pending' AND may_have_released_ms IS NOT NULL \
            THEN 'unknown' ELSE state END";
        numbers_with(&mut *self.0.lock().await, state, after, max).await
    }

    pub(in crate::journal) async fn events(
        &self,
        after: i64,
        limit: i64,
    ) -> Result<Vec<EventRow>, JournalError> {
        sqlx::query_as(
            "SELECT id, at_ms, event, position, attempt, worker, outcome, kind, status, message, \
             request_id, duration_us FROM event WHERE id > ? ORDER BY id LIMIT ?",
        )
        .bind(after)
        .bind(limit)
        .fetch_all(&mut *self.0.lock().await)
        .await
        .map_err(of(CANT_READ))
    }

    pub(in crate::journal) async fn last_event(&self) -> Result<Option<i64>, JournalError> {
        sqlx::query_scalar("SELECT max(id) FROM event")
            .fetch_one(&mut *self.0.lock().await)
            .await
            .map_err(of(CANT_READ))
    }

    pub(in crate::journal) async fn workers(&self) -> Result<Vec<WorkerRow>, JournalError> {
        sqlx::query_as("SELECT id, host, pid, since_ms, gone_ms FROM worker ORDER BY id")
            .fetch_all(&mut *self.0.lock().await)
            .await
            .map_err(of(CANT_READ))
    }

    pub(in crate::journal) async fn pace(&self) -> Result<Pace, JournalError> {
        super::claim::pace_of(&mut *self.0.lock().await)
            .await
            .map_err(of(CANT_READ))
    }
}
