use super::PostgresJournal;
use super::link::{journal_error, within};
use crate::journal::delta::Delta;
use crate::journal::effect::{Effect, Standing, effects};
use crate::journal::pace::micros;
use crate::journal::{AttemptOutcome, AttemptResult, JournalError, State, rows};
use sqlx::FromRow;
use sqlx::postgres::{PgConnection, PgRow};
use std::collections::HashMap;

const CANT_RECORD: &str = "results can't be recorded";

pub(super) async fn record(
    journal: &PostgresJournal,
    results: &[AttemptResult],
) -> Result<(), JournalError> {
    if results.is_empty() {
        return Ok(());
    }
    let begun = journal
        .results
        .begin_with(&first_statements(journal, results))
        .await;
    let (mut transaction, rows) = begun.map_err(journal_error(CANT_RECORD))?;
    let standing = standing(&rows)?;
    let effects = effects(results, &standing);
    let requeued = effects
        .iter()
        .filter(|effect| effect.change.is_some_and(|(_, to)| to == State::Pending))
        .map(|effect| effect.result.position.cast_signed())
        .min();
    within(async {
        if let Some(position) = requeued {
            lower_first_pending(transaction.connection(), journal.plan, position).await?;
        }
        apply(transaction.connection(), journal, &effects).await
    })
    .await
    .map_err(journal_error(CANT_RECORD))?;
    transaction
        .commit()
        .await
        .map_err(journal_error(CANT_RECORD))
}

/// The first statements of the transaction. Only integers are put into them.
fn first_statements(journal: &PostgresJournal, results: &[AttemptResult]) -> String {
    let positions: Vec<String> = results
        .iter()
        .map(|result| result.position.cast_signed().to_string())
        .collect();
    format!(
        "SELECT position, state, attempt FROM numbers_batch.number WHERE plan = {} \
         AND position = ANY('{{{}}}'::bigint[]) ORDER BY position FOR NO KEY UPDATE",
        journal.plan,
        positions.join(",")
    )
}

fn standing(rows: &[PgRow]) -> Result<HashMap<u64, Standing>, JournalError> {
    rows.iter()
        .map(|row| {
            let (position, state, attempt): (i64, String, Option<i64>) =
                FromRow::from_row(row).map_err(journal_error(CANT_RECORD))?;
            let state: State = rows::parse(&state)?;
            Ok((position.cast_unsigned(), Standing { state, attempt }))
        })
        .collect()
}

/// Adds the events; for the attempts that had no result before, changes their numbers and the counts.
async fn apply(
    connection: &mut PgConnection,
    journal: &PostgresJournal,
    effects: &[Effect<'_>],
) -> Result<(), sqlx::Error> {
    let column = Columns { effects };
    sqlx::query(
        "WITH result AS ( \
           SELECT * FROM unnest($3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::bigint[], \
             $9::text[], $10::text[], $11::bigint[], $12::text[], $13::text[], $14::bool[]) \
           AS t (event, position, attempt, outcome, kind, status, message, request_id, duration_us, \
             before, after, not_sent) \
         ), new AS ( \
           INSERT INTO numbers_batch.event (plan, worker, event, position, attempt, outcome, kind, status, \
             message, request_id, duration_us) \
           SELECT $1, $2, event, position, attempt, outcome, kind, status, message, request_id, duration_us \
           FROM result ON CONFLICT DO NOTHING RETURNING attempt \
         ), change AS ( \
           SELECT result.* FROM result JOIN new USING (attempt) WHERE after IS NOT NULL \
         ), changed AS ( \
           UPDATE numbers_batch.number SET state = after, \
             attempts = attempts - CASE WHEN not_sent THEN 1 ELSE 0 END, \
             started = CASE WHEN not_sent THEN coalesce(may_have_released, started) ELSE started END, \
             settled = CASE WHEN after = 'pending' THEN NULL ELSE clock_timestamp() END, \
             kind = change.kind, status = change.status, message = change.message, \
             request_id = coalesce(change.request_id, number.request_id) \
           FROM change WHERE number.plan = $1 AND number.position = change.position \
         ), shift AS ( \
           SELECT before AS state, -1 AS by FROM change UNION ALL SELECT after, 1 FROM change \
         ) \
         INSERT INTO numbers_batch.tally AS tally \
         (worker, plan, pending, in_flight, released, accepted, absent, failed, unknown) \
         SELECT $2, $1, coalesce(sum(by) FILTER (WHERE state = 'pending'), 0), \
           coalesce(sum(by) FILTER (WHERE state = 'in_flight'), 0), \
           coalesce(sum(by) FILTER (WHERE state = 'released'), 0), \
           coalesce(sum(by) FILTER (WHERE state = 'accepted'), 0), \
           coalesce(sum(by) FILTER (WHERE state = 'absent'), 0), \
           coalesce(sum(by) FILTER (WHERE state = 'failed'), 0), \
           coalesce(sum(by) FILTER (WHERE state = 'unknown'), 0) \
         FROM shift HAVING count(*) > 0 ON CONFLICT (worker) DO UPDATE SET \
         pending = tally.pending + excluded.pending, in_flight = tally.in_flight + excluded.in_flight, \
         released = tally.released + excluded.released, accepted = tally.accepted + excluded.accepted, \
         absent = tally.absent + excluded.absent, failed = tally.failed + excluded.failed, \
         unknown = tally.unknown + excluded.unknown",
    )
    .bind(journal.plan)
    .bind(journal.worker())
    .bind(column.values(|effect| effect.event()))
    .bind(column.values(|effect| effect.result.position.cast_signed()))
    .bind(column.values(|effect| effect.result.attempt.0))
    .bind(column.values(|effect| effect.outcome()))
    .bind(column.values(kind))
    .bind(column.values(|effect| effect.result.status.map(i64::from)))
    .bind(column.values(|effect| effect.message()))
    .bind(column.values(|effect| effect.request_id()))
    .bind(column.values(|effect| micros(effect.result.duration)))
    .bind(column.values(|effect| Some(effect.change.as_ref()?.0.as_str())))
    .bind(column.values(|effect| Some(effect.change.as_ref()?.1.as_str())))
    .bind(column.values(|effect| effect.result.outcome == AttemptOutcome::NotSent))
    .execute(connection)
    .await
    .map(drop)
}

fn kind(effect: &Effect<'_>) -> Option<&'static str> {
    effect.result.kind.map(|kind| kind.as_str())
}

/// Arrays of the values of one column: PostgreSQL takes many rows as one array a column.
struct Columns<'a, T> {
    effects: &'a [T],
}

impl<'a, T> Columns<'a, T> {
    fn values<U>(&self, value: impl FnMut(&'a T) -> U) -> Vec<U> {
        self.effects.iter().map(value).collect()
    }
}

/// Makes claims look for pending numbers from this position on.
pub(super) async fn lower_first_pending(
    connection: &mut PgConnection,
    plan: i64,
    position: i64,
) -> Result<(), sqlx::Error> {
    let query =
        "UPDATE numbers_batch.plan SET first_pending = least(first_pending, $2) WHERE id = $1";
    sqlx::query(query)
        .bind(plan)
        .bind(position)
        .execute(connection)
        .await
        .map(drop)
}

/// Adds to the counts of the plan, in the row of this worker.
pub(super) async fn shift(
    connection: &mut PgConnection,
    plan: i64,
    worker: i64,
    delta: &Delta,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO numbers_batch.tally AS tally \
         (worker, plan, pending, in_flight, released, accepted, absent, failed, unknown) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (worker) DO UPDATE SET \
         pending = tally.pending + excluded.pending, in_flight = tally.in_flight + excluded.in_flight, \
         released = tally.released + excluded.released, accepted = tally.accepted + excluded.accepted, \
         absent = tally.absent + excluded.absent, failed = tally.failed + excluded.failed, \
         unknown = tally.unknown + excluded.unknown",
    )
    .bind(worker)
    .bind(plan)
    .bind(delta.pending)
    .bind(delta.in_flight)
    .bind(delta.released)
    .bind(delta.accepted)
    .bind(delta.absent)
    .bind(delta.failed)
    .bind(delta.unknown)
    .execute(connection)
    .await
    .map(drop)
}
