//! Errors in a contract, with their place.

use serde_saphyr::{Location, Spanned};
use std::fmt;

/// One error in a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The line, starting at 1.
    pub line: u64,
    /// The column, starting at 1.
    pub column: u64,
    /// What is wrong.
    pub what: String,
}

impl Refusal {
    /// An error at a value.
    pub fn at<T>(place: &Spanned<T>, what: impl Into<String>) -> Self {
        Self::new(Some(place.referenced), what.into())
    }

    fn new(place: Option<Location>, what: String) -> Self {
        Self {
            line: place.map_or(1, |place| place.line()),
            column: place.map_or(1, |place| place.column()),
            what,
        }
    }
}

/// All errors in one contract.
#[derive(Debug)]
pub struct Refusals {
    /// The contract's file.
    pub file: String,
    /// The errors, in the order of the rules.
    pub found: Vec<Refusal>,
}

impl Refusals {
    /// A file that could not be read.
    pub(crate) fn unreadable(file: String, error: &std::io::Error) -> Self {
        Self {
            file,
            found: vec![Refusal::new(None, format!("could not be read: {error}"))],
        }
    }

    /// The parser's error: it stops at the first.
    pub(crate) fn from_parser(file: &str, error: &serde_saphyr::Error) -> Self {
        let text = error.without_snippet().to_string();
        let what = text.split(" at line ").next().unwrap_or_default();
        Self {
            file: file.to_owned(),
            found: vec![Refusal::new(error.location(), what.to_owned())],
        }
    }
}

impl fmt::Display for Refusals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (count, Refusal { line, column, what }) in self.found.iter().enumerate() {
            let new_line = if count == 0 { "" } else { "\n" };
            write!(f, "{new_line}{}:{line}:{column}: {what}", self.file)?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusals {}
