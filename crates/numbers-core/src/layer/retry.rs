use crate::layer::{RetryPolicy, span};
use crate::{
    Account, Attempt, Error, ErrorKind, NumberId, Outcome, Preview, Release, Releaser, Vendor,
};
use async_trait::async_trait;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout_at};
use tracing::Instrument;

/// Repeats a release that failed, by a [`RetryPolicy`]. Every attempt is in [`Release::attempts`] or
/// [`Error::attempts`]. Needs the feature `layers`.
///
/// By default it repeats only failures that certainly did not release the number and may be temporary: no
/// connection, and 429.
///
/// **Ambiguity sticks.** After an attempt that may have released the number, [`Error::may_have_released`] stays
/// true whatever a later attempt returns. A later 404 or 410 is not an error but [`Outcome::Absent`]: evidence, not
/// proof, that the earlier attempt released it.
///
/// Put it outside [`RateLimit`](crate::RateLimit), as in `Retry::new(RateLimit::per_minute(client, n), policy)`:
/// then every attempt waits for its turn. Inside, all attempts of a call would share one turn. The wait counts
/// towards the [deadline](RetryPolicy::with_deadline).
///
/// Each call is a span of `tracing`, and each retry an event in it.
///
/// It needs a tokio runtime with time enabled, and panics without one.
///
/// Dropping the future drops the attempt that is running: once its request is on its way, the outcome is unknown.
/// If it is dropped during a wait, nothing more is sent.
#[derive(Debug, Clone)]
pub struct Retry<R> {
    inner: R,
    policy: RetryPolicy,
}

impl<R: Releaser> Retry<R> {
    /// Puts retries around a releaser.
    pub const fn new(inner: R, policy: RetryPolicy) -> Self {
        Self { inner, policy }
    }

    /// All attempts, until one ends the release.
    async fn attempts(&self, number: &NumberId) -> Result<Release, Error> {
        if self.policy.deadline().is_zero() {
            return Err(Error::new(self.vendor(), ErrorKind::NotSent)
                .with_detail("the deadline over all attempts is zero"));
        }
        let start = Instant::now();
        let deadline = after(start, self.policy.deadline());
        let last_start = after(start, self.policy.last_start());
        let mut backoffs = self.policy.backoffs();
        let mut history = History::default();
        loop {
            let started = Instant::now();
            let result = self.attempt(number, deadline).await;
            let earlier_may_have_released = history.may_have_released;
            history.add(&result, started.elapsed());
            let error = match result {
                Ok(release) => return Ok(release.with_attempts(history.attempts)),
                Err(error) if earlier_may_have_released && error.kind() == ErrorKind::NotFound => {
                    return Ok(history.into_absent(&error, number));
                }
                Err(error) => error,
            };
            let repeat = error.is_retryable()
                || (self.policy.resend_after_unknown() && error.may_have_released());
            let Some(longest) = backoffs.next().filter(|_| repeat) else {
                return Err(history.into_error(error));
            };
            let wait = self.policy.wait(longest, error.retry_after());
            if wait >= last_start.saturating_duration_since(Instant::now()) {
                return Err(history.into_error(error));
            }
            span::retry(&error, history.attempts.len(), wait);
            sleep(wait).await;
            if Instant::now() >= last_start {
                return Err(history.into_error(error));
            }
        }
    }

    /// One attempt, cut at the deadline.
    async fn attempt(&self, number: &NumberId, deadline: Instant) -> Result<Release, Error> {
        match timeout_at(deadline, self.inner.release(number)).await {
            Ok(result) => result,
            Err(_) => Err(Error::new(self.vendor(), ErrorKind::Timeout)
                .with_detail("the deadline over all attempts passed during this one")),
        }
    }
}

#[async_trait]
impl<R: Releaser> Releaser for Retry<R> {
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
        let span = span::open(&self.vendor());
        let result = self.attempts(number).instrument(span.clone()).await;
        span::close(&span, &result);
        result
    }
}

const YEAR: Duration = Duration::from_secs(31_536_000);

/// The time `duration` after `now`, or a year if the clock can't represent it.
fn after(now: Instant, duration: Duration) -> Instant {
    now.checked_add(duration).unwrap_or(now + YEAR)
}

/// What was tried so far, and whether it may have released the number.
#[derive(Default)]
struct History {
    attempts: Vec<Attempt>,
    may_have_released: bool,
}

impl History {
    fn add(&mut self, result: &Result<Release, Error>, duration: Duration) {
        let inner = match result {
            Ok(release) => release.attempts(),
            Err(error) => error.attempts(),
        };
        let refused_unsent =
            |error: &Error| matches!(error.kind(), ErrorKind::InvalidNumber | ErrorKind::NotSent);
        if !inner.is_empty() {
            self.attempts.extend_from_slice(inner);
        } else if !result.as_ref().is_err_and(refused_unsent) {
            self.attempts.push(Attempt::from_result(result, duration));
        }
        self.may_have_released |= result.as_ref().is_err_and(Error::may_have_released);
    }

    fn into_error(self, error: Error) -> Error {
        error
            .with_may_have_released(self.may_have_released)
            .with_attempts(self.attempts)
    }

    fn into_absent(self, error: &Error, number: &NumberId) -> Release {
        Release::new(error.vendor().clone(), number.clone(), Outcome::Absent)
            .with_request_id(error.request_id())
            .with_attempts(self.attempts)
            .with_status(error.status())
    }
}
