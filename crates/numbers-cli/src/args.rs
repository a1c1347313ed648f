//! The command line, as clap reads it.

use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};
use numbers::CompiledVendor;
use std::path::PathBuf;
use std::time::Duration;

/// Releases phone numbers at 2Chat, Synthflow and Exotel, and says truthfully what happened.
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
    /// List the vendors: what the call does at each, its settings, where to look a number up.
    Vendors,
    /// Release a few made-up numbers on this machine, to see what it looks like.
    Demo,
    /// Run the vendors' endpoints on this machine, with made-up numbers, until Ctrl-C.
    Sandbox {
        /// The first of six ports in a row; free ones unless given.
        #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
        port: u16,
    },
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

    /// The numbers, by the vendor's ids.
    #[arg(value_name = "ID", required_unless_present = "from", value_parser = id)]
    pub(crate) ids: Vec<String>,

    /// Read more ids from a file (`-` for standard input), one a line. Blank lines and lines that
    /// begin with `#` are passed over.
    #[arg(long, value_name = "FILE|-")]
    pub(crate) from: Option<PathBuf>,

    /// Check everything, print what would be sent, and send nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// Do not ask for confirmation.
    #[arg(short, long)]
    pub(crate) yes: bool,

    /// Try again, up to three times, where a number certainly was not released and another try may
    /// end otherwise: no connection, or too many requests.
    #[arg(long)]
    pub(crate) retry: bool,

    /// How to print the results.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,

    /// The longest that each attempt may take, such as `45s` or `1m 30s`; 30s unless given.
    #[arg(long, value_name = "TIME", value_parser = humantime::parse_duration)]
    pub(crate) timeout: Option<Duration>,

    #[command(flatten)]
    pub(crate) settings: Settings,
}

/// Settings that win over the environment. None may be empty: it would hide the variable, and itself
/// count as not set. Secrets are not among them: the arguments of a process are there for everyone on
/// the machine to read.
#[derive(Debug, clap::Args)]
#[command(
    next_help_heading = "Settings, in place of the vendor's variables (keys come from the environment alone)"
)]
pub(crate) struct Settings {
    /// The region of the account, in place of `<VENDOR>_REGION`.
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    pub(crate) region: Option<String>,

    /// The server, in place of `<VENDOR>_BASE_URL` and of a region.
    #[arg(long, value_name = "URL", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) base_url: Option<String>,

    /// The account, in place of `<VENDOR>_ACCOUNT_SID`.
    #[arg(long, value_name = "SID", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) account_sid: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A line a number, for people.
    #[default]
    Text,
    /// A JSON object a line, for programs.
    Json,
}

fn vendor() -> impl TypedValueParser<Value = CompiledVendor> {
    PossibleValuesParser::new(numbers::vendors().map(|vendor| vendor.vendor().as_str()))
        .try_map(|name| name.parse::<CompiledVendor>())
}

/// Any text but `-`, by which nobody means a number.
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
  2    usage, configuration or input is wrong: nothing was sent
  3    some failed, none is unknown
  4    of some it is unknown whether they are released
  130  interrupted";
