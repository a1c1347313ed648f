//! The attempts of one call, for a signal may come between two of them.

use numbers::{Account, Attempt, Error, NumberId, Preview, Release, Releaser, Vendor, async_trait};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A client that sees each attempt of one call begin and end: it stands below `Retry`.
#[derive(Debug)]
pub(crate) struct Watched<'a> {
    client: &'a dyn Releaser,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    begun: usize,
    ended: Vec<Attempt>,
}

impl<'a> Watched<'a> {
    pub(crate) fn new(client: &'a dyn Releaser) -> Self {
        Self {
            client,
            seen: Mutex::default(),
        }
    }

    /// How many attempts were begun.
    pub(crate) fn begun(&self) -> usize {
        self.seen().begun
    }

    /// What the call came to if it ends here. None where nobody knows: an attempt is on its way, or one
    /// that ended may have released.
    pub(crate) fn failure(&self) -> Option<Error> {
        let seen = self.seen();
        let last = seen.ended.last()?;
        if seen.ended.len() < seen.begun || seen.ended.iter().any(Attempt::may_have_released) {
            return None;
        }
        let error = Error::new(self.vendor(), last.kind()?)
            .with_may_have_released(false)
            .with_detail("stopped by a signal before another attempt")
            .with_request_id(last.request_id())
            .with_attempts(seen.ended.clone());
        Some(error.with_status(last.status()))
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
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
        self.seen().begun += 1;
        let result = self.client.release(number).await;
        let attempts = match &result {
            Ok(release) => release.attempts(),
            Err(error) => error.attempts(),
        };
        self.seen().ended.extend_from_slice(attempts);
        result
    }
}
