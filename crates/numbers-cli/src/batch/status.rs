//! `numbers status`.

use super::journal::{OpenedJournal, read, refused};
use super::outcome::summary;
use super::queue::PAGE;
use super::row::{Row, utc};
use crate::args::{Global, StatusArgs, StatusFormat};
use crate::exit::{Exit, Failure};
use crate::output::{Color, lines};
use crate::release::report::{count, json};
use numbers_batch::journal::{JournalError, JournalReader};
use std::io::{self, BufWriter, Write};
use std::time::{Duration, SystemTime};

/// The text lists no more numbers than a person would look through.
const LISTED: u64 = 10_000;

/// From how many of the last events the speed is measured.
const RECENT: i64 = 2_000;

/// And from how much time.
const MINUTE: Duration = Duration::from_secs(60);

pub(crate) async fn run(args: StatusArgs, global: &Global) -> Result<Exit, Failure> {
    let reading = read(&args.journal).await?;
    let color = Color::detect();
    let mut out = Output::new(args.format, color.stdout);
    let too_many = args.format == StatusFormat::Text && reading.reader.plan().count > LISTED;
    if !args.summary && !too_many {
        out.begin()?;
        let vendor = reading.reader.plan().vendor.clone();
        let mut after = None;
        loop {
            let records = reading.reader.numbers(after, PAGE).await.map_err(failed)?;
            let Some(last) = records.last() else {
                break;
            };
            after = Some(last.position);
            for record in &records {
                out.row(&Row::new(&vendor, record))?;
            }
        }
    }
    match args.format {
        StatusFormat::Text => {
            let text = facts(&reading, color.stdout).await.map_err(failed)?;
            out.text(&text)?;
            if too_many && !args.summary {
                out.text("--format json and --format csv list each number\n")?;
            }
        }
        StatusFormat::Json | StatusFormat::Csv if !global.quiet => {
            let text = facts(&reading, color.stderr).await.map_err(failed)?;
            for line in text.lines() {
                lines(&format!("numbers: {line}\n"));
            }
        }
        StatusFormat::Json | StatusFormat::Csv => {}
    }
    out.finish()?;
    Ok(Exit::Done)
}

fn failed(error: JournalError) -> Failure {
    refused(error)
}

/// Writes rows in one of the formats.
struct Output {
    out: csv::Writer<BufWriter<io::Stdout>>,
    format: StatusFormat,
    color: bool,
    plain: BufWriter<io::Stdout>,
}

impl Output {
    fn new(format: StatusFormat, color: bool) -> Self {
        let buffered = || BufWriter::with_capacity(64 * 1024, io::stdout());
        Self {
            out: csv::WriterBuilder::new()
                .has_headers(false)
                .from_writer(buffered()),
            format,
            color,
            plain: buffered(),
        }
    }

    fn begin(&mut self) -> io::Result<()> {
        match self.format {
            StatusFormat::Csv => self.out.write_record(Row::FIELDS).map_err(from_csv_error),
            StatusFormat::Text | StatusFormat::Json => Ok(()),
        }
    }

    fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        match self.format {
            StatusFormat::Text => writeln!(self.plain, "{}", row.colored(self.color)),
            StatusFormat::Json => json(&mut self.plain, row),
            StatusFormat::Csv => row.write_csv(&mut self.out).map_err(from_csv_error),
        }
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        self.plain.write_all(text.as_bytes())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()?;
        self.plain.flush()
    }
}

/// The I/O error in a CSV error, so that a closed pipe is recognized.
fn from_csv_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// What holds for the run as a whole. Each line ends with a line break.
async fn facts(reading: &OpenedJournal, color: bool) -> Result<String, JournalError> {
    let reader = &reading.reader;
    let (plan, counts) = (reader.plan(), reader.counts().await?);
    let mut text = format!(
        "plan: {} at {}, {}, made {}\n",
        count(plan.count),
        plan.vendor,
        plan.account,
        utc(plan.created)
    );
    let at_work: Vec<_> = reader
        .workers()
        .await?
        .into_iter()
        .filter(|worker| worker.ended.is_none())
        .map(|worker| {
            let since = utc(worker.since);
            format!("process {} on {} since {since}", worker.pid, worker.host)
        })
        .collect();
    text.push_str(&match at_work.as_slice() {
        [] => "workers: none\n".to_owned(),
        _ => format!("workers, unless they were killed: {}\n", at_work.join("; ")),
    });
    let to_send = reader.to_send().await?;
    if to_send > 0 && !at_work.is_empty() {
        text.push_str(&speed(reader, to_send).await?);
    }
    text.push_str(&summary(&counts, color));
    Ok(text)
}

/// The rate, and how long the rest takes.
async fn speed(reader: &JournalReader, to_send: u64) -> Result<String, JournalError> {
    let pace = reader.pace().await?;
    let pause = match pace.wait {
        wait if wait > pace.interval.max(MINUTE / 60) => {
            let wait = Duration::from_secs(wait.as_secs());
            format!("waiting {}\n", humantime::format_duration(wait))
        }
        _ => String::new(),
    };
    let last = reader.last_event().await?.unwrap_or_default();
    let events = reader
        .events(Some(last.saturating_sub(RECENT)), usize::MAX)
        .await?;
    let since = SystemTime::now() - MINUTE;
    let results = events
        .iter()
        .filter(|event| event.event == "result" && event.at > since);
    let times: Vec<_> = results.map(|event| event.at).collect();
    let Some((rate, left)) = estimate(&times, pace.interval, to_send) else {
        return Ok(format!("rate: too few results in the last minute\n{pause}"));
    };
    let left = humantime::format_duration(left);
    Ok(format!(
        "rate: {rate:.0} a minute, about {left} left if a worker is alive\n{pause}"
    ))
}

/// How many results a minute, and how long the rest takes: as measured, and no faster than the pace. `None` if there is
/// nothing to measure and no pace.
fn estimate(times: &[SystemTime], interval: Duration, to_send: u64) -> Option<(f64, Duration)> {
    let measured = match times {
        [first, .., last] => {
            let gaps = u32::try_from(times.len() - 1).unwrap_or(u32::MAX);
            last.duration_since(*first).unwrap_or_default() / gaps
        }
        _ => Duration::ZERO,
    };
    let each = measured.max(interval);
    if each.is_zero() {
        return None;
    }
    let to_send = f64::from(u32::try_from(to_send).unwrap_or(u32::MAX));
    let left = (each.as_secs_f64() * to_send).ceil();
    let left = Duration::try_from_secs_f64(left).unwrap_or(Duration::MAX);
    Some((MINUTE.as_secs_f64() / each.as_secs_f64(), left))
}

#[cfg(test)]
mod tests {
    use super::estimate;
    use std::time::{Duration, SystemTime};

    #[test]
    fn the_rate_is_measured_and_no_faster_than_the_pace() {
        let second = Duration::from_secs(1);
        let at = |seconds: u64| SystemTime::UNIX_EPOCH + second * u32::try_from(seconds).unwrap();
        let times = [at(0), at(1), at(2), at(8)];
        for (times, interval, expected) in [
            (&times[..], Duration::ZERO, Some((22.5, 267))),
            (&times[..3], Duration::ZERO, Some((60.0, 100))),
            (&times[..3], second * 2, Some((30.0, 200))),
            (&times[..1], second * 2, Some((30.0, 200))),
            (&times[..1], Duration::ZERO, None),
            (&[], Duration::ZERO, None),
        ] {
            let expected = expected.map(|(rate, left)| (rate, Duration::from_secs(left)));
            let found = estimate(times, interval, 100);
            let rounded = found.map(|(rate, left)| ((rate * 10.0).round() / 10.0, left));
            assert_eq!(rounded, expected, "{times:?} {interval:?}");
        }
    }
}
