use super::PostgresJournal;
use super::link::{of, within};
use crate::journal::delta::Delta;
use crate::journal::effect::{Effect, Standing, delta, effects};
use crate::journal::pace::micros;
use crate::journal::{Finished, JournalError, Next, State, rows};
use sqlx::FromRow;
use sqlx::postgres::{PgConnection, PgRow};
use std::collections::{HashMap, HashSet};

const CANT_RECORD: &str = "results can't be recorded";

pub(super) async fn record(
    journal: &PostgresJournal,
    results: &[Finished],
) -> Result<(), JournalError> {
    if results.is_empty() {
        return Ok(());
    }
    let begun = journal.results.begin_with(&opening(journal, results)).await;
    let (mut held, rows) = begun.map_err(of(CANT_RECORD))?;
    let standing = standing(&rows)?;
    let mut effects = effects(results, &standing);
    within(async {
        let new = insert(held.connection(), journal, &effects).await?;
        effects.retain(|effect| new.contains(&effect.finished.attempt.0));
        apply(held.connection(), journal, &effects).await
    })
    .await
    .map_err(of(CANT_RECORD))?;
    held.commit().await.map_err(of(CANT_RECORD))
}

/// The statement with which a record begins. All that is put into it are integers.
fn opening(journal: &PostgresJournal, results: &[Finished]) -> String {
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
                FromRow::from_row(row).map_err(of(CANT_RECORD))?;
            let state: State = rows::parse(&state)?;
            Ok((position.cast_unsigned(), Standing { state, attempt }))
        })
        .collect()
}

/// Adds the events. Returns the attempts that had no result before.
async fn insert(
    connection: &mut PgConnection,
    journal: &PostgresJournal,
    effects: &[Effect<'_>],
) -> Result<HashSet<i64>, sqlx::Error> {
    let column = Columns { effects };
    let new: Vec<i64> = sqlx::query_scalar(
        "INSERT INTO numbers_batch.event (plan, worker, event, position, attempt, outcome, kind, status, \
         message, request_id, duration_us) \
         SELECT $1, $2, * FROM unnest($3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], \
         $8::bigint[], $9::text[], $10::text[], $11::bigint[]) ON CONFLICT DO NOTHING RETURNING attempt",
    )
    .bind(journal.plan)
    .bind(journal.worker())
    .bind(column.of(|effect| effect.event()))
    .bind(column.of(|effect| effect.finished.position.cast_signed()))
    .bind(column.of(|effect| effect.finished.attempt.0))
    .bind(column.of(|effect| effect.outcome()))
    .bind(column.of(kind))
    .bind(column.of(|effect| effect.finished.status.map(i64::from)))
    .bind(column.of(|effect| effect.message()))
    .bind(column.of(|effect| effect.request_id()))
    .bind(column.of(|effect| micros(effect.finished.duration)))
    .fetch_all(connection)
    .await?;
    Ok(new.into_iter().collect())
}

async fn apply(
    connection: &mut PgConnection,
    journal: &PostgresJournal,
    effects: &[Effect<'_>],
) -> Result<(), sqlx::Error> {
    let changes: Vec<(&Effect<'_>, State)> = effects
        .iter()
        .filter_map(|effect| Some((effect, effect.change?.1)))
        .collect();
    let column = Columns { effects: &changes };
    let requeued = changes
        .iter()
        .filter(|(_, to)| *to == State::Pending)
        .map(|(effect, _)| effect.finished.position.cast_signed())
        .min();
    if changes.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "UPDATE numbers_batch.number SET state = change.state, \
         attempts = attempts - CASE WHEN change.not_sent THEN 1 ELSE 0 END, \
         started = CASE WHEN change.not_sent THEN coalesce(may_have_released, started) ELSE started END, \
         settled = CASE WHEN change.state = 'pending' THEN NULL ELSE clock_timestamp() END, \
         kind = change.kind, status = change.status, message = change.message, \
         request_id = coalesce(change.request_id, number.request_id) \
         FROM unnest($2::bigint[], $3::text[], $4::bool[], $5::text[], $6::bigint[], $7::text[], $8::text[]) \
         AS change (position, state, not_sent, kind, status, message, request_id) \
         WHERE number.plan = $1 AND number.position = change.position",
    )
    .bind(journal.plan)
    .bind(column.of(|(effect, _)| effect.finished.position.cast_signed()))
    .bind(column.of(|(_, to)| to.as_str()))
    .bind(column.of(|(effect, _)| effect.finished.next == Next::NotSent))
    .bind(column.of(|(effect, _)| kind(effect)))
    .bind(column.of(|(effect, _)| effect.finished.status.map(i64::from)))
    .bind(column.of(|(effect, _)| effect.message()))
    .bind(column.of(|(effect, _)| effect.request_id()))
    .execute(&mut *connection)
    .await?;
    let (plan, worker) = (journal.plan, journal.worker());
    shift(connection, plan, worker, &delta(effects), requeued).await
}

fn kind(effect: &Effect<'_>) -> Option<&'static str> {
    effect.finished.kind.map(|kind| kind.as_str())
}

/// Values of one column each, as PostgreSQL takes many rows.
struct Columns<'a, T> {
    effects: &'a [T],
}

impl<'a, T> Columns<'a, T> {
    fn of<U>(&self, value: impl FnMut(&'a T) -> U) -> Vec<U> {
        self.effects.iter().map(value).collect()
    }
}

/// Adds to the counts of the plan, in the row of this worker. `requeued` is the first position that became pending.
pub(super) async fn shift(
    connection: &mut PgConnection,
    plan: i64,
    worker: i64,
    delta: &Delta,
    requeued: Option<i64>,
) -> Result<(), sqlx::Error> {
    if let Some(position) = requeued {
        sqlx::query(
            "UPDATE numbers_batch.plan SET first_pending = least(first_pending, $2) WHERE id = $1",
        )
        .bind(plan)
        .bind(position)
        .execute(&mut *connection)
        .await?;
    }
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
