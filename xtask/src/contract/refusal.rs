//! Errors in a contract, with their place.

use serde_saphyr::{Location, Spanned, UserMessageFormatter};
use std::fmt;

/// One error in a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    place: Option<Location>,
    what: String,
}

impl Refusal {
    /// An error at a value.
    pub fn at<T>(place: &Spanned<T>, what: impl Into<String>) -> Self {
        Self {
            place: Some(place.referenced),
            what: what.into(),
        }
    }

    /// A file that could not be read.
    pub(crate) fn unreadable(error: &std::io::Error) -> Self {
        Self {
            place: None,
            what: format!("could not be read: {error}"),
        }
    }

    /// The parser's error: it stops at the first.
    pub(crate) fn from_parser(error: &serde_saphyr::Error) -> Self {
        // Without advice on how to call the parser.
        let text = (error.without_snippet()).render_with_formatter(&UserMessageFormatter);
        let what = text.split(" at line ").next().unwrap_or_default();
        Self {
            place: error.location(),
            what: what.to_owned(),
        }
    }
}

/// The errors of one or more contracts, each as a line with its file.
#[derive(Debug, Default)]
pub struct Refusals(Vec<String>);

impl Refusals {
    /// The errors in a file.
    pub(crate) fn new(file: &str, found: &[Refusal]) -> Self {
        let shown = |Refusal { place, what }: &Refusal| {
            let (line, column) = place.map_or((1, 1), |place| (place.line(), place.column()));
            format!("{file}:{line}:{column}: {what}")
        };
        Self(found.iter().map(shown).collect())
    }

    /// Adds those of another contract.
    pub(crate) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Fails if there are any.
    pub(crate) fn none(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}

impl fmt::Display for Refusals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for Refusals {}
