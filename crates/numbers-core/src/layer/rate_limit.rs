use crate::{Account, Endpoint, Error, NumberId, Preview, Release, Releaser, Vendor};
use async_trait::async_trait;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until};

const UNDOCUMENTED: u32 = 60;

/// Limits how many releases begin in a minute, evenly spaced and first in, first out. Needs the feature `layers`.
///
/// There is no burst: 60 a minute is one each second, from the first on. Clones share one limit. Put
/// [`Retry`](crate::Retry) outside, so that every attempt waits for its turn.
///
/// There is no limit on the wait itself. The last of 120 calls that begin together waits 119 seconds at 60 a minute.
/// Inside `Retry` that counts towards its deadline: see
/// [`RetryPolicy::with_deadline`](crate::RetryPolicy::with_deadline).
///
/// It needs a tokio runtime with time enabled, and panics without one.
///
/// A future that is dropped while it waits for its turn leaves the queue, and nothing was sent.
#[derive(Debug, Clone)]
pub struct RateLimit<R> {
    inner: R,
    interval: Duration,
    /// When the next release may begin. The first in the queue holds the lock while it waits: tokio's lock
    /// is first in, first out.
    next: Arc<Mutex<Instant>>,
}

impl<R: Releaser> RateLimit<R> {
    /// Puts a limit around a releaser, in releases a minute. A limit of 0 counts as 1.
    pub fn per_minute(inner: R, limit: u32) -> Self {
        const MINUTE: u64 = 60_000_000_000;
        // Rounded up: no minute may have one request too many.
        let interval = MINUTE.div_ceil(u64::from(limit.max(1)));
        Self {
            inner,
            interval: Duration::from_nanos(interval),
            next: Arc::new(Mutex::new(Instant::now())),
        }
    }

    /// Puts the limit that the vendor documents around a releaser, or one of 60 a minute where it documents
    /// none. A vendor crate exports its `ENDPOINT`.
    pub fn documented(inner: R, endpoint: &Endpoint) -> Self {
        Self::per_minute(
            inner,
            endpoint.requests_per_minute().unwrap_or(UNDOCUMENTED),
        )
    }

    async fn wait_for_turn(&self) {
        let mut next = self.next.lock().await;
        // The timer rounds up to whole milliseconds, even an instant that has just passed.
        if *next > Instant::now() {
            sleep_until(*next).await;
        }
        *next = Instant::now() + self.interval;
    }
}

#[async_trait]
impl<R: Releaser> Releaser for RateLimit<R> {
    fn vendor(&self) -> Vendor {
        self.inner.vendor()
    }

    fn account(&self) -> Account {
        self.inner.account()
    }

    fn preview(&self, number: &NumberId) -> Result<Preview, Error> {
        self.inner.preview(number)
    }

    async fn release(&self, number: &NumberId) -> Result<Release, Error> {
        // An id that is refused takes no turn.
        self.inner.preview(number)?;
        self.wait_for_turn().await;
        self.inner.release(number).await
    }
}
