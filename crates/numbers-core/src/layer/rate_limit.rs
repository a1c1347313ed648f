use crate::{Account, Error, NumberId, Preview, Release, Releaser, Vendor};
use async_trait::async_trait;
use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep};

/// Lets so many releases a minute through, evenly spaced and in the order in which they came.
///
/// There is no burst: 60 a minute is one each second, also in the first minute. Clones share one
/// limit. Put [`Retry`](crate::Retry) outside, so that every attempt waits for its turn.
///
/// It runs on a tokio runtime with its clock enabled, and panics on another.
///
/// Dropping a future that waits gives its place back, and nothing was sent; once its turn has come it
/// is as if there were no limit.
#[derive(Clone)]
pub struct RateLimit<R> {
    inner: R,
    gate: Arc<Gate>,
}

impl<R: Releaser> RateLimit<R> {
    /// Puts a limit of so many a minute around a releaser.
    pub fn per_minute(inner: R, limit: NonZeroU32) -> Self {
        let quota = Quota::per_minute(limit).allow_burst(NonZeroU32::MIN);
        let clock = TokioClock {
            start: Instant::now(),
        };
        let limiter = RateLimiter::direct_with_clock(quota, clock.clone());
        Self {
            inner,
            gate: Arc::new(Gate {
                limiter,
                clock,
                turn: Mutex::new(()),
            }),
        }
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
        self.gate.pass().await;
        self.inner.release(number).await
    }
}

impl<R: fmt::Debug> fmt::Debug for RateLimit<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RateLimit")
            .field("inner", &self.inner)
            .finish_non_exhaustive()
    }
}

struct Gate {
    limiter: RateLimiter<NotKeyed, InMemoryState, TokioClock, NoOpMiddleware<Nanos>>,
    clock: TokioClock,
    /// Held by the first in the queue: tokio's lock is first in, first out; the limiter alone is not.
    turn: Mutex<()>,
}

impl Gate {
    async fn pass(&self) {
        let _turn = self.turn.lock().await;
        while let Err(early) = self.limiter.check() {
            sleep(early.wait_time_from(self.clock.now())).await;
        }
    }
}

/// The runtime's clock, so that a test that pauses time pauses the limit too.
#[derive(Debug, Clone)]
struct TokioClock {
    start: Instant,
}

impl Clock for TokioClock {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Nanos::from(self.start.elapsed())
    }
}
