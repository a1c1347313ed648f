use super::PostgresJournal;
use super::link::{Held, of, within};
use crate::journal::delta::Delta;
use crate::journal::effect::{Effect, Standing, delta, effects};
use crate::journal::pace::micros;
use crate::journal::{Finished, JournalError, Next, State, rows};
use sqlx::postgres::PgConnection;
use std::collections::{HashMap, HashSet};

const CANT_RECORD: &str = "results can't be recorded";

pub(super) async fn record(
    journal: &PostgresJournal,
    results: &[Finished],
) -> Result<(), JournalError> {
    if results.is_empty() {
        return Ok(());
    }
    let mut held = journal.results.begin().await.map_err(of(CANT_RECORD))?;
    let standing = standing(&mut held, journal.plan, results).await?;
    let mut effects = effects(results, &standing);
    within(async {
        let new = insert(held.connection(), journal, &effects).await?;
        effects.retain(|effect| new.contains(&effect.finished.attempt.0));
        apply(held.connection(), journal.plan, &effects).await
    })
    .await
    .map_err(of(CANT_RECORD))?;
    held.commit().await.map_err(of(CANT_RECORD))
}

async fn standing(
    held: &mut Held<'_>,
    plan: i64,
    results: &[Finished],
) -> Result<HashMap<u64, Standing>, JournalError> {
    let positions: Vec<i64> = results
        .iter()
        .map(|result| result.position.cast_signed())
        .collect();
    let found: Vec<(i64, String, Option<i64>)> = within(
        sqlx::query_as(
            "SELECT position, state, attempt FROM numbers_batch.number \
             WHERE plan = $1 AND position = ANY($2) ORDER BY position FOR NO KEY UPDATE",
        )
        .bind(plan)
        .bind(positions)
        .fetch_all(held.connection()),
    )
    .await
    .map_err(of(CANT_RECORD))?;
    found
        .into_iter()
        .map(|(position, state, attempt)| {
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
    plan: i64,
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
         settled = CASE WHEN change.state = 'pending' THEN NULL ELSE clock_timestamp() END, \
         kind = change.kind, status = change.status, message = change.message, \
         request_id = coalesce(change.request_id, number.request_id) \
         FROM unnest($2::bigint[], $3::text[], $4::bool[], $5::text[], $6::bigint[], $7::text[], $8::text[]) \
         AS change (position, state, not_sent, kind, status, message, request_id) \
         WHERE number.plan = $1 AND number.position = change.position",
    )
    .bind(plan)
    .bind(column.of(|(effect, _)| effect.finished.position.cast_signed()))
    .bind(column.of(|(_, to)| to.as_str()))
    .bind(column.of(|(effect, _)| effect.finished.next == Next::NotSent))
    .bind(column.of(|(effect, _)| kind(effect)))
    .bind(column.of(|(effect, _)| effect.finished.status.map(i64::from)))
    .bind(column.of(|(effect, _)| effect.message()))
    .bind(column.of(|(effect, _)| effect.request_id()))
    .execute(&mut *connection)
    .await?;
    shift(connection, plan, &delta(effects), requeued).await
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

/// Adds to the counts of the plan. `requeued` is the first position that became pending.
pub(super) async fn shift(
    connection: &mut PgConnection,
    plan: i64,
    delta: &Delta,
    requeued: Option<i64>,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE numbers_batch.plan SET pending = pending + $2, in_flight = in_flight + $3, \
         released = released + $4, accepted = accepted + $5, absent = absent + $6, \
         failed = failed + $7, unknown = unknown + $8, first_pending = least(first_pending, $9) \
         WHERE id = $1",
    )
    .bind(plan)
    .bind(delta.pending)
    .bind(delta.in_flight)
    .bind(delta.released)
    .bind(delta.accepted)
    .bind(delta.absent)
    .bind(delta.failed)
    .bind(delta.unknown)
    .bind(requeued)
    .execute(connection)
    .await
    .map(drop)
}
