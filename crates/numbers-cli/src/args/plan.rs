//! `numbers plan`.

use super::{Flags, vendor};
use numbers::CompiledVendor;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct PlanArgs {
    /// The vendor that holds the numbers.
    #[arg(value_parser = vendor())]
    pub(crate) vendor: CompiledVendor,

    /// The list of ids (`-` for standard input): one per line, or CSV. Blank lines and lines that begin
    /// with `#` are ignored.
    #[arg(long, value_name = "FILE|-")]
    pub(crate) from: PathBuf,

    /// The column of the ids: the list is CSV, with commas and a line of column names. A file whose name
    /// ends in `.csv` is CSV too, and needs no name if it has one column.
    #[arg(long, value_name = "NAME")]
    pub(crate) column: Option<String>,

    /// Accept odd ids: with inner spaces, a comma, a `#`, no digit, or a leading `+` or `-`.
    #[arg(long)]
    pub(crate) allow_odd_ids: bool,

    /// The plan to write. It never replaces a file.
    #[arg(long, value_name = "PLAN")]
    pub(crate) out: PathBuf,

    #[command(flatten)]
    pub(crate) flags: Flags,
}
