//! Waits out a rate limit.

use super::progress::Progress;
use numbers::{
    Account, Attempt, Error, ErrorKind, NumberId, Preview, Release, Releaser, Vendor, async_trait,
};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// The first wait where the vendor names none. Each further one is twice as long, up to a minute, by which vendors
/// count.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// How long without another response than 429, before it gives up.
pub(crate) const GIVE_UP_AFTER: Duration = Duration::from_secs(15 * 60);

/// Repeats a release that got a 429. If it gives up, the error is permanent: other numbers would get it too.
pub(crate) struct WaitOut<'a, R> {
    inner: R,
    progress: &'a Progress,
    last_response: Mutex<Instant>,
}

impl<'a, R: Releaser> WaitOut<'a, R> {
    pub(crate) fn new(inner: R, progress: &'a Progress) -> Self {
        Self {
            inner,
            progress,
            last_response: Mutex::new(Instant::now()),
        }
    }

    /// Whether a wait would be too long.
    fn gives_up(&self, wait: Duration) -> bool {
        let last = self.last_response.lock();
        let last = *last.unwrap_or_else(PoisonError::into_inner);
        last.elapsed().saturating_add(wait) > GIVE_UP_AFTER
    }

    fn responded(&self) {
        let last = self.last_response.lock();
        *last.unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }
}

#[async_trait]
impl<R: Releaser> Releaser for WaitOut<'_, R> {
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
        let mut attempts: Vec<Attempt> = Vec::new();
        let mut backoff = FIRST_WAIT;
        loop {
            let error = match self.inner.release(number).await {
                Ok(release) => {
                    self.responded();
                    attempts.extend_from_slice(release.attempts());
                    return Ok(release.with_attempts(attempts));
                }
                Err(error) => error,
            };
            attempts.extend_from_slice(error.attempts());
            if error.kind() != ErrorKind::RateLimited || !error.is_retryable() {
                if error.status().is_some() {
                    self.responded();
                }
                return Err(error.with_attempts(attempts));
            }
            let wait = error.retry_after().unwrap_or(backoff);
            if self.gives_up(wait) {
                return Err(error.with_permanent(true).with_attempts(attempts));
            }
            self.progress.wait(wait, "too many requests (HTTP 429)");
            sleep(wait).await;
            self.progress.resume();
            backoff = backoff.saturating_mul(2).min(LONGEST_WAIT);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{GIVE_UP_AFTER, WaitOut};
    use crate::release::progress::Progress;
    use numbers::testing::Scripted;
    use numbers::{Error, ErrorKind, NumberId, Outcome, Releaser, Vendor};
    use std::time::Duration;
    use tokio::time::Instant;

    const ACME: Vendor = Vendor::new("acme");

    fn limited(retry_after: Option<u64>) -> Result<Outcome, Error> {
        let wait = retry_after.map(Duration::from_secs);
        Err(Error::from_status(ACME, 429).with_retry_after(wait))
    }

    #[tokio::test(start_paused = true)]
    async fn it_waits_as_asked_or_ever_longer() {
        let script = Scripted::new(ACME)
            .then(limited(None))
            .then(limited(Some(40)))
            .then(limited(None))
            .then(Ok(Outcome::Released));
        let progress = Progress::hidden();
        let start = Instant::now();
        let releaser = WaitOut::new(script, &progress);
        let result = releaser.release(&NumberId::new("1")).await;
        assert_eq!(result.unwrap().outcome(), Outcome::Released);
        let seconds = Duration::from_secs(1 + 40 + 4);
        assert!(start.elapsed() >= seconds && start.elapsed() < seconds + Duration::from_secs(1));
    }

    #[tokio::test(start_paused = true)]
    async fn it_gives_up_by_time_and_says_that_no_other_try_helps() {
        let script = (0..100).fold(Scripted::new(ACME), |script, _| script.then(limited(None)));
        let progress = Progress::hidden();
        let start = Instant::now();
        let releaser = WaitOut::new(script, &progress);
        let error = releaser.release(&NumberId::new("1")).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.is_retryable()),
            (ErrorKind::RateLimited, false)
        );
        assert!(start.elapsed() <= GIVE_UP_AFTER);
        assert!(start.elapsed() > GIVE_UP_AFTER - Duration::from_secs(60));
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_that_would_be_too_long_is_not_begun() {
        let script = Scripted::new(ACME).then(limited(Some(3600)));
        let progress = Progress::hidden();
        let start = Instant::now();
        let releaser = WaitOut::new(script, &progress);
        let result = releaser.release(&NumberId::new("1")).await;
        assert_eq!(result.unwrap_err().kind(), ErrorKind::RateLimited);
        assert_eq!(start.elapsed(), Duration::ZERO);
    }
}
