//! The page: what it says, and how it behaves in a browser.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod browser;
mod page;

use super::head::Header;
use super::page::Page;
use super::states::Part;
use super::timeline::Timeline;
use crate::journal::{Counts, NumberEntry, State};
use numbers_core::{Disposition, ErrorKind, NumberId};
use std::io::Write;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// 2026-11-26 12:00:00.
pub(super) fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_795_694_400 + seconds)
}

pub(super) fn header(counts: Counts) -> Header {
    Header {
        vendor: "2Chat".to_owned(),
        account: "api.p.2chat.io, credential 5eed1234".to_owned(),
        host: "api.p.2chat.io".to_owned(),
        plan: "leave-2chat.plan".to_owned(),
        created: at(0),
        started: Some(at(60)),
        run_by: vec!["ann@laptop".to_owned()],
        finished: Some(at(3_660)),
        made: at(7_200),
        counts,
        where_to_check: "Open Numbers in 2Chat's dashboard.".to_owned(),
        journal: "leave-2chat.journal".to_owned(),
    }
}

pub(super) const UNKNOWN: State = State::Settled(Disposition::Unknown);
pub(super) const FAILED: State = State::Settled(Disposition::Failed);
pub(super) const RELEASED: State = State::Settled(Disposition::Released);

/// The counts of these states.
pub(super) fn counts(states: impl IntoIterator<Item = State>) -> Counts {
    let mut counts = Counts::default();
    states
        .into_iter()
        .for_each(|state| *counts.get_mut(state) += 1);
    counts
}

/// The number in this row of the table, from 1.
pub(super) fn row(row: u64, number: &str, state: State) -> NumberEntry {
    let is_error = matches!(state, UNKNOWN | FAILED);
    NumberEntry {
        position: row - 1,
        number: NumberId::new(number),
        state,
        attempts: 1,
        kind: is_error.then_some(ErrorKind::ConnectionLost),
        status: (!is_error).then_some(200),
        message: is_error.then(|| "the connection was lost".to_owned()),
        request_id: Some(format!("req-{row}")),
        started: Some(at(row)),
        settled: Some(at(row + 1)),
    }
}

/// Writes the page of these numbers.
pub(super) fn write<I: IntoIterator<Item = NumberEntry>>(
    out: impl Write,
    header: &Header,
    timeline: &Timeline,
    rows: impl Fn() -> I,
) {
    let mut page = Page::begin(out, header, timeline).unwrap();
    for part in Part::ALL {
        rows()
            .into_iter()
            .for_each(|row| page.row(part, &row).unwrap());
    }
    page.finish().unwrap();
}

/// The page of these numbers.
pub(super) fn page(rows: &[NumberEntry]) -> String {
    let mut timeline = Timeline::new(at(0), at(3_600));
    for row in rows {
        timeline.add(row.settled.unwrap_or(at(0)), row.state, 1);
    }
    let mut out = Vec::new();
    let header = header(counts(rows.iter().map(|row| row.state)));
    write(&mut out, &header, &timeline, || rows.iter().cloned());
    String::from_utf8(out).unwrap()
}
