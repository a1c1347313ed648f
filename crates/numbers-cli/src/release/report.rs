//! Reports results on stdout, and hints and a summary on stderr.

use super::line::{Line, Planned, meaning};
use crate::args::Format;
use crate::exit::{Exit, Failure};
use crate::interrupt::Interrupt;
use crate::output::note;
use numbers::{Disposition, Endpoint, Error, NumberId, Preview, Release};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Writes and counts results.
pub(crate) struct Report<'a> {
    endpoint: &'static Endpoint,
    format: Format,
    interrupt: &'a Interrupt,
    counts: BTreeMap<Disposition, usize>,
}

impl<'a> Report<'a> {
    pub(crate) fn new(
        endpoint: &'static Endpoint,
        format: Format,
        interrupt: &'a Interrupt,
    ) -> Self {
        Self {
            endpoint,
            format,
            interrupt,
            counts: BTreeMap::new(),
        }
    }

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

    /// Writes that a signal came before the call for a number.
    pub(crate) fn not_sent(&mut self, number: &NumberId, left: usize) -> Result<(), Failure> {
        self.write(&Line::not_sent(self.endpoint.vendor(), number), left)
    }

    /// Writes a line. If stdout fails, the result goes to stderr, because the call was made.
    fn write(&mut self, line: &Line<'_>, left: usize) -> Result<(), Failure> {
        *self.counts.entry(line.outcome).or_default() += 1;
        let lookup = (line.outcome == Disposition::Unknown).then(|| {
            format!(
                "{}: unknown: the vendor may have released it. Check before you try again: {}",
                line.number,
                self.endpoint.lookup()
            )
        });
        let rest = (left > 0).then(|| not_sent(left));
        let lost = [Some(line.to_string()), rest, lookup.clone()];
        let lost = lost.into_iter().flatten().collect::<Vec<_>>().join("\n");
        let print = || print(self.format, line);
        if let Err(error) = self.interrupt.while_printing(&lost, print) {
            note(&lost);
            return Err(error.into());
        }
        if let Some(lookup) = lookup {
            note(&lookup);
        }
        Ok(())
    }

    /// Writes the summary, and returns the exit code.
    pub(crate) fn finish(&self) -> Exit {
        note(&summary(&self.counts));
        if self.counts.contains_key(&Disposition::Unknown) {
            Exit::Unknown
        } else if self.counts.contains_key(&Disposition::Failed) {
            Exit::Failed
        } else {
            Exit::Done
        }
    }
}

fn print(format: Format, line: &Line<'_>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match format {
        Format::Text => writeln!(out, "{line}")?,
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

fn json(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

/// `1 of 3 numbers released, 2 failed (not released by this call)`.
fn summary(counts: &BTreeMap<Disposition, usize>) -> String {
    let mut total = format!(" of {}", numbers(counts.values().sum()));
    let parts = counts.iter().map(|(disposition, count)| {
        let total = std::mem::take(&mut total);
        format!("{count}{total} {}", meaning(*disposition))
    });
    parts.collect::<Vec<_>>().join(", ")
}

fn not_sent(left: usize) -> String {
    let verb = if left == 1 { "was" } else { "were" };
    format!("the {} after it {verb} not sent", numbers(left))
}

/// `1 number`, `2 numbers`.
pub(crate) fn numbers(count: usize) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} number{plural}")
}

#[cfg(test)]
mod tests {
    use super::{not_sent, summary};
    use numbers::Disposition;

    #[test]
    fn summaries_are_sentences_for_one_and_for_many() {
        let one = [(Disposition::Released, 1)].into();
        assert_eq!(summary(&one), "1 of 1 number released");
        let many = [(Disposition::Released, 2), (Disposition::Accepted, 1)].into();
        let expected = "2 of 3 numbers released, 1 accepted (not released yet)";
        assert_eq!(summary(&many), expected);
        assert_eq!(not_sent(1), "the 1 number after it was not sent");
        assert_eq!(not_sent(2), "the 2 numbers after it were not sent");
    }
}
