//! Reports results on stdout, and hints and a summary on stderr.

use super::advice::{self, Causes};
use super::line::{Line, Planned};
use super::progress::Progress;
use super::summary::summary;
use crate::args::Format;
use crate::exit::{Exit, Failure};
use crate::interrupt::Interrupt;
use crate::output::{Color, lines, note};
use numbers::{Disposition, Endpoint, Error, NumberId, Preview, Release};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Writes and counts results.
pub(crate) struct Report<'a> {
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) format: Format,
    pub(crate) quiet: bool,
    pub(crate) interrupt: &'a Interrupt,
    pub(crate) progress: &'a Progress,
    pub(crate) color: Color,
    pub(crate) counts: BTreeMap<Disposition, usize>,
    pub(crate) causes: Causes,
}

impl Report<'_> {
    /// Writes the result of a call. `left` numbers come after this one.
    pub(crate) fn result(
        &mut self,
        number: &NumberId,
        result: &Result<Release, Error>,
        left: usize,
    ) -> Result<(), Failure> {
        self.write(
            &Line::from_result(self.endpoint.vendor(), number, result),
            left,
        )
    }

    /// Writes that a signal interrupted the last attempt for a number.
    pub(crate) fn in_flight(
        &mut self,
        number: &NumberId,
        attempts: usize,
        left: usize,
    ) -> Result<(), Failure> {
        let line = Line::in_flight(self.endpoint.vendor(), number, attempts);
        self.write(&line, left)
    }

    /// Writes that nothing was sent for a number, and why.
    pub(crate) fn not_sent(
        &mut self,
        number: &NumberId,
        why: &str,
        left: usize,
    ) -> Result<(), Failure> {
        self.write(&Line::not_sent(self.endpoint.vendor(), number, why), left)
    }

    /// Writes a line. If stdout fails, the result goes to stderr, because the call was made.
    fn write(&mut self, line: &Line<'_>, left: usize) -> Result<(), Failure> {
        *self.counts.entry(line.outcome).or_default() += 1;
        self.causes.add(line);
        let print = || print(self.format, self.color.stdout, line);
        let lost = self.lost(line, left);
        let printed = self
            .progress
            .above(|| self.interrupt.while_printing(&lost, print));
        if let Err(error) = printed {
            self.progress.end();
            note(&lost);
            return Err(error.into());
        }
        self.progress.count(&self.counts);
        Ok(())
    }

    /// What stderr shows if the line can't be written.
    fn lost(&self, line: &Line<'_>, left: usize) -> String {
        let rest = (left > 0).then(|| not_sent(left));
        let lookup =
            (line.outcome == Disposition::Unknown).then(|| advice::lookup(1, self.endpoint));
        let lost = [Some(line.to_string()), rest, lookup];
        lost.into_iter().flatten().collect::<Vec<_>>().join("\n")
    }

    /// Writes what to do next and the summary, and returns the exit code.
    pub(crate) fn finish(&self) -> Exit {
        self.progress.end();
        if let Some(unknown) = self.causes.unknown(self.endpoint) {
            note(&unknown);
        }
        if !self.quiet {
            for advice in self.causes.failed(self.endpoint) {
                note(&advice);
            }
            lines(&summary(&self.counts, self.color.stderr));
        }
        if self.counts.contains_key(&Disposition::Unknown) {
            Exit::Unknown
        } else if self.counts.contains_key(&Disposition::Failed) {
            Exit::Failed
        } else {
            Exit::Done
        }
    }
}

pub(crate) fn print(format: Format, color: bool, line: &Line<'_>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match format {
        Format::Text => writeln!(out, "{}", line.colored(color))?,
        Format::Json => json(&mut out, line)?,
    }
    out.flush()
}

/// Prints a request of a dry run.
pub(crate) fn preview(format: Format, preview: &Preview) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match format {
        Format::Text => writeln!(out, "{preview}\n")?,
        Format::Json => json(&mut out, &Planned::from(preview))?,
    }
    out.flush()
}

pub(crate) fn json(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

fn not_sent(left: usize) -> String {
    let verb = if left == 1 { "was" } else { "were" };
    format!("the {} after it {verb} not sent", numbers(left))
}

/// `1 number`, `2 numbers`.
pub(crate) fn numbers(count: usize) -> String {
    self::count(u64::try_from(count).unwrap_or(u64::MAX))
}

/// As [`numbers`].
pub(crate) fn count(count: u64) -> String {
    counted(count, "number")
}

/// A count and its noun, in the plural where it must be.
pub(crate) fn counted(count: u64, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::not_sent;

    #[test]
    fn the_rest_is_counted_in_a_sentence() {
        assert_eq!(not_sent(1), "the 1 number after it was not sent");
        assert_eq!(not_sent(2), "the 2 numbers after it were not sent");
    }
}
