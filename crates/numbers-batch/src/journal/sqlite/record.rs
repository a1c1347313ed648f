use super::error::of;
use super::now_ms;
use crate::journal::delta::Delta;
use crate::journal::effect::{Effect, Standing, delta, effects};
use crate::journal::pace::micros;
use crate::journal::{AttemptOutcome, AttemptResult, JournalError, State, rows};
use serde::Serialize;
use sqlx::Connection;
use sqlx::sqlite::SqliteConnection;
use std::collections::{HashMap, HashSet};

const CANT_RECORD: &str = "results can't be recorded";

pub(super) async fn record(
    connection: &mut SqliteConnection,
    worker: i64,
    results: &[AttemptResult],
) -> Result<(), JournalError> {
    if results.is_empty() {
        return Ok(());
    }
    let mut transaction = connection
        .begin_with("BEGIN IMMEDIATE")
        .await
        .map_err(of(CANT_RECORD))?;
    let standing = standing(&mut transaction, results).await?;
    let mut effects = effects(results, &standing);
    let new = insert(&mut transaction, worker, &effects)
        .await
        .map_err(of(CANT_RECORD))?;
    effects.retain(|effect| new.contains(&effect.finished.attempt.0));
    apply(&mut transaction, &effects)
        .await
        .map_err(of(CANT_RECORD))?;
    transaction.commit().await.map_err(of(CANT_RECORD))
}

async fn standing(
    connection: &mut SqliteConnection,
    results: &[AttemptResult],
) -> Result<HashMap<u64, Standing>, JournalError> {
    let positions: Vec<u64> = results.iter().map(|result| result.position).collect();
    let found: Vec<(i64, String, Option<i64>)> = sqlx::query_as(
        "SELECT position, state, attempt FROM number \
         WHERE position IN (SELECT value FROM json_each(?))",
    )
    .bind(json(&positions).map_err(of(CANT_RECORD))?)
    .fetch_all(connection)
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
    connection: &mut SqliteConnection,
    worker: i64,
    effects: &[Effect<'_>],
) -> Result<HashSet<i64>, sqlx::Error> {
    let events: Vec<_> = effects
        .iter()
        .map(|effect| {
            let AttemptResult {
                attempt,
                position,
                kind,
                status,
                duration,
                ..
            } = effect.finished;
            (
                (effect.event(), position, attempt.0, effect.outcome()),
                kind,
                status,
                effect.message(),
                effect.request_id(),
                micros(*duration),
            )
        })
        .collect();
    let new: Vec<i64> = sqlx::query_scalar(
        "INSERT INTO event (at_ms, worker, event, position, attempt, outcome, kind, status, message, \
         request_id, duration_us) \
         SELECT ?2, ?3, value ->> '$[0][0]', value ->> '$[0][1]', value ->> '$[0][2]', \
         value ->> '$[0][3]', value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 \
         FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING RETURNING attempt",
    )
    .bind(json(&events)?)
    .bind(now_ms())
    .bind(worker)
    .fetch_all(connection)
    .await?;
    Ok(new.into_iter().collect())
}

async fn apply(
    connection: &mut SqliteConnection,
    effects: &[Effect<'_>],
) -> Result<(), sqlx::Error> {
    let changes: Vec<_> = effects
        .iter()
        .filter_map(|effect| {
            let (_, to) = effect.change?;
            let AttemptResult {
                position,
                outcome,
                kind,
                status,
                ..
            } = effect.finished;
            let not_sent = i64::from(*outcome == AttemptOutcome::NotSent);
            let settled = (to != State::Pending).then(now_ms);
            Some((
                (position, to.as_str(), not_sent, settled),
                kind,
                status,
                effect.message(),
                effect.request_id(),
            ))
        })
        .collect();
    if changes.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "UPDATE number SET state = value ->> '$[0][1]', attempts = attempts - (value ->> '$[0][2]'), \
         started_ms = iif(value ->> '$[0][2]', coalesce(may_have_released_ms, started_ms), started_ms), \
         settled_ms = value ->> '$[0][3]', kind = value ->> 1, status = value ->> 2, \
         message = value ->> 3, request_id = coalesce(value ->> 4, request_id) \
         FROM json_each(?1) AS change WHERE number.position = change.value ->> '$[0][0]'",
    )
    .bind(json(&changes)?)
    .execute(&mut *connection)
    .await?;
    shift(connection, &delta(effects)).await
}

/// Adds to the counts of the plan.
pub(super) async fn shift(
    connection: &mut SqliteConnection,
    delta: &Delta,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE plan SET pending = pending + ?, in_flight = in_flight + ?, released = released + ?, \
         accepted = accepted + ?, absent = absent + ?, failed = failed + ?, unknown = unknown + ?",
    )
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

fn json(value: &impl Serialize) -> Result<String, sqlx::Error> {
    serde_json::to_string(value).map_err(|error| sqlx::Error::Encode(error.into()))
}
