use crate::{Account, Error, NumberId, Preview, Release, Releaser, Vendor};
use async_trait::async_trait;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until};

/// Lets so many releases a minute through, evenly spaced and in the order in which they came.
///
/// There is no burst: 60 a minute is one each second, also in the first minute. Clones share one
/// limit. Put [`Retry`](crate::Retry) outside, so that every attempt waits for its turn.
///
/// It runs on a tokio runtime with its clock enabled, and panics on another.
///
/// Dropping a future that waits gives its place back, and nothing was sent. Once its turn has come, it
/// is as if there were no limit.
#[derive(Debug, Clone)]
pub struct RateLimit<R> {
    inner: R,
    interval: Duration,
    /// When the next release may begin. The first in the queue holds the lock while it waits: tokio's lock
    /// is first in, first out.
    next: Arc<Mutex<Instant>>,
}

impl<R: Releaser> RateLimit<R> {
    /// Puts a limit of so many releases a minute around a releaser. A limit of 0 counts as 1.
    pub fn per_minute(inner: R, limit: u32) -> Self {
        const MINUTE: u64 = 60_000_000_000;
        // Rounded up: no minute may have one too many.
        let interval = MINUTE.div_ceil(u64::from(limit.max(1)));
        Self {
            inner,
            interval: Duration::from_nanos(interval),
            next: Arc::new(Mutex::new(Instant::now())),
        }
    }

    async fn turn(&self) {
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
        self.turn().await;
        self.inner.release(number).await
    }
}
