//! What became of each number: a line on stdout, and what a person should know on stderr.

use super::line::{Line, Planned, meaning};
use crate::args::Format;
use crate::exit::{Exit, Failure};
use crate::interrupt::Interrupt;
use crate::output::note;
use numbers::{Disposition, Endpoint, Error, NumberId, Preview, Release};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Writes the results as they come, and counts them.
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

    /// Writes what a call came to. `left` numbers come after this one.
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

    /// Writes of a number that a signal cut the last of so many attempts short.
    pub(crate) fn in_flight(
        &mut self,
        number: &NumberId,
        attempts: usize,
        left: usize,
    ) -> Result<(), Failure> {
        let line = Line::in_flight(self.endpoint.vendor(), number, attempts);
        self.write(&line, left)
    }

    /// Writes of a number that a signal came before its call.
    pub(crate) fn not_sent(&mut self, number: &NumberId, left: usize) -> Result<(), Failure> {
        self.write(&Line::not_sent(self.endpoint.vendor(), number), left)
    }

    /// What stdout would not take is said on stderr, for the call was made all the same.
    fn write(&mut self, line: &Line<'_>, left: usize) -> Result<(), Failure> {
        *self.counts.entry(line.outcome).or_default() += 1;
        let lookup = (line.outcome == Disposition::Unknown).then(|| {
            format!(
                "{}: unknown: the vendor may have released it. Check before you try again: {}",
                line.number,
                self.endpoint.lookup()
            )
        });
        let rest = (left > 0).then(|| format!("the {} after it: not sent", numbers(left)));
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

    /// Sums up on stderr, and says how the command ends.
    pub(crate) fn finish(&self) -> Exit {
        let parts: Vec<_> = self
            .counts
            .iter()
            .map(|(disposition, count)| format!("{count} {}", meaning(*disposition)))
            .collect();
        note(&format!(
            "{}: {}",
            numbers(self.counts.values().sum()),
            parts.join(", ")
        ));
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

/// Prints what would be sent.
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

/// `1 number`, `2 numbers`.
pub(crate) fn numbers(count: usize) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} number{plural}")
}
