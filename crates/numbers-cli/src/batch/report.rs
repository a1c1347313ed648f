//! `numbers report`.

use super::journal::{read, refused};
use crate::args::{Global, ReportArgs};
use crate::exit::{Exit, Failure};
use crate::output::{note, plain};
use numbers_batch::report::{ReportError, write_report};
use std::fs::OpenOptions;
use std::io::{self, BufWriter};
use std::path::Path;
use tempfile::NamedTempFile;

pub(crate) async fn run(args: ReportArgs, global: &Global) -> Result<Exit, Failure> {
    let reading = read(&args.journal).await?;
    let unwritable = |error: &io::Error| {
        let message = format!("{}: {}", args.out.display(), plain(error));
        Failure::Unwritable(io::Error::other(message))
    };
    let file = scratch(&args.out).map_err(|error| unwritable(&error))?;
    let mut page = BufWriter::with_capacity(64 * 1024, file);
    write_report(&mut page, &reading.reader, reading.vendor.endpoint())
        .await
        .map_err(|error| match error {
            ReportError::Io(error) => unwritable(&error),
            error => refused(error),
        })?;
    let page = page
        .into_inner()
        .map_err(|error| unwritable(error.error()))?;
    page.persist(&args.out)
        .map_err(|error| unwritable(&error.error))?;
    if !global.quiet {
        note(&format!("{} is written", args.out.display()));
    }
    Ok(Exit::Done)
}

/// A file beside the page, so that the page is there whole or not at all. It has the rights of any new file, and its
/// errors do not show its name.
fn scratch(out: &Path) -> io::Result<NamedTempFile> {
    let folder = match out.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    tempfile::Builder::new()
        .prefix(".numbers-report-")
        .make_in(folder, |scratch| {
            let mut options = OpenOptions::new();
            options.write(true).create_new(true).open(scratch)
        })
}
