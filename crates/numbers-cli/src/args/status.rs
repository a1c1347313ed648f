//! `numbers status` and `numbers report`, which read a journal.

use clap::ValueEnum;
use std::ffi::OsString;
use std::path::PathBuf;

/// Which journal.
#[derive(Debug, clap::Args)]
pub(crate) struct JournalArgs {
    /// The journal: a file, or `postgres://…`. By default NUMBERS_JOURNAL. Put a URL with a password into
    /// NUMBERS_JOURNAL: everyone on the machine can read arguments.
    #[arg(long, value_name = "URL|FILE")]
    pub(crate) journal: Option<OsString>,

    /// The plan, or its hash: where a database has the journals of several.
    #[arg(long, value_name = "PLAN|HASH")]
    pub(crate) plan: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct StatusArgs {
    #[command(flatten)]
    pub(crate) journal: JournalArgs,

    /// Only the counts, the rate and the time left.
    #[arg(long)]
    pub(crate) summary: bool,

    /// The output format.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: StatusFormat,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum StatusFormat {
    /// For people: the numbers, if they are no more than 10,000, then the summary.
    #[default]
    Text,
    /// One JSON object per number. The summary goes to stderr.
    Json,
    /// Comma-separated values with a line of column names. The summary goes to stderr.
    Csv,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    pub(crate) journal: JournalArgs,

    /// The page to write. A file that is there is replaced.
    #[arg(long, value_name = "FILE.html")]
    pub(crate) out: PathBuf,
}
