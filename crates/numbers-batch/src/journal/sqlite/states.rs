//! Changes of many numbers at once.

use super::error::of;
use super::now_ms;
use super::record::shift;
use crate::journal::boxed::boxed;
use crate::journal::delta::Delta;
use crate::journal::pace::micros;
use crate::journal::resend::Resend;
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
        if count == 0 {
            return Ok(0);
        }
        let unknown = State::Settled(Disposition::Unknown);
        let mut delta = Delta::default();
        delta.shift(State::InFlight, unknown, count.cast_signed());
        shift(&mut transaction, &delta).await?;
        transaction.commit().await?;
        Ok(count)
    });
    given_up.await.map_err(of(CANT_WRITE))
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
             WHERE state = 'unknown' AND coalesce(may_have_released_ms, started_ms) >= ?1",
        )
        .bind(since)
        .bind(now)
        .bind(worker)
        .execute(&mut *transaction)
        .await?;
        let count = sqlx::query(
            "UPDATE number SET state = 'pending', settled_ms = NULL, \
             may_have_released_ms = coalesce(may_have_released_ms, started_ms) \
             WHERE state = 'unknown' AND coalesce(may_have_released_ms, started_ms) >= ?1",
        )
        .bind(since)
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

/// Makes numbers unknown again that wait to be sent again.
pub(super) async fn return_requeued(
    connection: &mut SqliteConnection,
    worker: i64,
) -> Result<u64, JournalError> {
    let returned = boxed(async {
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
        let count = return_until(&mut transaction, worker, too_old(Resend::None)).await?;
        if count > 0 {
            transaction.commit().await?;
        }
        Ok(count)
    });
    returned.await.map_err(of(CANT_WRITE))
}

/// Up to when an attempt must have begun for its number not to be sent again.
pub(super) fn too_old(resend: Resend) -> i64 {
    match resend {
        // Also after the clock was set back.
        Resend::None => i64::MAX,
        Resend::YoungerThan(limit) => now_ms().saturating_sub(micros(limit) / 1000),
        Resend::All => i64::MIN,
    }
}

/// Of these, those whose last intent is not younger.
pub(super) async fn return_until(
    connection: &mut SqliteConnection,
    worker: i64,
    until: i64,
) -> Result<u64, sqlx::Error> {
    let now = now_ms();
    sqlx::query(
        "INSERT INTO event (at_ms, event, position, attempt, worker, outcome) \
         SELECT ?2, 'not_resent', position, attempt, ?3, 'unknown' FROM number \
         WHERE state = 'pending' AND may_have_released_ms IS NOT NULL AND may_have_released_ms <= ?1",
    )
    .bind(until)
    .bind(now)
    .bind(worker)
    .execute(&mut *connection)
    .await?;
    let count = sqlx::query(
        "UPDATE number SET state = 'unknown', settled_ms = ?2 \
         WHERE state = 'pending' AND may_have_released_ms IS NOT NULL AND may_have_released_ms <= ?1",
    )
    .bind(until)
    .bind(now)
    .execute(&mut *connection)
    .await?
    .rows_affected();
    let unknown = State::Settled(Disposition::Unknown);
    let mut delta = Delta::default();
    delta.shift(State::Pending, unknown, count.cast_signed());
    shift(connection, &delta).await?;
    Ok(count)
}

/// Ends this worker: nothing of it is in flight or waits to be sent again.
pub(super) async fn end(
    connection: &mut SqliteConnection,
    worker: i64,
) -> Result<(), JournalError> {
    give_up(connection, worker, Whose::Own).await?;
    return_requeued(connection, worker).await?;
    sqlx::query("UPDATE worker SET gone_ms = ? WHERE id = ?")
        .bind(now_ms())
        .bind(worker)
        .execute(connection)
        .await
        .map(drop)
        .map_err(of(CANT_WRITE))
}
