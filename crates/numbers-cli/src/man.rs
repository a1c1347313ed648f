//! The manual pages.

use crate::args::Args;
use crate::exit::{Exit, Failure};
use crate::output::plain;
use clap::CommandFactory;
use std::path::Path;

/// Writes `numbers.1` and a page for each command into a folder.
pub(crate) fn write(folder: &Path) -> Result<Exit, Failure> {
    clap_mangen::generate_to(Args::command(), folder).map_err(|error| {
        let (folder, error) = (folder.display(), plain(&error));
        Failure::Refused(format!("{folder}: the pages can't be written: {error}"))
    })?;
    Ok(Exit::Done)
}
