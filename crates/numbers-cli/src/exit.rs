//! How the command ends.

use std::fmt;
use std::io;
use std::process::ExitCode;

/// The exit codes. Programs depend on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All went well; of a release: every number is released, accepted or absent.
    Done = 0,
    /// The output could not be written.
    Unwritable = 1,
    /// Usage, configuration or input is wrong: nothing was sent and stdout is empty.
    Refused = 2,
    /// Some numbers were not released, and what became of each is certain; of the demo: an answer was
    /// not the one that it shows.
    Failed = 3,
    /// Of some numbers nobody knows whether they are gone.
    Unknown = 4,
    /// Stopped by a signal.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command ended before it could do its work.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Nothing was sent, for this reason.
    Refused(String),
    /// Stdout could not be written.
    Unwritable(io::Error),
}

impl Failure {
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
            Self::Unwritable(error) => write!(f, "the output could not be written: {error}"),
        }
    }
}

/// The only I/O that is passed on with `?` is the writing to stdout.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Unwritable(error)
    }
}
