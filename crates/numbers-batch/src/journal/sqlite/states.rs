//! Changes of many numbers at once.

use super::error::of;
use super::now_ms;
use super::record::shift;
use crate::journal::boxed::boxed;
use crate::journal::delta::Delta;
use crate::journal::pace::micros;
use crate::journal::{JournalError, State, rows};
use numbers_core::Disposition;
use sqlx::Connection;
use sqlx::sqlite::SqliteConnection;
use std::time::Duration;

const CANT_WRITE: &str = "the journal can't be written";

/// Whose claims are given up.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    Own,
    Others,
}

/// Makes claims unknown.
pub(super) async fn give_up(
    connection: &mut SqliteConnection,
    worker: i64,
    whose: Whose,
) -> Result<u64, JournalError> {
    let given_up = boxed(async {
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query(
            "INSERT INTO event (at_ms, event, position, attempt, worker, outcome) \
             SELECT ?2, 'orphaned', position, attempt, worker, 'unknown' FROM number \
             WHERE state = 'in_flight' AND (worker = ?1) = ?3",
        )
        .bind(worker)
        .bind(now_ms())
        .bind(whose == Whose::Own)
        .execute(&mut *transaction)
        .await?;
        let count = sqlx::query(
            "UPDATE number SET state = 'unknown', settled_ms = ?2, kind = NULL, status = NULL, \
             message = ?4 WHERE state = 'in_flight' AND (worker = ?1) = ?3",
        )
        .bind(worker)
        .bind(now_ms())
        .bind(whose == Whose::Own)
        .bind(rows::ORPHANED)
        .execute(&mut *transaction)
        .await?
        .rows_affected();
        let withdrawn = withdraw(&mut transaction, worker, whose).await?;
        if count + withdrawn == 0 {
            return Ok(0);
        }
        let unknown = State::Settled(Disposition::Unknown);
        let mut delta = Delta::default();
        delta.shift(State::InFlight, unknown, count.cast_signed());
        delta.shift(State::Pending, unknown, withdrawn.cast_signed());
        shift(&mut transaction, &delta).await?;
        transaction.commit().await?;
        Ok(count)
    });
    given_up.await.map_err(of(CANT_WRITE))
}

/// Makes unknown again what was to be sent again and was not.
async fn withdraw(
    connection: &mut SqliteConnection,
    worker: i64,
    whose: Whose,
) -> Result<u64, sqlx::Error> {
    sqlx::query(
        "INSERT INTO event (at_ms, event, position, attempt, worker, outcome) \
         SELECT ?2, 'withdrawn', position, attempt, worker, 'unknown' FROM number \
         WHERE state = 'pending' AND may_have_released = 1 AND (worker = ?1) = ?3",
    )
    .bind(worker)
    .bind(now_ms())
    .bind(whose == Whose::Own)
    .execute(&mut *connection)
    .await?;
    let withdrawn = sqlx::query(
        "UPDATE number SET state = 'unknown', settled_ms = ?2 \
         WHERE state = 'pending' AND may_have_released = 1 AND (worker = ?1) = ?3",
    )
    .bind(worker)
    .bind(now_ms())
    .bind(whose == Whose::Own)
    .execute(connection)
    .await?;
    Ok(withdrawn.rows_affected())
}

pub(super) async fn requeue_unknown(
    connection: &mut SqliteConnection,
    worker: i64,
    younger_than: Option<Duration>,
) -> Result<u64, JournalError> {
    let now = now_ms();
    let since = younger_than.map_or(i64::MIN, |age| now.saturating_sub(micros(age) / 1000));
    let requeued = boxed(async {
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query(
            "INSERT INTO event (at_ms, event, position, attempt, worker) \
             SELECT ?2, 'resend', position, attempt, ?3 FROM number \
             WHERE state = 'unknown' AND started_ms >= ?1",
        )
        .bind(since)
        .bind(now)
        .bind(worker)
        .execute(&mut *transaction)
        .await?;
        let count = sqlx::query(
            "UPDATE number SET state = 'pending', may_have_released = 1, settled_ms = NULL, worker = ?2 \
             WHERE state = 'unknown' AND started_ms >= ?1",
        )
        .bind(since)
        .bind(worker)
        .execute(&mut *transaction)
        .await?
        .rows_affected();
        let unknown = State::Settled(Disposition::Unknown);
        let mut delta = Delta::default();
        delta.shift(unknown, State::Pending, count.cast_signed());
        shift(&mut transaction, &delta).await?;
        transaction.commit().await?;
        Ok(count)
    });
    requeued.await.map_err(of(CANT_WRITE))
}

/// Notes that this worker ended.
pub(super) async fn end_worker(
    connection: &mut SqliteConnection,
    worker: i64,
) -> Result<(), JournalError> {
    sqlx::query("UPDATE worker SET gone_ms = ? WHERE id = ?")
        .bind(now_ms())
        .bind(worker)
        .execute(connection)
        .await
        .map(drop)
        .map_err(of(CANT_WRITE))
}
