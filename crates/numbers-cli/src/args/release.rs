//! `numbers release`.

use super::{Flags, Format, vendor};
use numbers::CompiledVendor;
use numbers_batch::run::Rate;
use std::path::PathBuf;
use std::time::Duration;

#[derive(Debug, clap::Args)]
pub(crate) struct ReleaseArgs {
    /// The vendor that holds the numbers.
    #[arg(value_parser = vendor())]
    pub(crate) vendor: CompiledVendor,

    /// The vendor's ids of the numbers.
    #[arg(value_name = "ID", required_unless_present = "from", value_parser = id)]
    pub(crate) ids: Vec<String>,

    /// Read more ids from a file (`-` for standard input), one per line. Blank lines and lines that
    /// begin with `#` are ignored.
    #[arg(long, value_name = "FILE|-")]
    pub(crate) from: Option<PathBuf>,

    /// Accept odd ids: with inner spaces, a comma, a `#`, no digit, or a leading `+` or `-`.
    #[arg(long)]
    pub(crate) allow_odd_ids: bool,

    /// Check everything and print the requests, but send nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// Release without confirmation.
    #[arg(short, long)]
    pub(crate) yes: bool,

    /// Try again if the number was certainly not released and another try may help: up to three times
    /// without a connection; after too many requests (429) until 15 minutes passed without another
    /// response.
    #[arg(long)]
    pub(crate) retry: bool,

    /// The highest rate of requests: `45/min`, `5/s`, or `off`. By default the vendor's documented limit,
    /// if there are more ids than it allows in a minute.
    #[arg(long, value_name = "RATE")]
    pub(crate) rate: Option<Rate>,

    /// The output format.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,

    /// The time-out of each attempt, for example `45s` or `1m 30s`; by default 30s.
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) timeout: Option<Duration>,

    #[command(flatten)]
    pub(crate) flags: Flags,
}

/// Any string except `-`, which is probably meant as standard input.
fn id(text: &str) -> Result<String, &'static str> {
    match text {
        "-" => Err("`--from -` reads ids from standard input"),
        _ => Ok(text.to_owned()),
    }
}

pub(super) fn time(text: &str) -> Result<Duration, &'static str> {
    humantime::parse_duration(text).map_err(|_| "expected a time such as 45s or 1m 30s")
}
