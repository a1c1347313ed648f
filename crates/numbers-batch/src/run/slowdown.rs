//! How long the run waits after a 429 or a failed connection, and when it gives up.

use std::time::Duration;
use tokio::time::Instant;

/// The first wait if the vendor asked for none, and the shortest one.
const FIRST: Duration = Duration::from_secs(1);
/// Vendors count their limits by the minute.
const LONGEST: Duration = Duration::from_secs(60);
/// A `Retry-After` can be years.
const LONGEST_ASKED: Duration = Duration::from_secs(3600);

#[derive(Debug)]
pub(super) struct Slowdown {
    /// When the vendor first refused after the last number that it settled.
    since: Option<Instant>,
    /// The last wait that the vendor did not ask for.
    wait: Duration,
    /// When the pause was last prolonged.
    set: Instant,
    until: Instant,
}

impl Slowdown {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            since: None,
            wait: Duration::ZERO,
            set: now,
            until: now,
        }
    }

    /// A request that was sent at `sent` was refused. Returns the new pause, or `None` if the pause that is set is long
    /// enough.
    pub(super) fn refused(
        &mut self,
        sent: Instant,
        now: Instant,
        asked: Option<Duration>,
    ) -> Option<Duration> {
        self.since.get_or_insert(now);
        let wait = match asked {
            Some(asked) => asked.clamp(FIRST, LONGEST_ASKED),
            // It was sent before the pause, so it does not tell whether the pause is long enough.
            None if sent < self.set => return None,
            None => {
                self.wait = (self.wait * 2).clamp(FIRST, LONGEST);
                self.wait
            }
        };
        let until = now + wait;
        if until <= self.until {
            return None;
        }
        // Requests that were in flight together are refused together, and make one pause.
        let new = until - self.until >= FIRST;
        self.set = now;
        self.until = until;
        new.then_some(wait)
    }

    /// A request that was sent at `sent` settled its number.
    pub(super) fn settled(&mut self, sent: Instant) {
        self.since = None;
        if sent >= self.set {
            self.wait = Duration::ZERO;
        }
    }

    /// The end of the pause.
    pub(super) fn until(&self) -> Instant {
        self.until
    }

    /// When to give up.
    pub(super) fn give_up_at(&self, after: Duration) -> Option<Instant> {
        self.since?.checked_add(after)
    }
}

#[cfg(test)]
mod tests {
    use super::Slowdown;
    use std::time::Duration;
    use tokio::time::Instant;

    fn seconds(n: u64) -> Duration {
        Duration::from_secs(n)
    }

    #[test]
    fn waits_that_nobody_asked_for_double_up_to_a_minute() {
        let mut now = Instant::now();
        let mut slowdown = Slowdown::new(now);
        let mut waits = Vec::new();
        for _ in 0..8 {
            let wait = slowdown.refused(now, now, None).unwrap();
            waits.push(wait.as_secs());
            now += wait;
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
        slowdown.settled(now);
        assert_eq!(slowdown.refused(now, now, None), Some(seconds(1)));
    }

    #[test]
    fn requests_refused_together_make_one_pause() {
        let now = Instant::now();
        let mut slowdown = Slowdown::new(now);
        let later = now + Duration::from_millis(5);
        assert_eq!(slowdown.refused(now, later, None), Some(seconds(1)));
        assert_eq!(slowdown.refused(now, later, None), None);
        assert_eq!(
            slowdown.refused(now, later, Some(seconds(30))),
            Some(seconds(30))
        );
        let later_still = later + Duration::from_millis(5);
        assert_eq!(slowdown.refused(now, later_still, Some(seconds(30))), None);
        assert_eq!(slowdown.until(), later_still + seconds(30));
    }

    #[test]
    fn a_wait_of_zero_or_of_years_is_not_obeyed() {
        let now = Instant::now();
        let mut slowdown = Slowdown::new(now);
        assert_eq!(
            slowdown.refused(now, now, Some(seconds(0))),
            Some(seconds(1))
        );
        let years = Some(seconds(1 << 40));
        assert_eq!(slowdown.refused(now, now, years), Some(seconds(3600)));
    }

    #[test]
    fn giving_up_counts_from_the_first_refusal_since_a_success() {
        let now = Instant::now();
        let mut slowdown = Slowdown::new(now);
        assert_eq!(slowdown.give_up_at(seconds(9)), None);
        slowdown.refused(now, now, None);
        slowdown.refused(now, now + seconds(5), None);
        assert_eq!(slowdown.give_up_at(seconds(9)), Some(now + seconds(9)));
        slowdown.settled(now);
        assert_eq!(slowdown.give_up_at(seconds(9)), None);
    }
}
