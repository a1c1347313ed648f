//! `numbers report`.

use super::journal::{read, refused};
use crate::args::{Global, ReportArgs};
use crate::exit::{Exit, Failure};
use crate::output::{note, plain};
use numbers_batch::report::{ReportError, write_report};
use std::error::Error;
use std::io::{self, BufWriter};
use std::path::Path;
use tempfile::NamedTempFile;

pub(crate) async fn run(args: ReportArgs, global: &Global) -> Result<Exit, Failure> {
    let reading = read(&args.journal).await?;
    let unwritable = |error: &io::Error| {
        let message = format!("{}: {}", args.out.display(), plain(error));
        Failure::Unwritable(io::Error::other(message))
    };
    let file = scratch(&args.out).map_err(|error| unwritable(&without_path(error)))?;
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

/// A file beside the page, so that the page is there whole or not at all.
fn scratch(out: &Path) -> io::Result<NamedTempFile> {
    let folder = match out.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".numbers-report-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: the umask takes away what it should.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// The error of the system, without the name of the temporary file.
fn without_path(error: io::Error) -> io::Error {
    let system = error
        .source()
        .and_then(|source| source.downcast_ref::<io::Error>())
        .and_then(io::Error::raw_os_error);
    system.map_or(error, io::Error::from_raw_os_error)
}
