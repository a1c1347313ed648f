//! The messages after a run, and its exit code.

use super::apply::flag;
use super::outcome::{exit, summary};
use crate::exit::Exit;
use crate::output::{Color, lines, note, words};
use crate::release::advice::{self, Causes};
use crate::release::line::Line;
use crate::release::report::{count, counted, json};
use numbers::{Disposition, Endpoint};
use numbers_batch::journal::{AttemptOutcome, JournalUrl};
use numbers_batch::run::{End, NumberResult, Summary};

/// A run that has ended.
pub(crate) struct Ended<'a> {
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) causes: &'a Causes,
    /// The command that resumes the run.
    pub(crate) again: String,
    pub(crate) quiet: bool,
    pub(crate) summary: &'a Summary,
    pub(crate) journal: &'a JournalUrl,
}

impl Ended<'_> {
    /// Writes what to do next and the summary, and returns the exit code.
    pub(crate) fn report(&self) -> Exit {
        for result in &self.summary.unrecorded {
            self.unrecorded(result);
        }
        self.reasons();
        let Some(counts) = self.summary.counts else {
            note(&format!(
                "the state of each number: `numbers status {}`",
                flag(self.journal)
            ));
            return self.exit_without_counts();
        };
        if counts.unknown > 0 {
            let lookup = advice::lookup(counts.unknown, self.endpoint);
            note(&format!(
                "{lookup}\nthen `{} --resend-unknown` sends them again",
                self.again
            ));
        }
        if !self.quiet {
            for advice in self.causes.failed(self.endpoint) {
                note(&advice);
            }
            if counts.pending > 0 {
                let pending = count(counts.pending);
                note(&format!("{pending} pending: `{}` continues", self.again));
            }
            let color = Color::detect().stderr;
            lines(&format!("numbers: {}", summary(&counts, color)));
        }
        match self.summary.end {
            End::Stopped => Exit::Interrupted,
            _ => exit(&counts),
        }
    }

    /// Why it ended before all was done.
    fn reasons(&self) {
        let next = match self.summary.end {
            End::Fatal(kind) => advice::next(kind.as_str(), self.endpoint),
            _ => None,
        };
        if let Some(next) = next {
            note(&format!("stopped: {}: {next}", why(self.summary.end)));
        }
        if let Some(error) = &self.summary.journal_error {
            note(&words(&format!("journal: {error}")));
        }
        let unrecorded = self.summary.unrecorded.len() as u64;
        if unrecorded > 0 {
            note(&format!(
                "{} above could not be recorded: keep what is printed, the journal will call these numbers unknown",
                counted(unrecorded, "result")
            ));
        }
        if self.summary.left_in_flight > 0 {
            note(&format!(
                "{} in flight: unknown at the next `{}`",
                self.summary.left_in_flight, self.again
            ));
        }
    }

    /// A result that is not in the journal, as a JSON line.
    fn unrecorded(&self, result: &NumberResult) {
        let outcome = match result.result.outcome {
            AttemptOutcome::Settled(outcome) => outcome,
            AttemptOutcome::Requeued | AttemptOutcome::NotSent => Disposition::Failed,
        };
        let vendor = self.endpoint.vendor();
        let line = Line::from_run(vendor, outcome, result);
        let mut text = Vec::new();
        if json(&mut text, &line).is_ok() {
            lines(&String::from_utf8_lossy(&text));
        }
    }

    fn exit_without_counts(&self) -> Exit {
        match self.summary.end {
            End::Stopped => Exit::Interrupted,
            _ if self.summary.unrecorded.is_empty() && self.summary.left_in_flight == 0 => {
                Exit::Failed
            }
            _ => Exit::Unknown,
        }
    }
}

/// Why a run ends, as a part of a sentence.
pub(crate) fn why(end: End) -> String {
    match end {
        End::Done => "no number is pending",
        End::Stopped => "stopped",
        End::Fatal(kind) => return format!("every number would fail: {kind}"),
        End::TooManyFailures => "too many numbers of this run failed or became unknown",
        End::GaveUp => "the vendor refused for too long",
        End::JournalFailed => "the journal failed",
        End::Panicked => "an error of this program; please report it",
        _ => end.as_str(),
    }
    .to_owned()
}
