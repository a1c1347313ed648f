use std::iter::successors;
use std::num::NonZeroU32;
use std::time::Duration;

/// How [`Retry`](crate::Retry) repeats: which failures, how often, and how long it waits between attempts.
/// Needs the feature `layers`.
///
/// ```
/// use numbers_core::RetryPolicy;
/// use std::num::NonZeroU32;
/// use std::time::Duration;
///
/// let policy = RetryPolicy::default()
///     .with_max_attempts(NonZeroU32::new(3).unwrap())
///     .with_deadline(Duration::from_secs(45));
/// assert_eq!(policy.deadline(), Duration::from_secs(45));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: NonZeroU32,
    first_backoff: Duration,
    max_backoff: Duration,
    max_retry_after: Duration,
    deadline: Duration,
    resend_after_unknown: bool,
}

/// At most four attempts within two minutes. The backoff is up to half a second before the second attempt, and
/// doubles up to 20 seconds. A `Retry-After` is obeyed up to a minute. What may have released the number is not
/// repeated.
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
    /// Sets how many attempts there may be in all, the first one included.
    #[must_use]
    pub const fn with_max_attempts(mut self, attempts: NonZeroU32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets the backoff: the longest wait before the second attempt, which doubles for each further one up to
    /// `max`. The wait itself is random, between zero and the backoff (full jitter), so that many clients do not
    /// retry at the same time.
    #[must_use]
    pub const fn with_backoff(mut self, first: Duration, max: Duration) -> Self {
        self.first_backoff = first;
        self.max_backoff = max;
        self
    }

    /// Sets the longest `Retry-After` that is obeyed. A longer one is cut to this.
    #[must_use]
    pub const fn with_max_retry_after(mut self, max: Duration) -> Self {
        self.max_retry_after = max;
        self
    }

    /// Sets the time for all attempts and the waits between them. An attempt that still runs when it is over is
    /// dropped, and the result is unknown. To avoid that, no attempt is repeated in the last quarter. If the
    /// deadline is at least four times the client's time-out, no attempt is dropped.
    ///
    /// With a [`RateLimit`](crate::RateLimit) inside, an attempt begins with the wait for its turn. If the deadline
    /// passes during that wait, the result is unknown and one attempt is counted, though nothing was sent. To avoid
    /// that, add the longest wait for a turn to the time-out, and set four times the sum. Or begin fewer calls at a
    /// time, or put the limit around `Retry`: then the wait has no deadline, but repeats are not limited.
    #[must_use]
    pub const fn with_deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Sets whether failures that may have released the number are repeated too: lost responses, 5xx, redirects
    /// and undocumented responses.
    ///
    /// No vendor documents what a second release of the same number does, and none documents an idempotency key.
    /// The second attempt usually gets a 404, which is then [`Outcome::Absent`](crate::Outcome::Absent). But where
    /// the id is the phone number itself, as at Synthflow, it would also release the same number if it was bought
    /// again in between.
    #[must_use]
    pub const fn with_resend_after_unknown(mut self, resend: bool) -> Self {
        self.resend_after_unknown = resend;
        self
    }

    /// How many attempts there may be in all.
    pub const fn max_attempts(&self) -> NonZeroU32 {
        self.max_attempts
    }

    /// The longest wait before the second attempt.
    pub const fn first_backoff(&self) -> Duration {
        self.first_backoff
    }

    /// The longest wait before any attempt, unless the vendor asks for more.
    pub const fn max_backoff(&self) -> Duration {
        self.max_backoff
    }

    /// The longest `Retry-After` that is obeyed.
    pub const fn max_retry_after(&self) -> Duration {
        self.max_retry_after
    }

    /// The time for all attempts and the waits between them.
    pub const fn deadline(&self) -> Duration {
        self.deadline
    }

    /// Whether failures that may have released the number are repeated too.
    pub const fn resend_after_unknown(&self) -> bool {
        self.resend_after_unknown
    }

    /// How long after the start the last attempt may begin.
    pub(super) fn last_start(&self) -> Duration {
        self.deadline - self.deadline / 4
    }

    /// The longest waits before the second attempt, the third and so on, until there may be no more.
    pub(super) fn backoffs(&self) -> impl Iterator<Item = Duration> + use<> {
        let max = self.max_backoff;
        successors(Some(self.first_backoff.min(max)), move |longest| {
            Some(longest.saturating_mul(2).min(max))
        })
        .take(self.max_attempts.get() as usize - 1)
    }

    /// The wait before the next attempt: full jitter up to `longest`, or what the vendor asks if that is more.
    pub(super) fn wait(&self, longest: Duration, retry_after: Option<Duration>) -> Duration {
        let nanos = u64::try_from(longest.as_nanos()).unwrap_or(u64::MAX);
        let jittered = Duration::from_nanos(fastrand::u64(..=nanos));
        let asked = retry_after.unwrap_or_default().min(self.max_retry_after);
        jittered.max(asked)
    }
}

#[cfg(test)]
mod tests {
    use super::RetryPolicy;
    use proptest::prelude::*;
    use std::num::NonZeroU32;
    use std::time::Duration;

    fn backoffs(first: Duration, max: Duration, attempts: u32) -> Vec<Duration> {
        RetryPolicy::default()
            .with_backoff(first, max)
            .with_max_attempts(NonZeroU32::new(attempts).unwrap())
            .backoffs()
            .collect()
    }

    fn any_duration() -> impl Strategy<Value = Duration> {
        prop_oneof![
            Just(Duration::MAX),
            (any::<u64>(), 0..1_000_000_000_u32).prop_map(|(s, ns)| Duration::new(s, ns)),
            any::<u64>().prop_map(Duration::from_nanos),
        ]
    }

    #[test]
    fn backoffs_double_up_to_the_maximum_one_for_each_repeat() {
        let seconds =
            |list: &[u64]| -> Vec<_> { list.iter().copied().map(Duration::from_secs).collect() };
        let (first, max) = (Duration::from_secs(1), Duration::from_secs(5));
        assert_eq!(backoffs(first, max, 6), seconds(&[1, 2, 4, 5, 5]));
        assert_eq!(backoffs(max, first, 3), seconds(&[1, 1]));
        assert_eq!(backoffs(first, max, 1), []);
    }

    proptest! {
        #[test]
        fn any_backoff_is_first_times_a_power_of_two_up_to_max(
            first in any_duration(),
            max in any_duration(),
        ) {
            for (n, backoff) in (0..30).zip(backoffs(first, max, 31)) {
                // A duration is below 2^94 nanoseconds, so this does not overflow.
                let expected = (first.as_nanos() << n).min(max.as_nanos());
                prop_assert_eq!(backoff.as_nanos(), expected);
            }
        }

        #[test]
        fn a_wait_is_at_most_the_backoff_or_what_was_asked(
            longest in any_duration(),
            asked in prop::option::of(any_duration()),
            cap in any_duration(),
        ) {
            let policy = RetryPolicy::default().with_max_retry_after(cap);
            let asked = asked.map(|asked| asked.min(cap));
            let wait = policy.wait(longest, asked);
            prop_assert!(wait <= longest.max(asked.unwrap_or_default()));
            prop_assert!(asked.is_none_or(|asked| wait >= asked));
        }
    }
}
