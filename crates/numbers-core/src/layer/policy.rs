use backon::{BackoffBuilder, ExponentialBuilder};
use std::num::NonZeroU32;
use std::time::Duration;

/// How [`Retry`](crate::Retry) repeats: which failures, how often, how long it waits between.
///
/// ```
/// use numbers_core::RetryPolicy;
/// use std::num::NonZeroU32;
/// use std::time::Duration;
///
/// let policy = RetryPolicy::default()
///     .max_attempts(NonZeroU32::new(3).unwrap())
///     .deadline(Duration::from_secs(45));
/// # let _ = policy;
/// ```
#[derive(Debug, Clone)]
pub struct RetryPolicy {
    max_attempts: NonZeroU32,
    first_backoff: Duration,
    max_backoff: Duration,
    max_retry_after: Duration,
    pub(super) deadline: Duration,
    pub(super) resend_after_unknown: bool,
}

/// Four attempts in all; a backoff of up to half a second before the second, doubled before each
/// further one up to 20 seconds; `Retry-After` obeyed up to a minute; two minutes over all; nothing
/// repeated that may have released.
impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: NonZeroU32::MIN.saturating_add(3),
            first_backoff: Duration::from_millis(500),
            max_backoff: Duration::from_secs(20),
            max_retry_after: Duration::from_secs(60),
            deadline: Duration::from_secs(120),
            resend_after_unknown: false,
        }
    }
}

impl RetryPolicy {
    /// Sets how many attempts there may be in all, the first one counted.
    #[must_use]
    pub const fn max_attempts(mut self, attempts: NonZeroU32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets the longest wait before the second attempt, and before any. The longest wait doubles
    /// from one to the other; the wait itself is drawn at random between zero and the longest (full
    /// jitter), so that many clients do not come back at once.
    #[must_use]
    pub const fn backoff(mut self, first: Duration, max: Duration) -> Self {
        self.first_backoff = first;
        self.max_backoff = max;
        self
    }

    /// Sets how much of a vendor's `Retry-After` is obeyed: of a longer one, no more than this.
    #[must_use]
    pub const fn max_retry_after(mut self, max: Duration) -> Self {
        self.max_retry_after = max;
        self
    }

    /// Sets the time for all attempts and the waits between them. An attempt that is still running when
    /// it passes is dropped, which leaves the number's fate unknown. So none is begun again in its last
    /// quarter, nor a wait that would end there: with a deadline of at least four times the client's
    /// time-out no attempt is ever dropped, unless it waits long for its turn in a
    /// [`RateLimit`](crate::RateLimit).
    #[must_use]
    pub const fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Repeats also what may have released the number: lost answers, 5xx, redirects and answers that
    /// nobody documents.
    ///
    /// No vendor documents what a second deletion of the same number does, and none documents an
    /// idempotency key. The second attempt usually meets a 404, which is then
    /// [`Outcome::Absent`](crate::Outcome::Absent). But where the id is the phone number itself, as
    /// at Synthflow, a repeated deletion would also hit the same number bought anew in between.
    #[must_use]
    pub const fn resend_after_unknown(mut self) -> Self {
        self.resend_after_unknown = true;
        self
    }

    /// How long after the start the last attempt may begin.
    pub(super) fn last_start(&self) -> Duration {
        self.deadline - self.deadline / 4
    }

    /// The longest waits before the second attempt, the third and so on, until there may be no more.
    pub(super) fn backoffs(&self) -> impl Iterator<Item = Duration> + use<> {
        ExponentialBuilder::new()
            .with_min_delay(self.first_backoff.min(self.max_backoff))
            .with_max_delay(self.max_backoff)
            .with_max_times(self.max_attempts.get() as usize - 1)
            .build()
    }

    /// The wait after an attempt: full jitter below `longest`, or what the vendor asks if that is more.
    pub(super) fn wait(&self, longest: Duration, retry_after: Option<Duration>) -> Duration {
        let jittered = longest.mul_f64(fastrand::f64());
        retry_after.map_or(jittered, |asked| {
            asked.min(self.max_retry_after).max(jittered)
        })
    }
}
