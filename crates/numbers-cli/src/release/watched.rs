//! Records the attempts for a number, because a signal may come between two of them.

use crate::interrupt::Interrupt;
use numbers::{Account, Attempt, Error, NumberId, Preview, Release, Releaser, Vendor, async_trait};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A client below `Retry` that records the start and end of each attempt, and begins none after a signal.
#[derive(Debug)]
pub(crate) struct Watched<'a> {
    client: &'a dyn Releaser,
    interrupt: &'a Interrupt,
    progress: Mutex<Progress>,
}

#[derive(Debug, Default)]
struct Progress {
    started: usize,
    ended: Vec<Attempt>,
}

impl<'a> Watched<'a> {
    pub(crate) fn new(client: &'a dyn Releaser, interrupt: &'a Interrupt) -> Self {
        Self {
            client,
            interrupt,
            progress: Mutex::default(),
        }
    }

    /// Forgets the attempts for the number before.
    pub(crate) fn begin(&self) {
        *self.progress() = Progress::default();
    }

    /// How many attempts were started.
    pub(crate) fn started(&self) -> usize {
        self.progress().started
    }

    /// The failure if the call ends now. `None` if the number may have been released: an attempt is in
    /// flight, or one that ended may have released it.
    pub(crate) fn failure(&self) -> Option<Error> {
        let progress = self.progress();
        let last = progress.ended.last()?;
        if progress.ended.len() < progress.started
            || progress.ended.iter().any(Attempt::may_have_released)
        {
            return None;
        }
        let error = Error::new(self.vendor(), last.kind()?)
            .with_may_have_released(false)
            .with_detail("stopped by a signal before another attempt")
            .with_request_id(last.request_id())
            .with_attempts(progress.ended.clone());
        Some(error.with_status(last.status()))
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Releaser for Watched<'_> {
    fn vendor(&self) -> Vendor {
        self.client.vendor()
    }

    fn account(&self) -> Account {
        self.client.account()
    }

    fn preview(&self, number: &NumberId) -> Result<Preview, Error> {
        self.client.preview(number)
    }

    async fn release(&self, number: &NumberId) -> Result<Release, Error> {
        if self.interrupt.requested() {
            return std::future::pending().await;
        }
        self.progress().started += 1;
        let result = self.client.release(number).await;
        let attempts = match &result {
            Ok(release) => release.attempts(),
            Err(error) => error.attempts(),
        };
        self.progress().ended.extend_from_slice(attempts);
        result
    }
}
