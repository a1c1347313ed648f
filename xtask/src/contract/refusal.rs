//! What is wrong with a contract, and where.

use serde_saphyr::{Location, Spanned};
use std::fmt;

/// One thing that a contract must not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The line, from 1.
    pub line: u64,
    /// The column, from 1.
    pub column: u64,
    /// What is wrong there.
    pub what: String,
}

impl Refusal {
    /// Refuses what stands at a value.
    pub fn at<T>(place: &Spanned<T>, what: impl Into<String>) -> Self {
        Self::of(Some(place.referenced), what.into())
    }

    /// Refuses what stands in a place.
    pub(super) fn there(place: Location, what: String) -> Self {
        Self::of(Some(place), what)
    }

    fn of(place: Option<Location>, what: String) -> Self {
        Self {
            line: place.map_or(1, |place| place.line()),
            column: place.map_or(1, |place| place.column()),
            what,
        }
    }
}

/// All that is wrong with one contract.
#[derive(Debug)]
pub struct Refusals {
    /// The contract's file.
    pub file: String,
    /// What was found, in the order of the rules.
    pub found: Vec<Refusal>,
}

impl Refusals {
    /// A file that could not be read.
    pub(super) fn of_file(file: String, error: &std::io::Error) -> Self {
        Self {
            file,
            found: vec![Refusal::of(None, format!("could not be read: {error}"))],
        }
    }

    /// What the parser refused: it stops at the first.
    pub(super) fn of_parser(file: &str, error: &serde_saphyr::Error) -> Self {
        let text = error.without_snippet().to_string();
        let what = text.split(" at line ").next().unwrap_or_default();
        Self {
            file: file.to_owned(),
            found: vec![Refusal::of(error.location(), what.to_owned())],
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
