//! Exit codes and early failures.

use crate::output::plain;
use std::fmt;
use std::io;
use std::process::ExitCode;

/// The exit codes. Programs depend on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Success; for a release: every number is released, accepted or absent.
    Done = 0,
    /// The output could not be written.
    Unwritable = 1,
    /// Usage, configuration or input is wrong: nothing was sent and stdout is empty.
    Refused = 2,
    /// Some numbers failed, none is unknown; for the demo: an unexpected response.
    Failed = 3,
    /// Some numbers are unknown: they may have been released.
    Unknown = 4,
    /// Ended by a signal.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command ended early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Nothing was sent, for this reason.
    Refused(String),
    /// Stdout could not be written.
    Unwritable(io::Error),
}

impl Failure {
    /// Input that can't be read.
    pub(crate) fn unreadable(name: &str, error: &io::Error) -> Self {
        Self::Refused(format!("{name} can't be read: {}", plain(error)))
    }

    /// Whether the reader of stdout closed it.
    pub(crate) fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Unwritable(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    pub(crate) const fn exit(&self) -> Exit {
        match self {
            Self::Refused(_) => Exit::Refused,
            Self::Unwritable(_) => Exit::Unwritable,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(why) => f.write_str(why),
            Self::Unwritable(error) => {
                write!(f, "the output could not be written: {}", plain(error))
            }
        }
    }
}

/// Only writes to stdout use `?` on I/O errors.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Unwritable(error)
    }
}
