//! How fast the numbers are released.

use super::report::numbers;
use crate::args::Rate;
use numbers::Endpoint;
use std::time::Duration;

/// The most requests a minute, and who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pace {
    pub(crate) per_minute: u32,
    documented: bool,
}

impl Pace {
    /// The pace for so many numbers: that of the flag, or else the vendor's documented limit, if there are more
    /// numbers than it allows in a minute.
    pub(crate) fn choose(rate: Option<Rate>, endpoint: &Endpoint, count: usize) -> Option<Self> {
        match rate {
            Some(Rate::Off) => None,
            Some(Rate::PerMinute(per_minute)) => Some(Self {
                per_minute,
                documented: false,
            }),
            None => {
                let limit = endpoint.requests_per_minute()?;
                let exceeds = usize::try_from(limit).is_ok_and(|limit| count > limit);
                exceeds.then_some(Self {
                    per_minute: limit,
                    documented: true,
                })
            }
        }
    }

    /// `10 a minute, the vendor's documented limit (--rate changes it): 12 numbers take about 1m`.
    pub(crate) fn words(self, count: usize) -> String {
        let why = match self.documented {
            true => ", the vendor's documented limit (--rate changes it)",
            false => "",
        };
        // The first does not wait.
        let waits = u64::try_from(count.saturating_sub(1)).unwrap_or(u64::MAX);
        let seconds = waits
            .saturating_mul(60)
            .div_ceil(u64::from(self.per_minute.max(1)));
        let time = humantime::format_duration(Duration::from_secs(seconds));
        let (rate, count) = (self.per_minute, numbers(count));
        format!("{rate} a minute{why}: {count}, about {time}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use numbers::Vendor;

    static LIMITED: Endpoint =
        Endpoint::new(Vendor::new("acme"), "release", "/{id}").with_requests_per_minute(10);

    #[test]
    fn the_documented_limit_counts_only_for_more_numbers_than_it_allows() {
        let unlimited = Endpoint::new(Vendor::new("acme"), "release", "/{id}");
        let chosen =
            |rate, endpoint, count| Pace::choose(rate, endpoint, count).map(|pace| pace.per_minute);
        assert_eq!(chosen(None, &LIMITED, 10), None);
        assert_eq!(chosen(None, &LIMITED, 11), Some(10));
        assert_eq!(chosen(None, &unlimited, 11), None);
        assert_eq!(chosen(Some(Rate::Off), &LIMITED, 11), None);
        assert_eq!(chosen(Some(Rate::PerMinute(45)), &LIMITED, 1), Some(45));
    }

    #[test]
    fn the_words_say_how_long_it_takes() {
        let pace = Pace::choose(None, &LIMITED, 61).unwrap();
        let expected =
            "10 a minute, the vendor's documented limit (--rate changes it): 61 numbers, about 6m";
        assert_eq!(pace.words(61), expected);
    }
}
