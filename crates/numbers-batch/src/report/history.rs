//! What a journal says about the run as a whole.

use super::PAGE;
use super::timeline::Timeline;
use crate::journal::{Counts, JournalError, JournalReader, NumberEntry, State};
use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

/// The counts, and when numbers were settled, by the second.
pub(super) struct History {
    pub(super) started: Option<SystemTime>,
    pub(super) last: Option<SystemTime>,
    pub(super) counts: Counts,
    settled: BTreeMap<(u64, State), u64>,
}

impl History {
    /// Reads every number once, so that counts and timeline agree while a run goes on.
    pub(super) async fn read(journal: &JournalReader) -> Result<Self, JournalError> {
        let first = journal.events(None, 1).await?.pop();
        let mut history = Self {
            started: first.map(|event| event.at),
            last: None,
            counts: Counts::default(),
            settled: BTreeMap::new(),
        };
        let mut after = None;
        loop {
            let numbers = journal.numbers(after, PAGE).await?;
            let Some(last) = numbers.last() else {
                return Ok(history);
            };
            after = Some(last.position);
            numbers.iter().for_each(|number| history.add(number));
        }
    }

    fn add(&mut self, number: &NumberEntry) {
        *self.counts.get_mut(number.state) += 1;
        if let Some(settled) = number.settled {
            self.last = self.last.max(Some(settled));
            let since = settled.duration_since(SystemTime::UNIX_EPOCH);
            let second = since.unwrap_or_default().as_secs();
            *self.settled.entry((second, number.state)).or_default() += 1;
        }
    }

    pub(super) fn timeline(&self) -> Timeline {
        let start = self.started.unwrap_or(SystemTime::UNIX_EPOCH);
        let mut timeline = Timeline::new(start, self.last.unwrap_or(start));
        for ((second, state), count) in &self.settled {
            let at = SystemTime::UNIX_EPOCH + Duration::from_secs(*second);
            timeline.add(at, *state, *count);
        }
        timeline
    }
}
