//! The command line, as clap reads it. A command with many arguments has a file of its own.

mod apply;
mod global;
mod help;
mod plan;
mod release;
mod settings;
mod status;

pub(crate) use apply::ApplyArgs;
pub(crate) use global::Global;
pub(crate) use plan::PlanArgs;
pub(crate) use release::ReleaseArgs;
pub(crate) use settings::{Flags, flag};
pub(crate) use status::{JournalArgs, ReportArgs, StatusArgs, StatusFormat};

use crate::sandbox::SandboxArgs;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};
use numbers::CompiledVendor;
use std::path::PathBuf;

/// Releases phone numbers at their vendors, and reports what happened to each.
///
/// A release can't be undone. `numbers demo` shows it with made-up numbers, and needs no account.
#[derive(Debug, Parser)]
#[command(name = "numbers", version, max_term_width = 100, after_help = help::NUMBERS)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,

    #[command(flatten)]
    pub(crate) global: Global,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Release numbers. It can't be undone.
    #[command(after_help = help::RELEASE)]
    Release(ReleaseArgs),
    /// Make a plan of a list of numbers, to be reviewed and then applied.
    #[command(after_help = help::PLAN)]
    Plan(PlanArgs),
    /// Release the numbers of a plan. To resume, run it again. It can't be undone.
    #[command(after_help = help::APPLY)]
    Apply(ApplyArgs),
    /// Show the state of each number of a plan, also while it is applied.
    #[command(after_help = help::STATUS)]
    Status(StatusArgs),
    /// Write one HTML page about a run, for those who approved it.
    #[command(after_help = help::REPORT)]
    Report(ReportArgs),
    /// List the vendors: what a release does, an example id, the rate limit, where to look a number up,
    /// and which settings are set, missing, and from where.
    #[command(after_help = help::VENDORS)]
    Vendors {
        /// Only this vendor.
        #[arg(value_name = "NAME", value_parser = vendor())]
        vendor: Option<CompiledVendor>,

        /// The output format.
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Release a few made-up numbers in a sandbox on this machine.
    #[command(after_help = help::DEMO)]
    Demo,
    /// Run the vendors' endpoints with made-up numbers on this machine until Ctrl-C.
    #[command(after_help = help::SANDBOX)]
    Sandbox(SandboxArgs),
    /// Print a completion script for a shell.
    #[command(after_help = help::COMPLETIONS)]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Write the manual pages into a folder, for packagers.
    #[command(hide = true)]
    Man {
        /// The folder, which must exist.
        folder: PathBuf,
    },
}

impl Command {
    /// The name of a command that reads no settings, so that `--config` and `--profile` do not apply.
    pub(crate) const fn without_settings(&self) -> Option<&'static str> {
        match self {
            Self::Release(_) | Self::Plan(_) | Self::Apply(_) | Self::Vendors { .. } => None,
            Self::Status(_) => Some("status"),
            Self::Report(_) => Some("report"),
            Self::Demo => Some("demo"),
            Self::Sandbox { .. } => Some("sandbox"),
            Self::Completions { .. } => Some("completions"),
            Self::Man { .. } => Some("man"),
        }
    }

    /// Whether the command only prints, so that a reader who has seen enough may close the pipe.
    pub(crate) const fn only_prints(&self) -> bool {
        match self {
            Self::Release(args) => args.dry_run,
            Self::Plan(_) | Self::Apply(_) | Self::Report(_) => false,
            Self::Sandbox { .. } | Self::Man { .. } => false,
            Self::Status(_) | Self::Vendors { .. } | Self::Demo | Self::Completions { .. } => true,
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Text,
    /// One JSON object per line, for programs.
    Json,
}

fn vendor() -> impl TypedValueParser<Value = CompiledVendor> {
    PossibleValuesParser::new(numbers::vendors().map(|vendor| vendor.vendor().as_str()))
        .try_map(|name| name.parse::<CompiledVendor>())
}
