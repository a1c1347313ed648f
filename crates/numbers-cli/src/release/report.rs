//! What became of each number: a line on stdout, and what a person should know on stderr.

use super::line::{Line, Planned, Verdict};
use crate::args::Format;
use crate::exit::{Exit, Failure};
use numbers::{Endpoint, Error, NumberId, Preview, Release};
use serde::Serialize;
use std::io::{self, Write};

/// Writes the results as they come, and counts them.
pub(crate) struct Report {
    endpoint: &'static Endpoint,
    format: Format,
    counts: [usize; Verdict::ALL.len()],
}

impl Report {
    pub(crate) const fn new(endpoint: &'static Endpoint, format: Format) -> Self {
        Self {
            endpoint,
            format,
            counts: [0; Verdict::ALL.len()],
        }
    }

    /// Writes what a call came to. `left` numbers come after this one.
    pub(crate) fn result(
        &mut self,
        number: &NumberId,
        result: &Result<Release, Error>,
        left: usize,
    ) -> Result<(), Failure> {
        self.write(&Line::of(self.endpoint.vendor(), number, result), left)
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
        for (count, verdict) in self.counts.iter_mut().zip(Verdict::ALL) {
            *count += usize::from(verdict == line.outcome);
        }
        let written = print(self.format, line);
        if written.is_err() {
            note(&format!("{line}"));
            if left > 0 {
                note(&format!("the {} after it: not sent", numbers(left)));
            }
        }
        if line.outcome == Verdict::Unknown {
            note(&format!(
                "{}: nobody here knows whether it is gone; see {}",
                line.number,
                self.endpoint.lookup()
            ));
        }
        Ok(written?)
    }

    /// Sums up on stderr, and says how the command ends.
    pub(crate) fn finish(&self) -> Exit {
        let parts: Vec<_> = self
            .counts
            .iter()
            .zip(Verdict::ALL)
            .filter(|(count, _)| **count > 0)
            .map(|(count, verdict)| format!("{count} {}", verdict.meaning()))
            .collect();
        note(&format!(
            "{}: {}",
            numbers(self.counts.iter().sum()),
            parts.join(", ")
        ));
        let any = |wanted| {
            let mut pairs = self.counts.iter().zip(Verdict::ALL);
            pairs.any(|(count, verdict)| *count > 0 && verdict == wanted)
        };
        if any(Verdict::Unknown) {
            Exit::Unknown
        } else if any(Verdict::Failed) {
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

/// Tells a person something. Where stderr can't be written there is nobody to tell.
pub(crate) fn note(text: &str) {
    let _ = writeln!(io::stderr(), "numbers: {text}");
}

/// `1 number`, `2 numbers`.
pub(crate) fn numbers(count: usize) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} number{plural}")
}
