//! The flags that every command takes.

use clap::{ArgAction, ColorChoice};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// The configuration file, in place of `numbers.toml` in the configuration folder.
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) config: Option<PathBuf>,

    /// The profile of the configuration file; without it the profile `default`, if there is one.
    #[arg(long, value_name = "NAME", global = true)]
    pub(crate) profile: Option<String>,

    /// Colour: `auto` only on a terminal, and not if NO_COLOR is set.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t, global = true)]
    pub(crate) color: ColorChoice,

    /// Only results, errors, and what to check of numbers that are unknown.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,

    /// Log requests to stderr; -vv and -vvv log more. RUST_LOG chooses by target, such as
    /// `numbers=info`.
    #[arg(short, long, action = ArgAction::Count, global = true)]
    pub(crate) verbose: u8,
}
