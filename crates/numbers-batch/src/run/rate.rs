use numbers_core::Endpoint;
use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::time::Duration;

/// How many requests all workers may send, evenly spaced: `45/min`, `5/s` or `off`.
///
/// ```
/// use numbers_batch::run::Rate;
/// use std::time::Duration;
///
/// let rate: Rate = "45/min".parse().unwrap();
/// assert_eq!(rate.to_string(), "45/min");
/// assert_eq!("5/s".parse::<Rate>().unwrap().interval(), Duration::from_millis(200));
/// assert_eq!("off".parse(), Ok(Rate::OFF));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate(Limit);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Limit {
    Off,
    PerMinute(NonZeroU32),
    PerSecond(NonZeroU32),
}

const MINUTE: u64 = 60_000_000_000;
const SECOND: u64 = 1_000_000_000;
const UNDOCUMENTED: NonZeroU32 = NonZeroU32::new(60).unwrap();

impl Rate {
    /// No limit: as fast as the concurrency allows.
    pub const OFF: Self = Self(Limit::Off);

    /// This many requests a minute.
    pub const fn per_minute(requests: NonZeroU32) -> Self {
        Self(Limit::PerMinute(requests))
    }

    /// This many requests a second.
    pub const fn per_second(requests: NonZeroU32) -> Self {
        Self(Limit::PerSecond(requests))
    }

    /// The lowest rate that the vendor documents; 60 a minute where it documents none.
    pub fn documented(endpoint: &Endpoint) -> Self {
        let documented = endpoint.requests_per_minute().and_then(NonZeroU32::new);
        Self::per_minute(documented.unwrap_or(UNDOCUMENTED))
    }

    /// How many requests it allows in a minute. `None`: no limit.
    pub const fn requests_per_minute(self) -> Option<u32> {
        match self.0 {
            Limit::Off => None,
            Limit::PerMinute(n) => Some(n.get()),
            Limit::PerSecond(n) => Some(n.get().saturating_mul(60)),
        }
    }

    /// The time from one request to the next. Zero: no limit.
    pub fn interval(self) -> Duration {
        // Rounded up: no minute may have one request too many.
        let every = |unit: u64, n: NonZeroU32| unit.div_ceil(u64::from(n.get()));
        Duration::from_nanos(match self.0 {
            Limit::Off => 0,
            Limit::PerMinute(n) => every(MINUTE, n),
            Limit::PerSecond(n) => every(SECOND, n),
        })
    }
}

/// 60 a minute, as for a vendor that documents no limit.
impl Default for Rate {
    fn default() -> Self {
        Self::per_minute(UNDOCUMENTED)
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Limit::Off => f.write_str("off"),
            Limit::PerMinute(n) => write!(f, "{n}/min"),
            Limit::PerSecond(n) => write!(f, "{n}/s"),
        }
    }
}

impl FromStr for Rate {
    type Err = InvalidRate;

    fn from_str(text: &str) -> Result<Self, InvalidRate> {
        if text == "off" {
            return Ok(Self::OFF);
        }
        let (count, unit) = text.split_once('/').ok_or(InvalidRate)?;
        // `parse` would take a plus sign, which nobody means.
        if !count.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidRate);
        }
        let count = count.parse().map_err(|_| InvalidRate)?;
        match unit {
            "min" => Ok(Self::per_minute(count)),
            "s" => Ok(Self::per_second(count)),
            _ => Err(InvalidRate),
        }
    }
}

/// The text is not a [`Rate`].
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidRate;

impl fmt::Display for InvalidRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a rate such as 45/min or 5/s, or off")
    }
}

/// As `Display`: fit to be returned from `main`.
impl fmt::Debug for InvalidRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for InvalidRate {}

#[cfg(test)]
mod tests {
    use super::{InvalidRate, Rate};
    use numbers_core::{Endpoint, Vendor};
    use std::time::Duration;

    #[test]
    fn a_rate_is_shown_as_it_is_written() {
        for text in ["45/min", "5/s", "off", "1/min"] {
            assert_eq!(text.parse::<Rate>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_rate_is_refused() {
        for text in [
            "",
            "45",
            "0/min",
            "0/s",
            "+5/s",
            "-1/s",
            "/s",
            "5/",
            "5/h",
            "5 /s",
            "5/S",
            "OFF",
            "5.5/s",
            "99999999999/s",
        ] {
            assert_eq!(text.parse::<Rate>(), Err(InvalidRate), "{text:?}");
        }
        assert!(format!("{InvalidRate:?}").starts_with("expected a rate"));
    }

    #[test]
    fn no_minute_has_one_request_too_many() {
        for count in 1..2000_u32 {
            let rate: Rate = format!("{count}/min").parse().unwrap();
            assert!(
                rate.interval() * count >= Duration::from_secs(60),
                "{count}"
            );
        }
    }

    #[test]
    fn the_documented_limit_is_the_rate_and_60_where_there_is_none() {
        const ENDPOINT: Endpoint = Endpoint::new(Vendor::new("acme"), "release", "/{id}");
        let documented = ENDPOINT.with_requests_per_minute(50);
        assert_eq!(Rate::documented(&documented).to_string(), "50/min");
        assert_eq!(Rate::documented(&ENDPOINT).to_string(), "60/min");
        assert_eq!(Rate::default().to_string(), "60/min");
    }
}
