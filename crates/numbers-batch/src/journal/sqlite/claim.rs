use super::error::of;
use super::states::return_older;
use super::{Open, now_ms, now_us};
use crate::journal::pace::{Pace, micros};
use crate::journal::resend::Resend;
use crate::journal::{AttemptId, Claim, Claimed, JournalError, JournalErrorKind, rows};
use numbers_core::NumberId;
use sqlx::Connection;
use sqlx::sqlite::SqliteConnection;
use std::time::Duration;

const CANT_WRITE: &str = "the journal can't be written";

/// Numbers to claim: position, id, attempts before, when an attempt began that may have released it.
type PendingRow = (i64, String, i64, Option<i64>);

pub(super) async fn claim(open: &mut Open, worker: i64, max: usize) -> Result<Claim, JournalError> {
    let Open {
        connection,
        lock,
        resend,
        ..
    } = open;
    let mut transaction = connection
        .begin_with("BEGIN IMMEDIATE")
        .await
        .map_err(of(CANT_WRITE))?;
    check_worker(&mut transaction, worker).await?;
    let (claimed, changed) = claim_in(&mut transaction, worker, max, *resend)
        .await
        .map_err(of(CANT_WRITE))?;
    let last = claimed.numbers.last().map(|number| number.attempt.0);
    if changed {
        transaction.commit().await.map_err(of(CANT_WRITE))?;
    }
    if let Some(last) = last {
        lock.note(last);
    }
    Ok(claimed)
}

/// The claim, and whether anything was changed.
async fn claim_in(
    connection: &mut SqliteConnection,
    worker: i64,
    max: usize,
    resend: Resend,
) -> Result<(Claim, bool), sqlx::Error> {
    let (pending, in_flight, complete, first_attempt): (i64, i64, i64, i64) =
        sqlx::query_as("SELECT pending, in_flight, complete, next_attempt FROM plan")
            .fetch_one(&mut *connection)
            .await?;
    let own: i64 =
        sqlx::query_scalar("SELECT count(*) FROM number WHERE state = 'in_flight' AND worker = ?")
            .bind(worker)
            .fetch_one(&mut *connection)
            .await?;
    let mut pace = pace_of(connection).await?;
    let drawn_in = pace.draw_in();
    let mut taken = 0;
    if complete != 0 && pending > 0 && max > 0 {
        taken = pace.take(rows::limit(max).min(pending));
    }
    let mut found = first_pending(connection, taken).await?;
    let mut returned = 0;
    if let Some(age) = too_old(&found, pace.now / 1000, resend) {
        returned = return_older(connection, worker, age).await?;
        found = first_pending(connection, taken).await?;
    }
    if !found.is_empty() {
        begin_attempts(connection, worker, first_attempt, &found).await?;
    }
    let changed = drawn_in || !found.is_empty();
    if changed {
        sqlx::query("UPDATE plan SET next_turn_us = ?, paused_until_us = ?")
            .bind(pace.next_turn)
            .bind(pace.paused_until)
            .execute(&mut *connection)
            .await?;
    }
    let pending = pending - returned.cast_signed() - rows::limit(found.len());
    let claim = Claim {
        numbers: numbered(first_attempt, found),
        wait: if pending > 0 {
            pace.wait()
        } else {
            Duration::ZERO
        },
        pending: pending.try_into().unwrap_or_default(),
        elsewhere: (in_flight - own).try_into().unwrap_or_default(),
    };
    Ok((claim, changed || returned > 0))
}

async fn first_pending(
    connection: &mut SqliteConnection,
    count: i64,
) -> Result<Vec<PendingRow>, sqlx::Error> {
    if count == 0 {
        return Ok(Vec::new());
    }
    sqlx::query_as(
        "SELECT position, id, attempts, may_have_released_ms FROM number \
         WHERE state = 'pending' ORDER BY position LIMIT ?",
    )
    .bind(count)
    .fetch_all(connection)
    .await
}

/// From what age on numbers are not to be sent again, if one of these is so old.
fn too_old(found: &[PendingRow], now: i64, resend: Resend) -> Option<Duration> {
    let age = |began: i64| Duration::from_millis((now - began).try_into().unwrap_or_default());
    let mut doubtful = found.iter().filter_map(|row| row.3);
    let any = doubtful.any(|began| !resend.allows(age(began)));
    resend.limit().filter(|_| any)
}

fn numbered(first_attempt: i64, found: Vec<PendingRow>) -> Vec<Claimed> {
    (first_attempt..)
        .zip(found)
        .map(|(attempt, (position, id, attempts, may))| Claimed {
            attempt: AttemptId(attempt),
            position: position.cast_unsigned(),
            number: NumberId::new(id),
            attempts_before: attempts.try_into().unwrap_or_default(),
            may_have_released: may.is_some(),
        })
        .collect()
}

async fn begin_attempts(
    connection: &mut SqliteConnection,
    worker: i64,
    first_attempt: i64,
    found: &[PendingRow],
) -> Result<(), sqlx::Error> {
    let positions: Vec<i64> = found.iter().map(|row| row.0).collect();
    let positions =
        serde_json::to_string(&positions).map_err(|error| sqlx::Error::Encode(error.into()))?;
    let now = now_ms();
    sqlx::query(
        "UPDATE number SET state = 'in_flight', attempts = attempts + 1, attempt = ?2 + turn.key, \
         worker = ?3, started_ms = ?4, settled_ms = NULL \
         FROM json_each(?1) AS turn WHERE number.position = turn.value",
    )
    .bind(&positions)
    .bind(first_attempt)
    .bind(worker)
    .bind(now)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT INTO event (at_ms, event, position, attempt, worker) \
         SELECT ?4, 'intent', value, ?2 + key, ?3 FROM json_each(?1)",
    )
    .bind(&positions)
    .bind(first_attempt)
    .bind(worker)
    .bind(now)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "UPDATE plan SET next_attempt = next_attempt + ?1, pending = pending - ?1, \
         in_flight = in_flight + ?1",
    )
    .bind(rows::limit(found.len()))
    .execute(&mut *connection)
    .await
    .map(drop)
}

pub(super) async fn pace_of(connection: &mut SqliteConnection) -> Result<Pace, sqlx::Error> {
    let query = "SELECT interval_us, next_turn_us, paused_until_us, pause_us FROM plan";
    let (interval, next_turn, paused_until, pause) =
        sqlx::query_as(query).fetch_one(connection).await?;
    Ok(Pace {
        now: now_us(),
        interval,
        next_turn,
        paused_until,
        pause,
    })
}

pub(super) async fn set_interval(
    connection: &mut SqliteConnection,
    interval: Duration,
) -> Result<(), JournalError> {
    sqlx::query("UPDATE plan SET interval_us = ?")
        .bind(micros(interval))
        .execute(connection)
        .await
        .map(drop)
        .map_err(of(CANT_WRITE))
}

pub(super) async fn pause(
    connection: &mut SqliteConnection,
    wait: Duration,
) -> Result<(), JournalError> {
    let current = pace_of(connection).await.map_err(of(CANT_WRITE))?;
    let wait = micros(wait);
    if !current.outlasts(wait) {
        return Ok(());
    }
    sqlx::query("UPDATE plan SET paused_until_us = ?, pause_us = ?")
        .bind(current.now.saturating_add(wait))
        .bind(wait)
        .execute(connection)
        .await
        .map(drop)
        .map_err(of(CANT_WRITE))
}

/// Checks that no other worker opened the file meanwhile, as it could if the lock file was removed.
pub(super) async fn check_worker(
    connection: &mut SqliteConnection,
    worker: i64,
) -> Result<(), JournalError> {
    let query = "SELECT count(*) FROM worker WHERE id = ? AND gone_ms IS NULL";
    let alive: i64 = sqlx::query_scalar(query)
        .bind(worker)
        .fetch_one(connection)
        .await
        .map_err(of("the journal can't be read"))?;
    if alive > 0 {
        return Ok(());
    }
    Err(JournalError::new(
        JournalErrorKind::LeaseLost,
        "another process opened the journal and took it over",
    ))
}
