//! Rows that both databases return in the same shape.

use super::reader::{JournalEvent, PlanInfo, WorkerInfo};
use super::{AttemptId, JournalError, JournalErrorKind, NumberEntry, State};
use numbers_core::{Account, ErrorKind, NumberId, UnknownName};
use std::time::{Duration, SystemTime};

/// position, id, state, kind, status, message, request_id, attempts, started, settled.
pub(super) type NumberRow = (
    i64,
    String,
    String,
    Option<String>,
    Option<i64>,
    Option<String>,
    Option<String>,
    i64,
    Option<i64>,
    Option<i64>,
);

impl NumberEntry {
    pub(super) fn from_row(row: NumberRow) -> Result<Self, JournalError> {
        let (position, id, state, kind, status, message, request_id, attempts, started, settled) =
            row;
        Ok(Self {
            position: position.cast_unsigned(),
            number: NumberId::new(id),
            state: parse::<State>(&state)?,
            kind: kind.as_deref().map(parse::<ErrorKind>).transpose()?,
            status: status.and_then(|status| u16::try_from(status).ok()),
            message,
            request_id,
            attempts: u32::try_from(attempts).unwrap_or_default(),
            started: started.map(time),
            settled: settled.map(time),
        })
    }
}

/// Reads a name that a journal stores.
pub(super) fn parse<T: std::str::FromStr<Err = UnknownName>>(
    name: &str,
) -> Result<T, JournalError> {
    name.parse().map_err(|error: UnknownName| {
        JournalError::new(
            JournalErrorKind::Damaged,
            format!("the journal has an {error}"),
        )
    })
}

/// A time in milliseconds since the epoch.
pub(super) fn millis(time: SystemTime) -> i64 {
    time.duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |since| {
            i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
        })
}

/// The time of milliseconds since the epoch.
pub(super) fn time(millis: i64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(millis.try_into().unwrap_or_default())
}

/// The position before a page of numbers, for `position > ?`.
pub(super) fn behind(after: Option<u64>) -> i64 {
    after.map_or(-1, |after| i64::try_from(after).unwrap_or(i64::MAX))
}

/// The size of a page, for `LIMIT ?`.
pub(super) fn limit(max: usize) -> i64 {
    i64::try_from(max).unwrap_or(i64::MAX)
}

/// The message of a number whose worker died before it recorded a result.
pub(super) const ORPHANED: &str = "it was in flight when its worker ended; no result was recorded";

/// hash, vendor, host, account, fingerprint, created, count, complete.
pub(super) type PlanRow = (
    String,
    String,
    String,
    Option<String>,
    Option<i64>,
    i64,
    i64,
    i64,
);

pub(super) fn plan(row: PlanRow) -> Result<PlanInfo, JournalError> {
    let (hash, vendor, host, name, fingerprint, created, count, complete) = row;
    let mut account = Account::new(host);
    if let Some(name) = name {
        account = account.with_name(name);
    }
    if let Some(fingerprint) = fingerprint.and_then(|bits| u32::try_from(bits).ok()) {
        account = account.with_fingerprint(fingerprint);
    }
    Ok(PlanInfo {
        hash: parse(&hash)?,
        vendor: parse(&vendor)?,
        account,
        created: time(created),
        count: count.cast_unsigned(),
        complete: complete != 0,
    })
}

/// id, host, pid, since, gone.
pub(super) type WorkerRow = (i64, String, i64, i64, Option<i64>);

pub(super) fn worker((id, host, pid, since, gone): WorkerRow) -> WorkerInfo {
    WorkerInfo {
        id,
        host,
        pid,
        since: time(since),
        ended: gone.map(time),
    }
}

/// id, at, event, position, attempt, worker, outcome, kind, status, message, request_id, duration.
pub(super) type EventRow = (
    i64,
    i64,
    String,
    i64,
    i64,
    i64,
    Option<String>,
    Option<String>,
    Option<i64>,
    Option<String>,
    Option<String>,
    Option<i64>,
);

pub(super) fn event(row: EventRow) -> Result<JournalEvent, JournalError> {
    let (id, at, event, position, attempt, worker, outcome, kind, status, message, request, took) =
        row;
    Ok(JournalEvent {
        id,
        at: time(at),
        event,
        position: position.cast_unsigned(),
        attempt: AttemptId(attempt),
        worker,
        outcome,
        kind: kind.as_deref().map(parse::<ErrorKind>).transpose()?,
        status: status.and_then(|status| u16::try_from(status).ok()),
        message,
        request_id: request,
        duration: took.map(|took| Duration::from_micros(took.try_into().unwrap_or_default())),
    })
}
