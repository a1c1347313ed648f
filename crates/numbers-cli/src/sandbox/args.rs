//! The arguments of `numbers sandbox`.

use numbers_sandbox::{Builder, Fault, RateLimit, Sandbox};
use std::ops::Range;
use std::path::PathBuf;
use std::time::Duration;

#[derive(Debug, clap::Args)]
pub(crate) struct SandboxArgs {
    /// The first of six consecutive ports; by default any free ports.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(crate) port: u16,

    /// Hold N made-up numbers at each server, up to 9999999, instead of three.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=9_999_999))]
    pub(crate) numbers: Option<u32>,

    /// Write the ids of the numbers into this folder, one file for each vendor: `sandbox-twochat.txt` and so on.
    #[arg(long, value_name = "DIR")]
    pub(crate) ids: Option<PathBuf>,

    /// When it ends, write what happened to each number that was requested, as CSV.
    #[arg(long, value_name = "FILE")]
    pub(crate) record: Option<PathBuf>,

    /// Refuse with HTTP 429 what goes beyond this rate at a server, for example `60/min` or `5/s`.
    #[arg(long, value_name = "N/min", value_parser = rate)]
    rate: Option<(u32, Duration)>,

    /// Send no `Retry-After` with a 429.
    #[arg(long, requires = "rate")]
    no_retry_after: bool,

    /// Release this share of the numbers and lose the response, for example `1%`.
    #[arg(long, value_name = "N%", value_parser = share)]
    lose_answers: Option<f64>,

    /// Respond with HTTP 503 within this time since the start, for example `20s..40s`. Nothing is released.
    #[arg(long, value_name = "FROM..TO", value_parser = time)]
    outage: Option<Range<Duration>>,

    /// Refuse connections within this time since the start, for example `20s..40s`.
    #[arg(long, value_name = "FROM..TO", value_parser = time)]
    unreachable: Option<Range<Duration>>,

    /// Lose the responses of other numbers. With the same seed it is always the same ones.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    seed: u64,
}

impl SandboxArgs {
    pub(crate) fn builder(&self) -> Builder {
        let mut builder = Sandbox::builder()
            .first_port(self.port)
            .keep_requests(0)
            .numbers(self.numbers.unwrap_or_default())
            .seed(self.seed);
        if let Some((requests, window)) = self.rate {
            let limit = RateLimit::new(requests, window);
            builder = builder.rate_limit(if self.no_retry_after {
                limit.without_retry_after()
            } else {
                limit
            });
        }
        if let Some(time) = &self.unreachable {
            builder = builder.unreachable(time.clone());
        }
        builder
    }

    pub(crate) fn inject(&self, sandbox: &Sandbox) {
        if let Some(time) = &self.outage {
            sandbox.inject(Fault::error(503).during(time.clone()));
        }
        if let Some(share) = self.lose_answers {
            sandbox.inject(Fault::release_then_drop().share(share));
        }
    }
}

/// `60/min` or `5/s`.
fn rate(text: &str) -> Result<(u32, Duration), &'static str> {
    let seconds = |text: &str| match text {
        "s" => Some(1),
        "min" => Some(60),
        _ => None,
    };
    text.split_once('/')
        .and_then(|(count, unit)| Some((count.parse().ok()?, seconds(unit)?)))
        .map(|(count, seconds)| (count, Duration::from_secs(seconds)))
        .ok_or("expected a rate such as 60/min or 5/s")
}

/// `1%`, as a share of 1.
fn share(text: &str) -> Result<f64, &'static str> {
    text.strip_suffix('%')
        .and_then(|number| number.parse::<f64>().ok())
        .filter(|percent| (0.0..=100.0).contains(percent))
        .map(|percent| percent / 100.0)
        .ok_or("expected a percentage such as 1% or 0.5%")
}

/// `20s..40s`.
fn time(text: &str) -> Result<Range<Duration>, &'static str> {
    let wrong = "expected a time since the start such as 20s..40s or 1m..1m 30s";
    let (from, to) = text.split_once("..").ok_or(wrong)?;
    let parse = |text| humantime::parse_duration(text).map_err(|_| wrong);
    let (from, to) = (parse(from)?, parse(to)?);
    if from < to {
        Ok(from..to)
    } else {
        Err("it ends before it begins")
    }
}
