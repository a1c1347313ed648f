//! A progress line on a terminal.

use super::report::count;
use crate::output::note;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use numbers::Disposition;
use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::time::Duration;

/// How often the times are updated.
const TICK: Duration = Duration::from_millis(500);

/// The progress of a release, shown on stderr if that is a terminal.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    notes: bool,
}

impl Progress {
    /// For `count` numbers. A single one shows no progress.
    pub(crate) fn new(count: usize, shown: bool) -> Self {
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let terminal = io::stderr().is_terminal() && !dumb;
        let bar = (shown && terminal && count > 1).then(|| bar(count));
        Self { bar, notes: shown }
    }

    #[cfg(test)]
    pub(crate) fn hidden() -> Self {
        Self {
            bar: None,
            notes: false,
        }
    }

    /// Sets how many numbers there are.
    pub(crate) fn expect(&self, count: u64) {
        if let Some(bar) = &self.bar {
            bar.set_length(count);
            bar.set_style(style(count));
        }
    }

    /// Whether there is a progress line.
    pub(crate) fn is_shown(&self) -> bool {
        self.bar.is_some()
    }

    /// Prints something above the line.
    pub(crate) fn above<T>(&self, print: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    /// Counts a number that is done.
    pub(crate) fn count(&self, counts: &BTreeMap<Disposition, usize>) {
        let Some(bar) = &self.bar else {
            return;
        };
        bar.inc(1);
        let bad = [Disposition::Failed, Disposition::Unknown];
        let bad = bad.into_iter().filter_map(|disposition| {
            let count = counts.get(&disposition)?;
            Some(format!(", {count} {disposition}"))
        });
        bar.set_prefix(bad.collect::<String>());
    }

    /// Shows that the next attempt waits.
    pub(crate) fn wait(&self, wait: Duration, why: &str) {
        let time = humantime::format_duration(Duration::from_secs(wait.as_secs().max(1)));
        match &self.bar {
            Some(bar) => bar.set_message(format!("  waiting {time}: {why}")),
            None if self.notes => note(&format!("waiting {time}: {why}")),
            None => {}
        }
    }

    /// Shows that the wait is over.
    pub(crate) fn resume(&self) {
        if let Some(bar) = &self.bar {
            bar.set_message("");
        }
    }

    /// Removes the line.
    pub(crate) fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(count: usize) -> ProgressBar {
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    let bar = ProgressBar::with_draw_target(Some(count), ProgressDrawTarget::stderr())
        .with_style(style(count));
    bar.enable_steady_tick(TICK);
    bar
}

fn style(numbers: u64) -> ProgressStyle {
    let template = format!(
        "[{{bar:20}}] {{pos}} of {}{{prefix}}, {{elapsed}}, about {{eta}} left{{msg}}",
        count(numbers)
    );
    ProgressStyle::with_template(&template)
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .progress_chars("=> ")
}
