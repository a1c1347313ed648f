//! Writes what happens in a run: results to stdout, the rest to stderr.

use super::ending::why;
use super::ticker::Ticker;
use crate::args::Format;
use crate::output::{Color, note, plain, words};
use crate::release::advice::Causes;
use crate::release::line::Line;
use crate::release::progress::Progress;
use crate::release::report::{count, print};
use numbers::{Disposition, Endpoint, ErrorKind};
use numbers_batch::journal::{AttemptOutcome, Counts, JournalError};
use numbers_batch::run::{End, NumberResult, RunEvent, Stop};
use std::collections::BTreeMap;
use std::io;
use std::time::{Duration, Instant};

/// What a run shows while it runs.
pub(crate) struct Observer<'a> {
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) format: Format,
    pub(crate) color: Color,
    pub(crate) quiet: bool,
    pub(crate) progress: &'a Progress,
    /// Stops the run where stdout can't be written.
    pub(crate) stop: &'a Stop,
    pub(crate) ticker: Ticker,
    /// How many numbers there were to send when the run started, and how many of them are left.
    pub(crate) total: u64,
    pub(crate) left: u64,
    /// Whether unknown numbers are sent again.
    pub(crate) resend: bool,
    pub(crate) counts: BTreeMap<Disposition, usize>,
    pub(crate) causes: Causes,
    pub(crate) unwritable: Option<io::Error>,
}

impl Observer<'_> {
    pub(crate) fn on_event(&mut self, event: &RunEvent<'_>) {
        match event {
            RunEvent::Started { counts, resent, .. } => self.started(counts, *resent),
            RunEvent::Recorded(result) => self.recorded(result),
            RunEvent::Paused { wait, asked, kind } => self.paused(*wait, *asked, *kind),
            RunEvent::JournalFailed {
                error,
                retry,
                unrecorded,
            } => self.journal_failed(error, *retry, *unrecorded),
            RunEvent::JournalRecovered => self.say("the journal works again"),
            RunEvent::WaitingForOthers { in_flight } => self.say(&format!(
                "nothing is left to send; waiting for {} that other workers have in flight",
                count(*in_flight)
            )),
            RunEvent::Ending { end, in_flight } => self.ending(*end, *in_flight),
            _ => {}
        }
    }

    fn started(&mut self, counts: &Counts, resent: u64) {
        (self.total, self.left) = (counts.pending, counts.pending);
        self.progress.expect(counts.pending);
        if resent > 0 {
            self.say(&format!("{resent} unknown: sent again"));
        }
        if self.resend && counts.unknown > 0 {
            self.say(&format!(
                "{} unknown: not sent again, because that was more than an hour ago, and a phone number may have been \
                 bought again since; --even-if-bought-anew sends them too",
                counts.unknown
            ));
        }
    }

    fn recorded(&mut self, result: &NumberResult) {
        self.progress.resume();
        let AttemptOutcome::Settled(outcome) = result.result.outcome else {
            return;
        };
        let vendor = self.endpoint.vendor();
        let line = Line::from_run(vendor, outcome, result);
        *self.counts.entry(outcome).or_default() += 1;
        self.causes.add(&line);
        if self.unwritable.is_none() {
            let print = || print(self.format, self.color.stdout, &line);
            if let Err(error) = self.progress.above(print) {
                self.unwritable = Some(error);
                self.stop.drain();
            }
        }
        self.progress.count(&self.counts);
        self.left = self.left.saturating_sub(1);
        self.tick();
    }

    /// A line of progress, where there is no terminal.
    fn tick(&mut self) {
        let left = self.ticker.count(Instant::now(), self.left);
        if let Some(left) = left.filter(|_| !self.progress.is_shown()) {
            let done = self.total.saturating_sub(self.left);
            let time = humantime::format_duration(left);
            self.say(&format!(
                "{done} of {} by this process, about {time} left",
                count(self.total)
            ));
        }
    }

    fn paused(&self, wait: Duration, asked: bool, kind: ErrorKind) {
        let why = match (kind, asked) {
            (ErrorKind::RateLimited, true) => "too many requests (HTTP 429), as the vendor asked",
            (ErrorKind::RateLimited, false) => "too many requests (HTTP 429)",
            (ErrorKind::Connect, _) => "no connection",
            _ => kind.as_str(),
        };
        self.progress.wait(wait, why);
    }

    fn journal_failed(&self, error: &JournalError, retry: Option<Duration>, unrecorded: usize) {
        let kept = match unrecorded {
            0 => String::new(),
            1 => ", 1 result waits to be recorded".to_owned(),
            many => format!(", {many} results wait to be recorded"),
        };
        let next = match retry {
            Some(_) => "it is tried again, and nothing new is sent meanwhile",
            None => "it is not tried again",
        };
        self.progress
            .above(|| note(&words(&format!("journal: {error}{kept}; {next}"))));
    }

    fn ending(&self, end: End, in_flight: usize) {
        let wait = match in_flight {
            0 => String::new(),
            many => format!("; {many} in flight may finish"),
        };
        let why = match &self.unwritable {
            Some(error) => format!("stdout can't be written: {}", plain(error)),
            None if end == End::Stopped => "stopping; a second signal leaves at once".to_owned(),
            None => format!("stopping: {}", why(end)),
        };
        self.say(&format!("{why}{wait}"));
    }

    fn say(&self, text: &str) {
        if !self.quiet {
            self.progress.above(|| note(text));
        }
    }
}
