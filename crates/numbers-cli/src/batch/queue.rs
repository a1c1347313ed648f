//! Which numbers a run will send.

use crate::release::confirm::Selection;
use numbers::Disposition;
use numbers_batch::journal::{Journal, JournalError, NumberEntry, State};
use numbers_batch::plan::{Plan, PlanError};
use numbers_batch::run::RunOptions;
use std::time::SystemTime;

/// How many numbers are read at once.
pub(crate) const PAGE: usize = 2_000;

/// The numbers that a run will send: how many, the first and the last.
pub(crate) async fn selection(
    journal: &dyn Journal,
    options: &RunOptions,
) -> Result<Selection, JournalError> {
    let mut selection = Selection::new();
    let mut after = None;
    loop {
        let records = journal.numbers(after, PAGE).await?;
        let Some(last) = records.last() else {
            return Ok(selection);
        };
        after = Some(last.position);
        for record in records.iter().filter(|record| is_sent(record, options)) {
            selection.add(record.number.as_str());
        }
    }
}

/// All numbers of a plan.
pub(crate) fn from_plan(plan: &Plan) -> Result<Selection, PlanError> {
    let mut selection = Selection::new();
    for number in plan.numbers()? {
        selection.add(number?.as_str());
    }
    Ok(selection)
}

/// As [`selection`], but only how many; unknown numbers count whatever their age.
pub(crate) async fn count(
    journal: &dyn Journal,
    options: &RunOptions,
) -> Result<Selection, JournalError> {
    let counts = journal.counts().await?;
    let unknown = if options.resend_unknown() {
        counts.unknown
    } else {
        0
    };
    let count = usize::try_from(counts.pending + unknown).unwrap_or(usize::MAX);
    Ok(Selection::from_count(count))
}

fn is_sent(record: &NumberEntry, options: &RunOptions) -> bool {
    match record.state {
        State::Pending => true,
        State::Settled(Disposition::Unknown) if options.resend_unknown() => {
            let age = record.started.and_then(|time| {
                let now = SystemTime::now();
                now.duration_since(time).ok()
            });
            options
                .resend_younger_than()
                .is_none_or(|limit| age.is_none_or(|age| age <= limit))
        }
        _ => false,
    }
}
