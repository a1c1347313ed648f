//! The operation: effects and path parameters.

use super::response::Response;
use super::source::{Note, Source};
use indexmap::IndexMap;
use monostate::MustBe;
use serde::{Deserialize, Serialize};
use serde_saphyr::Spanned;
use std::num::NonZeroU32;

/// The operation.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    /// The vendor's name for it.
    #[serde(rename = "operationId")]
    pub id: Spanned<String>,
    /// What it does, in the imperative.
    pub summary: String,
    /// The consequences, in a sentence.
    pub description: String,
    /// What else a caller should know, from other sources than the vendor's page.
    #[serde(rename = "x-note")]
    pub note: Option<Note>,
    /// The vendor's page.
    #[serde(rename = "externalDocs")]
    pub docs: ExternalDocs,
    /// Where a person can look a number up.
    #[serde(rename = "x-lookup")]
    pub lookup: Note,
    /// The effects of the call, if there is more than the description.
    #[serde(rename = "x-effects", default)]
    pub effects: Vec<Note>,
    /// Rate limits and similar limits.
    #[serde(rename = "x-limits", default)]
    pub limits: Vec<Note>,
    /// The documented rate limit: the lowest figure if pages disagree.
    #[serde(rename = "x-requests-per-minute")]
    pub requests_per_minute: Option<Spanned<NonZeroU32>>,
    /// What is not documented.
    #[serde(rename = "x-unknown", default)]
    pub unknown: Vec<String>,
    /// The parameters of the path.
    pub parameters: Vec<Spanned<Parameter>>,
    /// The documented responses, by status.
    pub responses: IndexMap<String, Spanned<Response>>,
}

/// The vendor's page.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ExternalDocs {
    /// Its address.
    pub url: String,
    /// The source of the address.
    #[serde(rename = "x-source", default)]
    pub source: Source,
}

/// A parameter of the path.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Its name in the path's braces.
    pub name: String,
    /// Its name in Rust and in the variable, if not the one in the path.
    #[serde(rename = "x-name")]
    pub own: Option<String>,
    /// Always the path.
    #[serde(rename = "in")]
    pub place: MustBe!("path"),
    /// Always true.
    pub required: MustBe!(true),
    /// What it is.
    pub description: String,
    /// What else is known, from other sources than the vendor's page.
    #[serde(rename = "x-note")]
    pub note: Option<Note>,
    /// An example value.
    pub example: Spanned<String>,
    /// Its type: always a string.
    pub schema: ParameterSchema,
    /// Its format, if known.
    #[serde(rename = "x-form", default)]
    pub format: IdFormat,
    /// The source of the fact.
    #[serde(rename = "x-source", default)]
    pub source: Source,
}

impl Parameter {
    /// Its name in Rust.
    pub fn rust_name(&self) -> &str {
        self.own.as_ref().unwrap_or(&self.name)
    }
}

/// The type of a parameter.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ParameterSchema {
    /// Always a string.
    #[serde(rename = "type")]
    pub kind: MustBe!("string"),
}

/// The format of an id, besides being one path segment.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum IdFormat {
    /// Unknown.
    #[default]
    Opaque,
    /// A prefix followed by a hyphenated UUID.
    Uuid(Prefix),
    /// Anything without this prefix.
    Without(Prefix),
}

/// A prefix.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Prefix {
    /// The prefix itself.
    pub prefix: String,
}

impl IdFormat {
    /// Checks an id.
    ///
    /// # Errors
    ///
    /// What is expected instead.
    pub fn check(&self, id: &str) -> Result<(), String> {
        match self {
            Self::Uuid(uuid) if id.strip_prefix(&uuid.prefix).map(str::len) != Some(36) => {
                Err(format!("expected {} and a hyphenated UUID", uuid.prefix))
            }
            Self::Without(left) if id.starts_with(&left.prefix) => {
                Err(format!("expected it without the leading {}", left.prefix))
            }
            _ => Ok(()),
        }
    }
}
