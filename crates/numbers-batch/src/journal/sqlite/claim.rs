use super::error::of;
use super::states::{return_until, too_old};
use super::{Open, from_json, json, now_ms, now_us};
use crate::journal::pace::{Pace, micros};
use crate::journal::{AttemptId, Claim, Claimed, JournalError, JournalErrorKind, rows};
use numbers_core::NumberId;
use sqlx::Executor;
use sqlx::sqlite::SqliteConnection;
use std::time::Duration;

const CANT_WRITE: &str = "the journal can't be written";

/// A number to claim: position, id, attempts before, when an attempt began that may have released it.
type PendingRow = (i64, String, i64, Option<i64>);

/// The row of the plan, with the numbers that are next.
struct PlanState {
    alive: bool,
    pending: i64,
    elsewhere: i64,
    complete: bool,
    next_attempt: i64,
    pace: Pace,
    first: Vec<PendingRow>,
    /// Whether numbers wait that are too old to be sent again.
    too_old: bool,
}

pub(super) async fn claim(
    connection: &mut SqliteConnection,
    open: &mut Open,
    worker: i64,
    max: usize,
) -> Result<Claim, JournalError> {
    let too_old = too_old(open.resend);
    let plan = begin(connection, worker, max, too_old)
        .await
        .map_err(of(CANT_WRITE))?;
    if !plan.alive {
        return Err(taken_over());
    }
    let claimed = claim_in(connection, plan, worker, too_old)
        .await
        .map_err(of(CANT_WRITE))?;
    if let Some(last) = claimed.numbers.last() {
        open.lock.note(last.attempt.0);
    }
    Ok(claimed)
}

/// Begins a transaction, and reads the plan.
///
/// One query, as [`commit`] is one: each is a switch to the thread that has the connection, and back.
async fn begin(
    connection: &mut SqliteConnection,
    worker: i64,
    max: usize,
    too_old: i64,
) -> Result<PlanState, sqlx::Error> {
    let row: (i64, i64, i64, i64, i64, i64, i64, i64, i64, i64, String, bool) = sqlx::query_as(
        "BEGIN IMMEDIATE; \
         SELECT pending, in_flight, complete, next_attempt, interval_us, next_turn_us, paused_until_us, \
         pause_us, (SELECT count(*) FROM number WHERE state = 'in_flight' AND worker = ?1), \
         (SELECT count(*) FROM worker WHERE id = ?1 AND gone_ms IS NULL), \
         (SELECT json_group_array(json_array(position, id, attempts, may_have_released_ms) ORDER BY position) \
         FROM (SELECT * FROM number WHERE state = 'pending' \
         AND (may_have_released_ms IS NULL OR may_have_released_ms > ?3) ORDER BY position LIMIT ?2)), \
         EXISTS (SELECT 1 FROM number WHERE state = 'pending' AND may_have_released_ms <= ?3) FROM plan",
    )
    .bind(worker)
    .bind(rows::limit(max))
    .bind(too_old)
    .fetch_one(connection)
    .await?;
    let (pending, in_flight, complete, next_attempt, ..) = row;
    let (.., interval, next_turn, paused_until, pause, own, alive, first, too_old) = row;
    Ok(PlanState {
        alive: alive > 0,
        pending,
        elsewhere: in_flight - own,
        complete: complete != 0,
        next_attempt,
        pace: Pace {
            now: now_us(),
            interval,
            next_turn,
            paused_until,
            pause,
        },
        first: from_json(&first)?,
        too_old,
    })
}

/// Claims, and ends the transaction.
async fn claim_in(
    connection: &mut SqliteConnection,
    mut plan: PlanState,
    worker: i64,
    too_old: i64,
) -> Result<Claim, sqlx::Error> {
    let mut changed = plan.pace.draw_in();
    if plan.too_old {
        let returned = return_until(connection, worker, too_old).await?;
        plan.pending -= returned.cast_signed();
        changed = true;
    }
    let mut found = std::mem::take(&mut plan.first);
    let taken = match plan.complete && !found.is_empty() {
        true => plan.pace.take(rows::limit(found.len())),
        false => 0,
    };
    found.truncate(taken.try_into().unwrap_or_default());
    match changed || taken > 0 {
        true => commit(connection, &plan, worker, &found).await?,
        false => connection.execute("ROLLBACK").await.map(drop)?,
    }
    let pending = plan.pending - taken;
    let wait = match pending {
        1.. => plan.pace.wait(),
        _ => Duration::ZERO,
    };
    Ok(Claim {
        numbers: numbered(plan.next_attempt, found),
        wait,
        pending: pending.try_into().unwrap_or_default(),
        elsewhere: plan.elsewhere.try_into().unwrap_or_default(),
    })
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

/// Begins an attempt for each of these numbers, and commits.
async fn commit(
    connection: &mut SqliteConnection,
    plan: &PlanState,
    worker: i64,
    found: &[PendingRow],
) -> Result<(), sqlx::Error> {
    let positions: Vec<i64> = found.iter().map(|row| row.0).collect();
    sqlx::query(
        "UPDATE number SET state = 'in_flight', attempts = attempts + 1, attempt = ?2 + claimed.key, \
         worker = ?3, started_ms = ?4, settled_ms = NULL \
         FROM json_each(?1) AS claimed WHERE number.position = claimed.value; \
         INSERT INTO event (at_ms, event, position, attempt, worker) \
         SELECT ?4, 'intent', value, ?2 + key, ?3 FROM json_each(?1); \
         UPDATE plan SET next_attempt = next_attempt + ?5, pending = pending - ?5, \
         in_flight = in_flight + ?5, next_turn_us = ?6, paused_until_us = ?7; \
         COMMIT",
    )
    .bind(json(&positions)?)
    .bind(plan.next_attempt)
    .bind(worker)
    .bind(now_ms())
    .bind(rows::limit(found.len()))
    .bind(plan.pace.next_turn)
    .bind(plan.pace.paused_until)
    .execute(connection)
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
    if alive > 0 { Ok(()) } else { Err(taken_over()) }
}

fn taken_over() -> JournalError {
    JournalError::new(
        JournalErrorKind::LeaseLost,
        "another process opened the journal and took it over",
    )
}
