//! Where a fact is from.

use serde::{Deserialize, Serialize};

/// A fact in prose.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The fact.
    pub text: String,
    /// The source of the fact.
    #[serde(rename = "x-source", default)]
    pub source: Source,
}

/// The source of a fact. By default the vendor's page for the call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// The vendor's page for this call.
    #[default]
    Page,
    /// Another page or repository of the vendor.
    Vendor,
    /// A real response or a working client published by a third party.
    Seen,
    /// Inferred.
    Guess,
}
