//! `numbers apply`.

use super::{Flags, Format};
use numbers_batch::run::Rate;
use std::ffi::OsString;
use std::num::{NonZeroU64, NonZeroUsize};
use std::path::PathBuf;
use std::time::Duration;

#[derive(Debug, clap::Args)]
pub(crate) struct ApplyArgs {
    /// The plan, as `numbers plan` wrote it.
    #[arg(value_name = "PLAN")]
    pub(crate) plan: PathBuf,

    /// The journal: a file, or `postgres://…` for several machines. By default NUMBERS_JOURNAL, or else a
    /// file beside the plan, `PLAN.journal`. Put a URL with a password into NUMBERS_JOURNAL: everyone on
    /// the machine can read arguments.
    #[arg(long, value_name = "URL|FILE")]
    pub(crate) journal: Option<OsString>,

    /// How many numbers may be in flight at once, up to 1024; by default 4.
    #[arg(long, value_name = "N")]
    pub(crate) concurrency: Option<NonZeroUsize>,

    /// The highest rate of requests, of all machines together: `45/min`, `5/s`, or `off`. By default the
    /// vendor's documented limit, or 60/min if there is none.
    #[arg(long, value_name = "RATE")]
    pub(crate) rate: Option<Rate>,

    /// Stop after so many numbers failed or became unknown.
    #[arg(long, value_name = "N")]
    pub(crate) max_failures: Option<NonZeroU64>,

    /// How long the vendor may refuse every request with 429, or every connection may fail, until it
    /// stops; by default 15m.
    #[arg(long, value_name = "TIME", value_parser = super::release::time)]
    pub(crate) give_up_after: Option<Duration>,

    /// Send unknown numbers again. Where the vendor no longer has one, it is absent. Look them up first.
    #[arg(long)]
    pub(crate) resend_unknown: bool,

    /// With --resend-unknown, where ids are phone numbers: also those that were sent more than an hour
    /// ago, although such a number may have been bought again since.
    #[arg(long, requires = "resend_unknown")]
    pub(crate) even_if_bought_anew: bool,

    /// Accept another key than the plan was made with, where the account's name is the same.
    #[arg(long)]
    pub(crate) credential_changed: bool,

    /// Accept a journal file that was moved. Never for a copy: what was released since would be sent again.
    #[arg(long)]
    pub(crate) journal_moved: bool,

    /// Release without confirmation.
    #[arg(short, long)]
    pub(crate) yes: bool,

    /// The output format.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,

    /// The time-out of each attempt, for example `45s` or `1m 30s`; by default 30s.
    #[arg(long, value_name = "TIME", value_parser = super::release::time)]
    pub(crate) timeout: Option<Duration>,

    #[command(flatten)]
    pub(crate) flags: Flags,
}
