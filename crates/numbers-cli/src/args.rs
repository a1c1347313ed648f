//! The command line, as clap reads it.

use crate::sandbox::SandboxArgs;
use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};
use numbers::CompiledVendor;
use std::path::PathBuf;
use std::time::Duration;

/// Releases phone numbers at 2Chat, Synthflow and Exotel, and reports what happened to each.
#[derive(Debug, Parser)]
#[command(name = "numbers", version)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Release numbers. It can't be undone.
    #[command(after_help = EXIT_CODES)]
    Release(ReleaseArgs),
    /// List the vendors: what a release does, settings, an example id, the rate limit, where to look a
    /// number up.
    Vendors,
    /// Release a few made-up numbers in a sandbox on this machine.
    Demo,
    /// Run the vendors' endpoints with made-up numbers on this machine until Ctrl-C.
    Sandbox(SandboxArgs),
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

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

    /// Check everything and print the requests, but send nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// Release without confirmation.
    #[arg(short, long)]
    pub(crate) yes: bool,

    /// Retry up to three times if the number was certainly not released and a retry may help: no
    /// connection, or too many requests.
    #[arg(long)]
    pub(crate) retry: bool,

    /// The output format.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,

    /// The time-out of each attempt, for example `45s` or `1m 30s`; by default 30s.
    #[arg(long, value_name = "TIME", value_parser = humantime::parse_duration)]
    pub(crate) timeout: Option<Duration>,

    #[command(flatten)]
    pub(crate) settings: Settings,
}

/// Settings that override the environment. An empty flag is refused: it would hide the variable and count as
/// not set. Secrets have no flags, because everyone on the machine can read a process's arguments.
#[derive(Debug, clap::Args)]
#[command(
    next_help_heading = "Settings that override the vendor's variables (keys come only from the environment)"
)]
pub(crate) struct Settings {
    /// The region of the account; overrides `<VENDOR>_REGION`.
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    pub(crate) region: Option<String>,

    /// The server, instead of a region; overrides `<VENDOR>_BASE_URL`.
    #[arg(long, value_name = "URL", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) base_url: Option<String>,

    /// The account; overrides `<VENDOR>_ACCOUNT_SID`.
    #[arg(long, value_name = "SID", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) account_sid: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// One line per number, for people.
    #[default]
    Text,
    /// One JSON object per line, for programs.
    Json,
}

fn vendor() -> impl TypedValueParser<Value = CompiledVendor> {
    PossibleValuesParser::new(numbers::vendors().map(|vendor| vendor.vendor().as_str()))
        .try_map(|name| name.parse::<CompiledVendor>())
}

/// Any string except `-`, which is probably meant as standard input.
fn id(text: &str) -> Result<String, &'static str> {
    match text {
        "-" => Err("`--from -` reads ids from standard input"),
        _ => Ok(text.to_owned()),
    }
}

const EXIT_CODES: &str = "\
Exit codes:
  0    every number is released, accepted or absent
  1    the output could not be written
  2    usage, configuration or input is wrong, or not confirmed: nothing was sent
  3    some failed, none is unknown
  4    some are unknown: they may have been released
  130  interrupted";
