//! The report page: what it says, and how it behaves in a browser.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod browser;
mod page;

use numbers_batch::report::{Counts, ReportHeader, ReportRow, State, Timeline, write_report};
use std::io;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// 2026-11-26 12:00:00.
pub(crate) fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_795_694_400 + seconds)
}

pub(crate) fn header(counts: Counts) -> ReportHeader {
    ReportHeader {
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
        look_up: "Open Numbers in 2Chat's dashboard.".to_owned(),
        journal: "leave-2chat.journal".to_owned(),
    }
}

pub(crate) fn row(position: u64, number: &str, state: State) -> ReportRow {
    let is_error = matches!(state, State::Unknown | State::Failed);
    ReportRow {
        position,
        number: number.to_owned(),
        state,
        attempts: 1,
        kind: is_error.then(|| "connection_lost".to_owned()),
        status: (!is_error).then_some(200),
        message: is_error.then(|| "the connection was lost".to_owned()),
        request_id: Some(format!("req-{position}")),
        started: Some(at(position)),
        settled: Some(at(position + 1)),
    }
}

/// The page of these rows.
pub(crate) fn page(rows: &[ReportRow]) -> String {
    let counts = rows.iter().map(|row| (row.state, 1)).collect();
    let mut timeline = Timeline::new(at(0), at(3_600));
    for row in rows {
        timeline.add(row.settled.unwrap_or(at(0)), row.state, 1);
    }
    let mut out = Vec::new();
    write_report(&mut out, &header(counts), &timeline, |_| {
        rows.iter().cloned().map(io::Result::Ok)
    })
    .unwrap();
    String::from_utf8(out).unwrap()
}
