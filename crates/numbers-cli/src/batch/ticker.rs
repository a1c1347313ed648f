//! When to write a line of progress where there is no terminal.

use std::time::{Duration, Instant};

/// How often.
const EVERY: Duration = Duration::from_secs(30);

/// The progress of this run alone: how fast it goes, and when its next line is due.
pub(crate) struct Ticker {
    start: Instant,
    last: Instant,
    done: u64,
}

impl Ticker {
    pub(crate) fn new(now: Instant) -> Self {
        Self {
            start: now,
            last: now,
            done: 0,
        }
    }

    /// Counts a number. Where a line is due, returns how long the `left` numbers will take.
    pub(crate) fn count(&mut self, now: Instant, left: u64) -> Option<Duration> {
        self.done += 1;
        if now - self.last < EVERY {
            return None;
        }
        self.last = now;
        let each = (now - self.start).as_secs_f64() / count(self.done);
        Some(Duration::from_secs(seconds(each * count(left))))
    }
}

#[allow(clippy::cast_precision_loss, reason = "an estimate")]
fn count(numbers: u64) -> f64 {
    numbers as f64
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is positive, and a conversion saturates"
)]
fn seconds(seconds: f64) -> u64 {
    seconds.ceil() as u64
}

#[cfg(test)]
mod tests {
    use super::Ticker;
    use std::time::{Duration, Instant};

    #[test]
    fn a_line_now_and_then_says_how_much_time_is_left() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut ticker = Ticker::new(start);
        assert_eq!(ticker.count(at(10), 99), None);
        assert_eq!(ticker.count(at(29), 98), None);
        assert_eq!(ticker.count(at(30), 97), Some(Duration::from_secs(970)));
        assert_eq!(ticker.count(at(40), 96), None);
        assert_eq!(ticker.count(at(60), 20), Some(Duration::from_secs(240)));
    }
}
