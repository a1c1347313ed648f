//! Records results in the journal: all that are ready in one commit.

use crate::journal::{AttemptResult, Journal, JournalError};
use crate::run::summary::NumberResult;
use std::mem::take;
use std::pin::Pin;
use std::sync::Arc;
use tokio::time::Instant;

/// A future that is kept while others are awaited.
pub(super) type Kept<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Awaits a kept future and removes it. Never ends if there is none. May be dropped and called again.
pub(super) async fn kept<T>(slot: &mut Option<Kept<T>>) -> T {
    let Some(future) = slot else {
        return std::future::pending().await;
    };
    let output = future.await;
    *slot = None;
    output
}

#[derive(Default)]
pub(super) struct Recorder {
    waiting: Vec<NumberResult>,
    /// What is being written.
    group: Vec<NumberResult>,
    write: Option<Kept<Result<(), JournalError>>>,
    pause_until: Option<Instant>,
}

impl Recorder {
    pub(super) fn add(&mut self, result: NumberResult) {
        self.waiting.push(result);
    }

    /// The pause is written before the next results, so that no worker claims a number that is pending again before it
    /// knows of the pause.
    pub(super) fn pause_until(&mut self, until: Instant) {
        self.pause_until = Some(until);
    }

    /// How many results are not durable.
    pub(super) fn len(&self) -> usize {
        self.waiting.len() + self.group.len()
    }

    /// Whether there are results, and none is being written.
    pub(super) fn is_waiting(&self) -> bool {
        self.write.is_none() && !self.waiting.is_empty()
    }

    pub(super) fn is_writing(&self) -> bool {
        self.write.is_some()
    }

    /// Begins to write the waiting results, unless a write is in progress.
    pub(super) fn start(&mut self, journal: &Arc<dyn Journal>) {
        if self.write.is_some() || self.waiting.is_empty() {
            return;
        }
        self.group = take(&mut self.waiting);
        let results: Vec<AttemptResult> = self.group.iter().map(|r| r.result.clone()).collect();
        let journal = Arc::clone(journal);
        let pause = self.pause_until;
        self.write = Some(Box::pin(async move {
            let remaining = pause.map(|until| until.saturating_duration_since(Instant::now()));
            if let Some(remaining) = remaining.filter(|it| !it.is_zero()) {
                journal.pause(remaining).await?;
            }
            journal.record(&results).await
        }));
    }

    /// Waits for the write in progress, and returns what is durable. After an error, all of it waits again.
    pub(super) async fn written(&mut self) -> Result<Vec<NumberResult>, JournalError> {
        let result = kept(&mut self.write).await;
        let mut group = take(&mut self.group);
        if let Err(error) = result {
            group.append(&mut self.waiting);
            self.waiting = group;
            return Err(error);
        }
        Ok(group)
    }

    /// What is not known to be durable.
    pub(super) fn into_unrecorded(mut self) -> Vec<NumberResult> {
        self.group.append(&mut self.waiting);
        self.group
    }
}
