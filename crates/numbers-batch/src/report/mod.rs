//! One HTML page about a run, for the person who approved it.
//!
//! The page needs no network, and runs on its own: the counts, a timeline, what to do about unknown numbers, and a
//! table that can be filtered and sorted. It is streamed, so that a million numbers need no memory.

mod escape;
mod head;
mod time;
mod timeline;
mod types;
mod writer;

pub use timeline::Timeline;
pub use types::{Counts, ReportHeader, ReportRow, State};
pub use writer::{Part, ReportWriter};

use std::io::{self, Write};

/// Writes the whole page. `rows` is called once for each [`Part`], and gives the numbers in the order of the plan:
/// those of the part, or simply all.
///
/// # Errors
///
/// Those of the writer, and those of the rows.
///
/// ```
/// use numbers_batch::report::{Counts, ReportHeader, ReportRow, State, Timeline, write_report};
/// use std::time::SystemTime;
///
/// let now = SystemTime::now();
/// let header = ReportHeader {
///     vendor: "2Chat".to_owned(),
///     account: "api.p.2chat.io, credential 5eed1234".to_owned(),
///     host: "api.p.2chat.io".to_owned(),
///     plan: "leave-2chat.plan".to_owned(),
///     created: now,
///     started: Some(now),
///     run_by: vec!["ann@laptop".to_owned()],
///     finished: Some(now),
///     made: now,
///     counts: Counts::from_iter([(State::Released, 1)]),
///     look_up: "Open Numbers in the dashboard.".to_owned(),
///     journal: "leave-2chat.journal".to_owned(),
/// };
/// let mut timeline = Timeline::new(now, now);
/// timeline.add(now, State::Released, 1);
/// let row = ReportRow {
///     position: 1,
///     number: "DID64a54de2-8ebe-4c01-838f-a2235815dab4".to_owned(),
///     state: State::Released,
///     attempts: 1,
///     kind: None,
///     status: Some(200),
///     message: None,
///     request_id: None,
///     started: Some(now),
///     settled: Some(now),
/// };
/// let mut page = Vec::new();
/// write_report(&mut page, &header, &timeline, |_| [std::io::Result::Ok(row.clone())])?;
/// # std::io::Result::Ok(())
/// ```
pub fn write_report<W, I, E>(
    out: W,
    header: &ReportHeader,
    timeline: &Timeline,
    mut rows: impl FnMut(Part) -> I,
) -> Result<(), E>
where
    W: Write,
    I: IntoIterator<Item = Result<ReportRow, E>>,
    E: From<io::Error>,
{
    let mut page = ReportWriter::begin(out, header, timeline)?;
    for part in Part::ALL {
        for row in rows(part) {
            page.row(part, &row?)?;
            if !page.wants(part) {
                break;
            }
        }
    }
    page.finish()?;
    Ok(())
}
