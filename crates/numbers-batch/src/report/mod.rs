//! One HTML page about a run, for the person who approved it.
//!
//! The page needs no network. It has the counts, a timeline, what to do about unknown numbers, and a table that can be
//! filtered and sorted.

mod error;
mod escape;
mod head;
mod history;
mod page;
mod states;
#[cfg(test)]
mod tests;
mod time;
mod timeline;

pub use error::ReportError;

use crate::journal::JournalReader;
use head::Header;
use history::History;
use numbers_core::Endpoint;
use page::Page;
use states::Part;
use std::io::Write;

/// How many numbers are read at once.
const PAGE: usize = 2_000;

/// Writes the page about the plan of a journal. `endpoint` has the vendor's facts, which its crate exports.
///
/// It may be called during a run. The numbers are streamed, so that a million need no memory. `out` is written while
/// the future is polled, so it should be quick, such as a buffered file.
///
/// ```no_run
/// use numbers_batch::journal::{JournalReader, JournalUrl};
/// use numbers_batch::report::write_report;
/// use std::fs::File;
/// use std::io::BufWriter;
///
/// # async fn report(endpoint: &numbers_core::Endpoint) -> Result<(), Box<dyn std::error::Error>> {
/// let url: JournalUrl = "numbers.plan.journal".parse()?;
/// let journal = JournalReader::open(&url, None).await?;
/// let page = BufWriter::new(File::create("report.html")?);
/// write_report(page, &journal, endpoint).await?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// The journal can't be read, or `out` can't be written.
pub async fn write_report(
    out: impl Write,
    journal: &JournalReader,
    endpoint: &Endpoint,
) -> Result<(), ReportError> {
    let history = History::read(journal).await?;
    let header = Header::read(journal, &history, endpoint).await?;
    let mut page = Page::begin(out, &header, &history.timeline())?;
    for part in Part::ALL.into_iter().filter(|part| header.has(*part)) {
        let mut after = None;
        while page.wants(part) {
            let numbers = journal.numbers(after, PAGE).await?;
            let Some(last) = numbers.last() else {
                break;
            };
            after = Some(last.position);
            for number in &numbers {
                page.row(part, number)?;
            }
        }
    }
    page.finish()?;
    Ok(())
}
