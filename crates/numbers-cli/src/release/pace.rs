//! How fast the numbers are released.

use super::report::numbers;
use numbers::Endpoint;
use numbers_batch::run::Rate;
use std::time::Duration;

/// The most requests a minute, and where that figure is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pace {
    pub(crate) per_minute: u32,
    why: &'static str,
}

impl Pace {
    /// That of `release` for so many numbers: that of the flag, or else the vendor's documented limit, if there are
    /// more numbers than it allows in a minute.
    pub(crate) fn choose(rate: Option<Rate>, endpoint: &Endpoint, count: usize) -> Option<Self> {
        let exceeds = |limit| usize::try_from(limit).is_ok_and(|limit| count > limit);
        if rate.is_none() && !endpoint.requests_per_minute().is_some_and(exceeds) {
            return None;
        }
        Self::always(rate, endpoint)
    }

    /// That of the flag, or else the vendor's documented limit, or one that fits where it documents none.
    pub(crate) fn always(rate: Option<Rate>, endpoint: &Endpoint) -> Option<Self> {
        let why = match (rate, endpoint.requests_per_minute()) {
            (Some(_), _) => "",
            (None, Some(_)) => ", the vendor's documented limit (--rate changes it)",
            (None, None) => ", because the vendor documents no limit (--rate changes it)",
        };
        let rate = rate.unwrap_or_else(|| Rate::documented(endpoint));
        let per_minute = rate.requests_per_minute()?;
        Some(Self { per_minute, why })
    }

    /// `10 a minute, the vendor's documented limit (--rate changes it): 12 numbers, about 1m`.
    pub(crate) fn describe(self, count: usize) -> String {
        // The first does not wait.
        let waits = u64::try_from(count.saturating_sub(1)).unwrap_or(u64::MAX);
        let seconds = waits
            .saturating_mul(60)
            .div_ceil(u64::from(self.per_minute.max(1)));
        let time = humantime::format_duration(Duration::from_secs(seconds));
        let (rate, why, count) = (self.per_minute, self.why, numbers(count));
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
        assert_eq!(chosen(Some(Rate::OFF), &LIMITED, 11), None);
        assert_eq!(
            chosen(Some("45/min".parse().unwrap()), &LIMITED, 1),
            Some(45)
        );
    }

    #[test]
    fn the_words_say_how_long_it_takes() {
        let pace = Pace::choose(None, &LIMITED, 61).unwrap();
        let expected =
            "10 a minute, the vendor's documented limit (--rate changes it): 61 numbers, about 6m";
        assert_eq!(pace.describe(61), expected);
    }
}
