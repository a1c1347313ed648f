//! A worker's lease, and the pace that it shares.

use super::PostgresJournal;
use super::link::{Link, journal_error, within};
use crate::journal::boxed::boxed;
use crate::journal::pace::{Pace, micros};
use crate::journal::{JournalError, JournalErrorKind, host};
use sqlx::postgres::PgConnection;
use std::sync::atomic::Ordering;
use std::time::Duration;

const CANT_WRITE: &str = "the journal can't be written";

pub(super) async fn begin(link: &Link, plan: i64, lease: Duration) -> Result<i64, JournalError> {
    let begun = boxed(async {
        let mut transaction = link.begin().await?;
        let id = within(insert(transaction.connection(), plan, lease)).await?;
        transaction.commit().await?;
        Ok(id)
    });
    begun.await.map_err(journal_error(CANT_WRITE))
}

async fn insert(
    connection: &mut PgConnection,
    plan: i64,
    lease: Duration,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar(
        "INSERT INTO numbers_batch.worker (plan, host, pid, since, expires) VALUES ($1, $2, $3, \
         clock_timestamp(), clock_timestamp() + $4 * interval '1 microsecond') RETURNING id",
    )
    .bind(plan)
    .bind(host::name())
    .bind(host::pid())
    .bind(micros(lease))
    .fetch_one(connection)
    .await
}

/// Renews the lease. `false`: another worker has made the claims unknown.
pub(super) async fn renew(
    connection: &mut PgConnection,
    journal: &PostgresJournal,
) -> Result<bool, sqlx::Error> {
    let renewed = sqlx::query(
        "UPDATE numbers_batch.worker SET expires = clock_timestamp() + $2 * interval '1 microsecond' \
         WHERE id = $1 AND gone IS NULL",
    )
    .bind(journal.worker())
    .bind(micros(journal.lease))
    .execute(connection)
    .await?;
    Ok(renewed.rows_affected() > 0)
}

pub(super) async fn heartbeat(journal: &PostgresJournal) -> Result<(), JournalError> {
    let renewed = boxed(async {
        let mut transaction = journal.rest.begin().await?;
        let renewed = within(renew(transaction.connection(), journal)).await?;
        transaction.commit().await?;
        Ok(renewed)
    });
    if renewed.await.map_err(journal_error(CANT_WRITE))? {
        return Ok(());
    }
    Err(lease_lost())
}

pub(super) fn lease_lost() -> JournalError {
    JournalError::new(
        JournalErrorKind::LeaseLost,
        "the lease of this worker ran out, and its claims were made unknown",
    )
}

/// Makes this a new worker, after another worker has made the claims of the old one unknown.
pub(super) async fn start_again(journal: &PostgresJournal) -> Result<(), JournalError> {
    let id = begin(&journal.rest, journal.plan, journal.lease).await?;
    journal.worker.store(id, Ordering::SeqCst);
    journal.own.lock().clear();
    tracing::info!("the lease ran out; this is a new worker from here on");
    Ok(())
}

const PACE: &str = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint, \
    interval_us, next_turn_us, paused_until_us, pause_us FROM numbers_batch.plan WHERE id = $1";

pub(super) async fn pace_of(connection: &mut PgConnection, plan: i64) -> Result<Pace, sqlx::Error> {
    let (now, interval, next_turn, paused_until, pause) = sqlx::query_as(PACE)
        .bind(plan)
        .fetch_one(connection)
        .await?;
    Ok(Pace {
        now,
        interval,
        next_turn,
        paused_until,
        pause,
    })
}

pub(super) async fn set_interval(
    journal: &PostgresJournal,
    interval: Duration,
) -> Result<(), JournalError> {
    let set = boxed(async {
        let mut transaction = journal.rest.begin().await?;
        within(
            sqlx::query("UPDATE numbers_batch.plan SET interval_us = $2 WHERE id = $1")
                .bind(journal.plan)
                .bind(micros(interval))
                .execute(transaction.connection()),
        )
        .await?;
        transaction.commit().await
    });
    set.await.map_err(journal_error(CANT_WRITE))
}

pub(super) async fn pause(journal: &PostgresJournal, wait: Duration) -> Result<(), JournalError> {
    let wait = micros(wait);
    let paused = boxed(async {
        let mut transaction = journal.rest.begin().await?;
        within(async {
            lock_plan(transaction.connection(), journal.plan).await?;
            let pace = pace_of(transaction.connection(), journal.plan).await?;
            if !pace.outlasts(wait) {
                return Ok(());
            }
            sqlx::query(
                "UPDATE numbers_batch.plan SET paused_until_us = $2, pause_us = $3 WHERE id = $1",
            )
            .bind(journal.plan)
            .bind(pace.now.saturating_add(wait))
            .bind(wait)
            .execute(transaction.connection())
            .await
            .map(drop)
        })
        .await?;
        transaction.commit().await
    });
    paused.await.map_err(journal_error(CANT_WRITE))
}

/// Waits until no other transaction has the row of the plan.
///
/// All take their locks in the same order: workers by id, plan where numbers are claimed, numbers by position, plan,
/// tally.
/// Claims skip numbers that are locked, so they wait for none.
pub(super) async fn lock_plan(connection: &mut PgConnection, plan: i64) -> Result<(), sqlx::Error> {
    sqlx::query("SELECT FROM numbers_batch.plan WHERE id = $1 FOR NO KEY UPDATE")
        .bind(plan)
        .execute(connection)
        .await
        .map(drop)
}
