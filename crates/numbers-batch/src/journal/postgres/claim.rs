use super::PostgresJournal;
use super::link::{Held, of, within};
use super::worker::{lock_plan, renew, start_anew};
use crate::journal::pace::{Pace, SHORT};
use crate::journal::{AttemptId, Claim, Claimed, JournalError, rows};
use numbers_core::NumberId;
use sqlx::postgres::PgConnection;
use std::collections::HashSet;
use std::time::Duration;

const CANT_CLAIM: &str = "numbers can't be claimed";

/// The row of the plan, locked.
struct PlanState {
    pending: i64,
    in_flight: i64,
    complete: bool,
    next_attempt: i64,
    first_pending: i64,
    pace: Pace,
}

/// Numbers to claim: position, id, attempts before, may have released.
type PendingRow = (i64, String, i64, bool);

pub(super) async fn claim(journal: &PostgresJournal, max: usize) -> Result<Claim, JournalError> {
    let mut doubtful = journal.doubtful.lock().await;
    for _ in 0..2 {
        let mut held = begin(journal).await?;
        if !doubtful.is_empty() {
            settle_doubt(journal, &mut held, &mut doubtful).await?;
        }
        let taken = take_doubtful(&mut doubtful, max);
        let kept = taken.len() + doubtful.len();
        let claimed = within(claim_in(held.connection(), journal, max, taken, kept))
            .await
            .map_err(of(CANT_CLAIM))?;
        match held.commit().await {
            Ok(()) => {
                let attempts = claimed.numbers.iter().map(|claimed| claimed.attempt.0);
                journal.own.lock().extend(attempts);
                return Ok(claimed);
            }
            // Nobody knows whether the commit came about: the next round asks.
            Err(error) => {
                doubtful.extend(claimed.numbers);
                tracing::warn!(%error, "the result of a commit was lost; asking the database again");
            }
        }
    }
    let message = "numbers can't be claimed: the database lost two commits in a row";
    Err(JournalError::new(
        crate::journal::JournalErrorKind::Unavailable,
        message,
    ))
}

/// Begins a transaction that has renewed the lease and holds the row of the plan.
async fn begin(journal: &PostgresJournal) -> Result<Held<'_>, JournalError> {
    loop {
        let mut held = journal.claims.begin().await.map_err(of(CANT_CLAIM))?;
        let renewed = within(async {
            let renewed = renew(held.connection(), journal).await?;
            lock_plan(held.connection(), journal.plan).await?;
            Ok(renewed)
        });
        if renewed.await.map_err(of(CANT_CLAIM))? {
            return Ok(held);
        }
        held.roll_back().await.map_err(of(CANT_CLAIM))?;
        start_anew(journal).await?;
    }
}

/// Keeps those claims whose commit came about. The lock on the plan's row means that it is no longer under way.
async fn settle_doubt(
    journal: &PostgresJournal,
    held: &mut Held<'_>,
    doubtful: &mut Vec<Claimed>,
) -> Result<(), JournalError> {
    let positions: Vec<i64> = doubtful
        .iter()
        .map(|claimed| claimed.position.cast_signed())
        .collect();
    let durable: Vec<i64> = within(
        sqlx::query_scalar(
            "SELECT attempt FROM numbers_batch.number WHERE plan = $1 AND position = ANY($2) \
             AND worker = $3 AND state = 'in_flight'",
        )
        .bind(journal.plan)
        .bind(positions)
        .bind(journal.worker())
        .fetch_all(held.connection()),
    )
    .await
    .map_err(of(CANT_CLAIM))?;
    let durable: HashSet<i64> = durable.into_iter().collect();
    doubtful.retain(|claimed| durable.contains(&claimed.attempt.0));
    Ok(())
}

/// Up to `max` claims that were in doubt and are durable.
fn take_doubtful(doubtful: &mut Vec<Claimed>, max: usize) -> Vec<Claimed> {
    doubtful.drain(..doubtful.len().min(max)).collect()
}

/// Claims up to `max` numbers, those that are durable already among them. `kept` are in flight and not yet
/// handed out.
async fn claim_in(
    connection: &mut PgConnection,
    journal: &PostgresJournal,
    max: usize,
    mut numbers: Vec<Claimed>,
    kept: usize,
) -> Result<Claim, sqlx::Error> {
    let mut plan = plan_state(connection, journal.plan).await?;
    let own = rows::limit(journal.own.lock().len() + kept);
    let wanted = rows::limit(max - numbers.len()).min(plan.pending);
    let taken = match wanted {
        1.. if plan.complete => plan.pace.take(wanted),
        _ => 0,
    };
    let mut found = Vec::new();
    if taken > 0 {
        found = pending(connection, journal.plan, &plan, taken).await?;
        begin_attempts(connection, journal, &plan, &found, taken).await?;
    }
    let pending = plan.pending - rows::limit(found.len());
    let wait = match pending {
        1.. if rows::limit(found.len()) < taken => plan.pace.wait().max(SHORT),
        1.. => plan.pace.wait(),
        _ => Duration::ZERO,
    };
    numbers.extend(numbered(plan.next_attempt, found));
    Ok(Claim {
        numbers,
        wait,
        pending: pending.try_into().unwrap_or_default(),
        elsewhere: (plan.in_flight - own).try_into().unwrap_or_default(),
    })
}

async fn plan_state(connection: &mut PgConnection, plan: i64) -> Result<PlanState, sqlx::Error> {
    let row: (i64, i64, bool, i64, i64, i64, i64, i64, i64, i64) = sqlx::query_as(
        "SELECT pending, in_flight, complete, next_attempt, first_pending, interval_us, next_turn_us, \
         paused_until_us, pause_us, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint \
         FROM numbers_batch.plan WHERE id = $1",
    )
    .bind(plan)
    .fetch_one(connection)
    .await?;
    let (pending, in_flight, complete, next_attempt, first_pending, ..) = row;
    let (.., interval, next_turn, paused_until, pause, now) = row;
    Ok(PlanState {
        pending,
        in_flight,
        complete,
        next_attempt,
        first_pending,
        pace: Pace {
            now,
            interval,
            next_turn,
            paused_until,
            pause,
        },
    })
}

/// The first pending numbers, locked. Those that another transaction has are skipped.
async fn pending(
    connection: &mut PgConnection,
    plan: i64,
    state: &PlanState,
    limit: i64,
) -> Result<Vec<PendingRow>, sqlx::Error> {
    sqlx::query_as(
        "SELECT position, id, attempts, may_have_released FROM numbers_batch.number \
         WHERE plan = $1 AND state = 'pending' AND position >= $2 ORDER BY position LIMIT $3 \
         FOR NO KEY UPDATE SKIP LOCKED",
    )
    .bind(plan)
    .bind(state.first_pending)
    .bind(limit)
    .fetch_all(connection)
    .await
}

async fn begin_attempts(
    connection: &mut PgConnection,
    journal: &PostgresJournal,
    plan: &PlanState,
    found: &[PendingRow],
    wanted: i64,
) -> Result<(), sqlx::Error> {
    let positions: Vec<i64> = found.iter().map(|row| row.0).collect();
    let count = rows::limit(found.len());
    // Fewer than are pending: one was skipped or lies before, so the next claim looks at all.
    let first_pending = match positions.last() {
        Some(last) if count == wanted => last + 1,
        _ => 0,
    };
    sqlx::query(
        "WITH turn AS ( \
           SELECT position, $3 + nth - 1 AS attempt FROM unnest($2::bigint[]) WITH ORDINALITY AS t (position, nth) \
         ), begun AS ( \
           UPDATE numbers_batch.number SET state = 'in_flight', attempts = attempts + 1, \
             attempt = turn.attempt, worker = $4, started = clock_timestamp(), settled = NULL \
           FROM turn WHERE number.plan = $1 AND number.position = turn.position \
         ) \
         INSERT INTO numbers_batch.event (event, plan, position, attempt, worker) \
         SELECT 'intent', $1, position, attempt, $4 FROM turn",
    )
    .bind(journal.plan)
    .bind(positions)
    .bind(plan.next_attempt)
    .bind(journal.worker())
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "UPDATE numbers_batch.plan SET next_attempt = next_attempt + $2, pending = pending - $2, \
         in_flight = in_flight + $2, first_pending = $3, next_turn_us = $4 WHERE id = $1",
    )
    .bind(journal.plan)
    .bind(count)
    .bind(first_pending)
    .bind(plan.pace.next_turn)
    .execute(connection)
    .await
    .map(drop)
}

fn numbered(first_attempt: i64, found: Vec<PendingRow>) -> impl Iterator<Item = Claimed> {
    (first_attempt..)
        .zip(found)
        .map(|(attempt, (position, id, attempts, may))| Claimed {
            attempt: AttemptId(attempt),
            position: position.cast_unsigned(),
            number: NumberId::new(id),
            attempts_before: attempts.try_into().unwrap_or_default(),
            may_have_released: may,
        })
}
