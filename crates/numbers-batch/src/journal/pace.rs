//! When the next number may be claimed: one each interval, in its turn. Times are in
//! microseconds since the epoch, by the clock of the journal.

use std::time::Duration;

/// How long a turn that nobody used stays open, so that one commit can serve many numbers at a high rate.
const OPEN: i64 = 50_000;

/// The pace of all workers, as the journal has it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    pub(super) now: i64,
    pub(super) interval: i64,
    pub(super) next_turn: i64,
    pub(super) paused_until: i64,
    /// How long the pause was when it was set. No wait is longer, even if the clock is set back.
    pub(super) pause: i64,
}

impl Pace {
    /// Shortens waits that have become too long because the clock was set back. Returns whether it did: then the change
    /// must be written.
    pub(super) fn draw_in(&mut self) -> bool {
        let next_turn = self.next();
        let paused_until = self.now.saturating_add(self.pause).min(self.paused_until);
        let changed = (next_turn, paused_until) != (self.next_turn, self.paused_until);
        (self.next_turn, self.paused_until) = (next_turn, paused_until);
        changed
    }

    /// Takes up to `max` turns that have come. Returns how many.
    pub(super) fn take(&mut self, max: i64) -> i64 {
        if self.pause_left() > 0 {
            return 0;
        }
        if self.interval == 0 {
            self.next_turn = self.now;
            return max;
        }
        let first = self.next().max(self.now - OPEN);
        if first > self.now {
            return 0;
        }
        let open = (self.now - first) / self.interval + 1;
        let taken = open.min(max);
        self.next_turn = first.saturating_add(taken.saturating_mul(self.interval));
        taken
    }

    /// How long until the next turn.
    pub(super) fn wait(&self) -> Duration {
        let turn = match self.interval {
            0 => 0,
            _ => self.next() - self.now,
        };
        let wait = turn.max(self.pause_left());
        Duration::from_micros(wait.try_into().unwrap_or_default())
    }

    /// The next turn. A clock that was set back does not move it further than one interval away.
    fn next(&self) -> i64 {
        self.next_turn.min(self.now.saturating_add(self.interval))
    }

    fn pause_left(&self) -> i64 {
        (self.paused_until - self.now).min(self.pause).max(0)
    }

    /// Whether a pause of this length ends later than the one that is set.
    pub(super) fn outlasts(&self, pause: i64) -> bool {
        pause > self.pause_left()
    }
}

/// A duration in microseconds, cut at a hundred years.
pub(super) fn micros(duration: Duration) -> i64 {
    const MAX: i64 = 100 * 365 * 24 * 3600 * 1_000_000;
    i64::try_from(duration.as_micros()).map_or(MAX, |micros| micros.min(MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000_000;

    fn pace(interval: i64) -> Pace {
        Pace {
            now: 1_000 * SECOND,
            interval,
            next_turn: 0,
            paused_until: 0,
            pause: 0,
        }
    }

    #[test]
    fn one_turn_comes_each_interval() {
        let mut pace = pace(SECOND);
        assert_eq!(pace.take(10), 1);
        assert_eq!(pace.take(10), 0);
        assert!(pace.wait() > Duration::from_millis(900) && pace.wait() <= Duration::from_secs(1));
        pace.now += SECOND;
        assert_eq!(pace.take(10), 1);
    }

    #[test]
    fn turns_that_nobody_took_are_not_saved_up() {
        let mut pace = pace(SECOND);
        pace.take(1);
        pace.now += 3_600 * SECOND;
        assert_eq!(pace.take(10), 1);
    }

    #[test]
    fn at_a_high_rate_turns_are_taken_together_and_none_is_lost() {
        let mut pace = pace(1_000);
        pace.next_turn = pace.now;
        let mut taken = 0;
        for _ in 0..100 {
            pace.now += 10_000;
            taken += pace.take(64);
        }
        assert_eq!(taken, 1_001);
    }

    #[test]
    fn no_turn_comes_before_the_end_of_a_pause() {
        let mut pace = pace(0);
        (pace.paused_until, pace.pause) = (pace.now + 30 * SECOND, 30 * SECOND);
        assert_eq!(pace.take(10), 0);
        assert_eq!(pace.wait(), Duration::from_secs(30));
        assert!(!pace.outlasts(29 * SECOND) && pace.outlasts(31 * SECOND));
        pace.now += 30 * SECOND;
        assert_eq!(pace.take(10), 10);
    }

    #[test]
    fn a_clock_set_back_by_an_hour_costs_one_interval_or_one_pause() {
        let mut pace = pace(SECOND);
        pace.take(1);
        (pace.paused_until, pace.pause) = (pace.now + SECOND, SECOND);
        pace.now -= 3_600 * SECOND;
        assert_eq!(pace.wait(), Duration::from_secs(1));
        assert!(pace.draw_in());
        assert_eq!(pace.take(1), 0);
        pace.now += SECOND;
        assert!(!pace.draw_in());
        assert_eq!((pace.wait(), pace.take(1)), (Duration::ZERO, 1));
    }
}
