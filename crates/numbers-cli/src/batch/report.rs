//! `numbers report`.

use super::journal::{Reading, read, refused};
use super::queue::PAGE;
use crate::args::{Global, ReportArgs};
use crate::exit::{Exit, Failure};
use crate::output::note;
use numbers::Disposition;
use numbers_batch::journal::{self, JournalError, JournalReader, NumberEntry, State};
use numbers_batch::report::{
    Counts, Part, ReportHeader, ReportRow, ReportWriter, State as Shown, Timeline,
};
use std::collections::BTreeMap;
use std::io::{self, BufWriter};
use std::path::Path;
use std::time::{Duration, SystemTime};
use tempfile::NamedTempFile;

pub(crate) async fn run(args: ReportArgs, global: &Global) -> Result<Exit, Failure> {
    let reading = read(&args.journal).await?;
    let history = History::read(&reading.reader).await.map_err(unreadable)?;
    let header = header(&reading, &history).await.map_err(unreadable)?;
    let file = scratch(&args.out).map_err(|error| unwritable(&args.out, &error))?;
    let page = BufWriter::with_capacity(64 * 1024, file);
    let page = write(page, &reading.reader, &header, &history.timeline())
        .await
        .map_err(|failure| match failure {
            Problem::Journal(error) => unreadable(error),
            Problem::Page(error) => unwritable(&args.out, &error),
        })?;
    page.persist(&args.out)
        .map_err(|error| unwritable(&args.out, &error.error))?;
    if !global.quiet {
        note(&format!("{} is written", args.out.display()));
    }
    Ok(Exit::Done)
}

enum Problem {
    Journal(JournalError),
    Page(io::Error),
}

impl From<JournalError> for Problem {
    fn from(error: JournalError) -> Self {
        Self::Journal(error)
    }
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        Self::Page(error)
    }
}

fn unreadable(error: JournalError) -> Failure {
    refused(error)
}

fn unwritable(out: &Path, error: &io::Error) -> Failure {
    let error = crate::output::plain(error);
    Failure::Unwritable(io::Error::other(format!("{}: {error}", out.display())))
}

/// A file beside the page, so that the page is there whole or not at all.
fn scratch(out: &Path) -> io::Result<NamedTempFile> {
    let folder = match out.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".numbers-report-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: the umask takes away what it should.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Writes the page. The journal is read once for each part that has a number.
async fn write(
    page: BufWriter<NamedTempFile>,
    reader: &JournalReader,
    header: &ReportHeader,
    timeline: &Timeline,
) -> Result<NamedTempFile, Problem> {
    let mut page = page;
    let mut writer = ReportWriter::begin(&mut page, header, timeline)?;
    for part in Part::ALL {
        let mut states = Shown::ALL.into_iter().filter(|it| Part::of(*it) == part);
        if states.all(|state| header.counts.get(state) == 0) {
            continue;
        }
        let mut after = None;
        while writer.wants(part) {
            let records = reader.numbers(after, PAGE).await?;
            let Some(last) = records.last() else {
                break;
            };
            after = Some(last.position);
            for record in &records {
                if Part::of(shown(record.state)) == part {
                    writer.row(part, &row(record))?;
                }
            }
        }
    }
    writer.finish()?;
    page.into_inner()
        .map_err(|error| Problem::Page(error.into_error()))
}

async fn header(reading: &Reading, history: &History) -> Result<ReportHeader, JournalError> {
    let Reading {
        reader,
        url,
        vendor,
    } = reading;
    let plan = reader.plan();
    let mut run_by: Vec<_> = reader
        .workers()
        .await?
        .into_iter()
        .map(|worker| worker.host)
        .collect();
    run_by.sort();
    run_by.dedup();
    let counts = history.counts;
    let unsettled = counts.get(Shown::Pending) + counts.get(Shown::InFlight);
    Ok(ReportHeader {
        vendor: plan.vendor.to_string(),
        account: plan.account.to_string(),
        host: plan.account.host().to_owned(),
        plan: plan.hash.to_string(),
        created: plan.created,
        started: history.started,
        run_by,
        finished: history.last.filter(|_| unsettled == 0),
        made: SystemTime::now(),
        counts,
        look_up: vendor.endpoint().lookup().to_owned(),
        journal: url.to_string(),
    })
}

/// When numbers were settled, by the second.
struct History {
    started: Option<SystemTime>,
    last: Option<SystemTime>,
    settled: BTreeMap<(u64, Shown), u64>,
    counts: Counts,
}

impl History {
    async fn read(reader: &JournalReader) -> Result<Self, JournalError> {
        let first: Option<journal::JournalEvent> = reader.events(None, 1).await?.pop();
        let mut history = Self {
            started: first.map(|event| event.at),
            last: None,
            settled: BTreeMap::new(),
            counts: Counts::default(),
        };
        let mut after = None;
        loop {
            let records = reader.numbers(after, PAGE).await?;
            let Some(last) = records.last() else {
                return Ok(history);
            };
            after = Some(last.position);
            records.iter().for_each(|record| history.add(record));
        }
    }

    fn add(&mut self, record: &NumberEntry) {
        let state = shown(record.state);
        self.counts.add(state, 1);
        if let Some(settled) = record.settled {
            self.last = self.last.max(Some(settled));
            let since = settled.duration_since(SystemTime::UNIX_EPOCH);
            let second = since.unwrap_or_default().as_secs();
            *self.settled.entry((second, state)).or_default() += 1;
        }
    }

    fn timeline(&self) -> Timeline {
        let start = self.started.unwrap_or(SystemTime::UNIX_EPOCH);
        let mut timeline = Timeline::new(start, self.last.unwrap_or(start));
        for ((second, state), count) in &self.settled {
            let at = SystemTime::UNIX_EPOCH + Duration::from_secs(*second);
            timeline.add(at, *state, *count);
        }
        timeline
    }
}

const fn shown(state: State) -> Shown {
    match state {
        State::Pending => Shown::Pending,
        State::InFlight => Shown::InFlight,
        State::Settled(Disposition::Released) => Shown::Released,
        State::Settled(Disposition::Accepted) => Shown::Accepted,
        State::Settled(Disposition::Absent) => Shown::Absent,
        State::Settled(Disposition::Failed) => Shown::Failed,
        State::Settled(Disposition::Unknown) => Shown::Unknown,
    }
}

fn row(record: &NumberEntry) -> ReportRow {
    ReportRow {
        position: record.position + 1,
        number: record.number.as_str().to_owned(),
        state: shown(record.state),
        attempts: record.attempts,
        kind: record.kind.map(|kind| kind.to_string()),
        status: record.status,
        message: record.message.clone(),
        request_id: record.request_id.clone(),
        started: record.started,
        settled: record.settled,
    }
}
