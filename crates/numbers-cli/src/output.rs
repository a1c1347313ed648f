//! Stdout and stderr.

use crate::exit::Failure;
use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use clap::ColorChoice;
use numbers::Disposition;
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

/// Writes lines to stderr, each with one write, so that lines of several processes do not mix. Errors are
/// ignored: there is nowhere to report them.
pub(crate) fn note(text: &str) {
    for line in text.lines() {
        lines(&format!("numbers: {line}\n"));
    }
}

/// Writes text to stderr as it is, each line with one write.
pub(crate) fn lines(text: &str) {
    let mut stderr = io::stderr().lock();
    for line in text.split_inclusive('\n') {
        let _ = stderr.write_all(line.as_bytes());
    }
}

/// An error without the number that the system gives it.
pub(crate) fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    match text.split_once(" (os error ") {
        Some((words, _)) => words.to_owned(),
        None => text,
    }
}

/// Chooses colour for all that is written from now on.
pub(crate) fn choose_color(choice: ColorChoice) {
    let choice = match choice {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    };
    choice.write_global();
}

/// Whether stdout and stderr show colour: the flag decides, or else the terminal and NO_COLOR.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Color {
    pub(crate) stdout: bool,
    pub(crate) stderr: bool,
}

impl Color {
    pub(crate) fn detect() -> Self {
        Self {
            stdout: AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never,
            stderr: AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never,
        }
    }
}

/// A text in the colour of its disposition: only what needs attention has one.
pub(crate) fn painted(text: &str, disposition: Disposition, color: bool) -> String {
    let style = match disposition {
        Disposition::Failed => AnsiColor::Red.on_default(),
        Disposition::Unknown => AnsiColor::Yellow.on_default().bold(),
        Disposition::Released | Disposition::Accepted | Disposition::Absent => Style::new(),
    };
    if color {
        format!("{style}{text}{style:#}")
    } else {
        text.to_owned()
    }
}
