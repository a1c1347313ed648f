//! How a contract's requests authenticate.

use super::Contract;
use super::document::Scheme;
use anyhow::{Context, Result};

/// How requests authenticate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Auth {
    /// A key in this header.
    Header(String),
    /// `Authorization: Bearer`.
    Bearer,
    /// `Authorization: Basic`.
    Basic,
}

impl Contract {
    /// The scheme that applies, by its name among the components.
    pub fn scheme(&self) -> Option<&Scheme> {
        let name = self.document.security.value.first()?.keys().next()?;
        Some(&self.document.components.schemes.value.get(name)?.value)
    }

    /// How requests authenticate.
    ///
    /// # Errors
    ///
    /// Never for a valid contract, which has one of these schemes.
    pub fn auth(&self) -> Result<Auth> {
        let scheme = self.scheme().context("no scheme applies")?;
        let (kind, name, place) = (
            scheme.kind.as_str(),
            scheme.scheme.as_deref(),
            scheme.place.as_deref(),
        );
        match (kind, name, place, &scheme.name) {
            ("http", Some("bearer"), None, None) => Ok(Auth::Bearer),
            ("http", Some("basic"), None, None) => Ok(Auth::Basic),
            ("apiKey", None, Some("header"), Some(header)) => Ok(Auth::Header(header.clone())),
            _ => anyhow::bail!(
                "expected type http with scheme bearer or basic, or type apiKey in header with a name"
            ),
        }
    }
}
