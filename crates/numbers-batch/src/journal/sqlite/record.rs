use super::error::of;
use super::{from_json, json, now_ms};
use crate::journal::delta::Delta;
use crate::journal::effect::{Effect, Standing, delta, effects};
use crate::journal::pace::micros;
use crate::journal::{AttemptOutcome, AttemptResult, JournalError, State, rows};
use serde::Serialize;
use sqlx::sqlite::SqliteConnection;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

const CANT_RECORD: &str = "results can't be recorded";

/// A number and its state, its last attempt, and the attempt that was asked for where that has a result.
type KnownRow<'a> = (u64, &'a str, Option<i64>, Option<i64>);

/// What the journal has of the numbers and attempts of some results.
struct Known {
    standing: HashMap<u64, Standing>,
    /// The attempts that have a result.
    recorded: HashSet<i64>,
}

pub(super) async fn record(
    connection: &mut SqliteConnection,
    worker: i64,
    results: &[AttemptResult],
) -> Result<(), JournalError> {
    if results.is_empty() {
        return Ok(());
    }
    let known = begin(connection, results).await?;
    let mut effects = effects(results, &known.standing);
    effects.retain(|effect| !known.recorded.contains(&effect.result.attempt.0));
    commit(connection, worker, &effects)
        .await
        .map_err(of(CANT_RECORD))
}

/// Begins a transaction, and reads what is known.
async fn begin(
    connection: &mut SqliteConnection,
    results: &[AttemptResult],
) -> Result<Known, JournalError> {
    let asked: Vec<_> = results
        .iter()
        .map(|result| (result.position, result.attempt.0))
        .collect();
    let found: String = sqlx::query_scalar(
        "BEGIN IMMEDIATE; \
         SELECT json_group_array(json_array(number.position, state, number.attempt, event.attempt)) \
         FROM json_each(?1) JOIN number ON number.position = value ->> 0 \
         LEFT JOIN event ON event.attempt = value ->> 1 AND event IN ('result', 'late_result')",
    )
    .bind(json(&asked).map_err(of(CANT_RECORD))?)
    .fetch_one(connection)
    .await
    .map_err(of(CANT_RECORD))?;
    let found: Vec<KnownRow<'_>> = from_json(&found).map_err(of(CANT_RECORD))?;
    let mut known = Known {
        standing: HashMap::new(),
        recorded: HashSet::new(),
    };
    for (position, state, attempt, recorded) in found {
        let state: State = rows::parse(state)?;
        known.standing.insert(position, Standing { state, attempt });
        known.recorded.extend(recorded);
    }
    Ok(known)
}

/// A result as the statements read it.
#[derive(Serialize)]
struct ResultRow<'a> {
    event: &'a str,
    position: u64,
    attempt: i64,
    outcome: &'a str,
    kind: Option<&'a str>,
    status: Option<u16>,
    message: Option<Cow<'a, str>>,
    request_id: Option<Cow<'a, str>>,
    duration_us: i64,
    /// The number's new state, if it changes.
    state: Option<&'a str>,
    not_sent: bool,
    settled_ms: Option<i64>,
}

impl<'a> ResultRow<'a> {
    fn new(effect: &'a Effect<'_>, now: i64) -> Self {
        let to = effect.change.map(|(_, to)| to);
        let result = effect.result;
        Self {
            event: effect.event(),
            position: result.position,
            attempt: result.attempt.0,
            outcome: effect.outcome(),
            kind: result.kind.as_ref().map(|kind| kind.as_str()),
            status: result.status,
            message: effect.message(),
            request_id: effect.request_id(),
            duration_us: micros(result.duration),
            state: to.map(|to| to.as_str()),
            not_sent: result.outcome == AttemptOutcome::NotSent,
            settled_ms: to.filter(|to| *to != State::Pending).map(|_| now),
        }
    }
}

/// Adds the events, changes the numbers and the counts, and commits.
async fn commit(
    connection: &mut SqliteConnection,
    worker: i64,
    effects: &[Effect<'_>],
) -> Result<(), sqlx::Error> {
    let now = now_ms();
    let rows: Vec<_> = effects.iter().map(|it| ResultRow::new(it, now)).collect();
    let delta = delta(effects);
    sqlx::query(
        "WITH result AS MATERIALIZED (SELECT jsonb(value) AS r FROM json_each(?1)) \
         INSERT INTO event (at_ms, worker, event, position, attempt, outcome, kind, status, message, \
         request_id, duration_us) \
         SELECT ?2, ?3, r ->> 'event', r ->> 'position', r ->> 'attempt', r ->> 'outcome', r ->> 'kind', \
         r ->> 'status', r ->> 'message', r ->> 'request_id', r ->> 'duration_us' FROM result \
         WHERE true ON CONFLICT DO NOTHING; \
         WITH result AS MATERIALIZED (SELECT jsonb(value) AS r FROM json_each(?1)) \
         UPDATE number SET state = r ->> 'state', attempts = attempts - (r ->> 'not_sent'), \
         started_ms = iif(r ->> 'not_sent', coalesce(may_have_released_ms, started_ms), started_ms), \
         settled_ms = r ->> 'settled_ms', kind = r ->> 'kind', status = r ->> 'status', \
         message = r ->> 'message', request_id = coalesce(r ->> 'request_id', request_id) \
         FROM result WHERE number.position = r ->> 'position' AND r ->> 'state' IS NOT NULL; \
         UPDATE plan SET pending = pending + ?4, in_flight = in_flight + ?5, released = released + ?6, \
         accepted = accepted + ?7, absent = absent + ?8, failed = failed + ?9, unknown = unknown + ?10; \
         COMMIT",
    )
    .bind(json(&rows)?)
    .bind(now)
    .bind(worker)
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
