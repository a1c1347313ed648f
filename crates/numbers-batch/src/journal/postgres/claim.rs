use super::PostgresJournal;
use super::link::{Transaction, journal_error, within};
use super::resend::{stop_resend_except, too_old};
use super::worker::start_again;
use crate::journal::pace::{Pace, micros};
use crate::journal::{AttemptId, Claim, Claimed, JournalError, rows};
use numbers_core::NumberId;
use sqlx::FromRow;
use sqlx::postgres::{PgConnection, PgRow};
use std::collections::HashSet;
use std::time::Duration;

const CANT_CLAIM: &str = "numbers can't be claimed";

/// How long a worker waits where it found fewer numbers than are pending: another transaction has them.
const SHORT: Duration = Duration::from_millis(50);

/// The row of the plan, locked.
struct PlanState {
    pending: i64,
    in_flight: i64,
    complete: bool,
    next_attempt: i64,
    first_pending: i64,
    /// Whether a number is pending that must not be sent again any more.
    too_old: bool,
    pace: Pace,
}

type StateRow = (i64, i64, bool, i64, i64, i64, i64, i64, i64, i64, bool);

/// A number to claim: position, id, attempts before, may have released.
type PendingRow = (i64, String, i64, bool);

pub(super) async fn claim(journal: &PostgresJournal, max: usize) -> Result<Claim, JournalError> {
    let mut doubtful = journal.doubtful.lock().await;
    for _ in 0..2 {
        let (mut transaction, plan) = begin(journal).await?;
        if !doubtful.is_empty() {
            settle_doubt(journal, &mut transaction, &mut doubtful).await?;
        }
        let taken: Vec<_> = doubtful.iter().take(max).cloned().collect();
        let (handed_out, kept) = (taken.len(), doubtful.len());
        let claimed = claim_in(transaction.connection(), journal, plan, max, taken, kept);
        let claimed = within(claimed).await.map_err(journal_error(CANT_CLAIM))?;
        match transaction.commit().await {
            Ok(()) => {
                doubtful.drain(..handed_out);
                let attempts = claimed.numbers.iter().map(|claimed| claimed.attempt.0);
                journal.own.lock().extend(attempts);
                return Ok(claimed);
            }
            // Whether it was committed is not known: the next round asks.
            Err(error) => {
                doubtful.extend(claimed.numbers.into_iter().skip(handed_out));
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
async fn begin(journal: &PostgresJournal) -> Result<(Transaction<'_>, PlanState), JournalError> {
    loop {
        let begun = journal.claims.begin_with(&first_statements(journal)).await;
        let (transaction, rows) = begun.map_err(journal_error(CANT_CLAIM))?;
        // The worker unless its lease was lost, the plan, and its state.
        match rows.as_slice() {
            [_, _, state] => {
                let state = PlanState::from_row(state).map_err(journal_error(CANT_CLAIM))?;
                return Ok((transaction, state));
            }
            [_, _] => {
                transaction
                    .roll_back()
                    .await
                    .map_err(journal_error(CANT_CLAIM))?;
                start_again(journal).await?;
            }
            _ => return Err(journal_error(CANT_CLAIM)(sqlx::Error::RowNotFound)),
        }
    }
}

/// The first statements of a claim. Only integers and fixed SQL are put into them.
fn first_statements(journal: &PostgresJournal) -> String {
    let (plan, worker) = (journal.plan, journal.worker());
    let lease = micros(journal.lease);
    let too_old = too_old(journal.resend());
    format!(
        "UPDATE numbers_batch.worker SET expires = clock_timestamp() + {lease} * interval '1 microsecond' \
         WHERE id = {worker} AND gone IS NULL RETURNING id; \
         SELECT id FROM numbers_batch.plan WHERE id = {plan} FOR NO KEY UPDATE; \
         SELECT counts.pending, counts.in_flight, complete, next_attempt, first_pending, interval_us, \
         next_turn_us, paused_until_us, pause_us, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint, \
         coalesce((SELECT min(may_have_released) FROM numbers_batch.number WHERE plan = {plan} \
         AND state = 'pending') <= {too_old}, false) \
         FROM numbers_batch.plan JOIN numbers_batch.counts ON counts.plan = plan.id WHERE plan.id = {plan}"
    )
}

/// Keeps those claims that were committed. The lock on the plan's row means that the commit is no longer under way.
async fn settle_doubt(
    journal: &PostgresJournal,
    transaction: &mut Transaction<'_>,
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
        .fetch_all(transaction.connection()),
    )
    .await
    .map_err(journal_error(CANT_CLAIM))?;
    let durable: HashSet<i64> = durable.into_iter().collect();
    doubtful.retain(|claimed| durable.contains(&claimed.attempt.0));
    Ok(())
}

/// Claims up to `max` numbers, those that are durable already among them. `kept` are in flight and not yet
/// handed out.
async fn claim_in(
    connection: &mut PgConnection,
    journal: &PostgresJournal,
    mut plan: PlanState,
    max: usize,
    mut numbers: Vec<Claimed>,
    kept: usize,
) -> Result<Claim, sqlx::Error> {
    let own = rows::limit(journal.own.lock().len() + kept);
    if plan.pace.draw_in() {
        write_pace(connection, journal.plan, &plan.pace).await?;
    }
    if plan.too_old {
        let (id, worker) = (journal.plan, journal.worker());
        let returned = stop_resend_except(connection, id, worker, journal.resend()).await?;
        plan.pending -= returned.cast_signed();
    }
    let wanted = rows::limit(max - numbers.len()).min(plan.pending);
    let taken = match wanted {
        1.. if plan.complete => plan.pace.take(wanted),
        _ => 0,
    };
    let mut found = Vec::new();
    if taken > 0 {
        found = begin_attempts(connection, journal, &plan, taken).await?;
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

impl PlanState {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        let (pending, in_flight, complete, next_attempt, first_pending, ..): StateRow =
            FromRow::from_row(row)?;
        let (.., interval, next_turn, paused_until, pause, now, too_old): StateRow =
            FromRow::from_row(row)?;
        Ok(Self {
            pending,
            in_flight,
            complete,
            next_attempt,
            first_pending,
            too_old,
            pace: Pace {
                now,
                interval,
                next_turn,
                paused_until,
                pause,
            },
        })
    }
}

async fn write_pace(
    connection: &mut PgConnection,
    plan: i64,
    pace: &Pace,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE numbers_batch.plan SET next_turn_us = $2, paused_until_us = $3 WHERE id = $1",
    )
    .bind(plan)
    .bind(pace.next_turn)
    .bind(pace.paused_until)
    .execute(connection)
    .await
    .map(drop)
}

/// Begins an attempt of each of the first pending numbers. Those that another transaction has locked are skipped,
/// and those that may have been released and are not to be sent again.
async fn begin_attempts(
    connection: &mut PgConnection,
    journal: &PostgresJournal,
    plan: &PlanState,
    wanted: i64,
) -> Result<Vec<PendingRow>, sqlx::Error> {
    let too_old = too_old(journal.resend());
    // Where fewer are found than wanted, one was skipped or is before them, so the next claim looks at all.
    let query = format!(
        "WITH picked AS ( \
           SELECT position, id, attempts, may_have_released FROM numbers_batch.number \
           WHERE plan = $1 AND state = 'pending' AND position >= $2 \
             AND (may_have_released IS NULL OR may_have_released > {too_old}) \
           ORDER BY position LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED \
         ), turn AS ( \
           SELECT *, $4 + row_number() OVER (ORDER BY position) - 1 AS attempt FROM picked \
         ), begun AS ( \
           UPDATE numbers_batch.number SET state = 'in_flight', attempts = number.attempts + 1, \
             attempt = turn.attempt, worker = $5, started = clock_timestamp(), settled = NULL \
           FROM turn WHERE number.plan = $1 AND number.position = turn.position \
         ), noted AS ( \
           INSERT INTO numbers_batch.event (event, plan, position, attempt, worker) \
           SELECT 'intent', $1, position, attempt, $5 FROM turn ORDER BY position \
         ), counted AS ( \
           UPDATE numbers_batch.plan SET next_attempt = next_attempt + found.count, \
             pending = pending - found.count, in_flight = in_flight + found.count, next_turn_us = $6, \
             first_pending = CASE WHEN found.count = $3 THEN found.last + 1 ELSE 0 END \
           FROM (SELECT count(*) AS count, max(position) AS last FROM turn) AS found WHERE plan.id = $1 \
         ) \
         SELECT position, id, attempts, may_have_released IS NOT NULL FROM turn ORDER BY position"
    );
    sqlx::query_as(&query)
        .bind(journal.plan)
        .bind(plan.first_pending)
        .bind(wanted)
        .bind(plan.next_attempt)
        .bind(journal.worker())
        .bind(plan.pace.next_turn)
        .fetch_all(connection)
        .await
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
