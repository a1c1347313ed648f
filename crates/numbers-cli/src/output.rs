//! Stdout and stderr.

use crate::exit::Failure;
use std::io::{self, Write};

/// Refuses a stdout that is open for reading only. Rust's standard library silently drops what is written
/// to it, so results would be lost.
#[cfg(unix)]
pub(crate) fn stdout_is_writable() -> Result<(), Failure> {
    use nix::fcntl::{FcntlArg, OFlag, fcntl};

    let flags = fcntl(io::stdout(), FcntlArg::F_GETFL).map_err(io::Error::from)?;
    match OFlag::from_bits_retain(flags) & OFlag::O_ACCMODE {
        OFlag::O_RDONLY => Err(Failure::Unwritable(io::Error::other(
            "stdout is open for reading only",
        ))),
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "it fails on Unix")]
pub(crate) fn stdout_is_writable() -> Result<(), Failure> {
    Ok(())
}

/// Writes lines to stderr. Errors are ignored: there is nowhere to report them.
pub(crate) fn note(text: &str) {
    let mut stderr = io::stderr().lock();
    for line in text.lines() {
        let _ = writeln!(stderr, "numbers: {line}");
    }
}
