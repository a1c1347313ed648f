use crate::journal::JournalError;
use std::error::Error as StdError;
use std::fmt;
use std::io;

/// Why a report can't be written.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReportError {
    /// The journal can't be read.
    Journal(JournalError),
    /// The page can't be written.
    Io(io::Error),
}

impl From<JournalError> for ReportError {
    fn from(error: JournalError) -> Self {
        Self::Journal(error)
    }
}

impl From<io::Error> for ReportError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl fmt::Display for ReportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Journal(error) => error.fmt(f),
            Self::Io(error) => write!(f, "the page can't be written: {error}"),
        }
    }
}

impl StdError for ReportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Journal(error) => error.source(),
            Self::Io(error) => Some(error),
        }
    }
}
