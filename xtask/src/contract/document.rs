//! The part of OpenAPI 3.1 that a contract may use, and not a key more: what the generator does not
//! use is refused by name, line and column, so that nobody believes it had an effect.

use super::answers::Schema;
use super::call::PathItem;
use indexmap::IndexMap;
use serde::Deserialize;
use serde_saphyr::Spanned;

/// A contract as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Always `3.1.0`.
    pub openapi: Spanned<String>,
    /// Who the vendor is.
    pub info: Info,
    /// The vendor's short name.
    #[serde(rename = "x-vendor")]
    pub vendor: Spanned<String>,
    /// What the choice among several servers means.
    #[serde(rename = "x-servers")]
    pub servers_mean: Option<Note>,
    /// Where requests go.
    pub servers: Spanned<Vec<Spanned<Server>>>,
    /// The one scheme that applies.
    pub security: Spanned<Vec<IndexMap<String, Vec<String>>>>,
    /// The one path.
    pub paths: Spanned<IndexMap<String, Spanned<PathItem>>>,
    /// Schemas and schemes.
    pub components: Components,
    /// The variables that configure the client: our own facts, kept here so that each table shows
    /// the same.
    #[serde(rename = "x-variables")]
    pub variables: Vec<Spanned<Variable>>,
    /// Where the vendor's own document is known to differ.
    #[serde(rename = "x-differs", default)]
    pub differs: Vec<Differs>,
}

/// Who the vendor is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Info {
    /// The vendor's name, for people.
    pub title: String,
    /// The month in which the vendor's pages were read.
    pub version: String,
}

/// A server.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Scheme, host and fixed prefix.
    pub url: Spanned<String>,
    /// Where it stands.
    pub description: String,
    /// The name by which people choose it, where there are several.
    #[serde(rename = "x-region")]
    pub region: Option<Spanned<String>>,
    /// Where the fact is from.
    #[serde(rename = "x-source", default)]
    pub source: Source,
}

/// A fact in prose.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The fact.
    pub text: String,
    /// Where it is from.
    #[serde(rename = "x-source", default)]
    pub source: Source,
}

/// Where a fact is from. The vendor's page for the call unless something else is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// The vendor's page for this call.
    #[default]
    Page,
    /// Another page or repository of the vendor's.
    Vendor,
    /// A live answer or a working client that somebody else has published.
    Seen,
    /// Inference alone.
    Guess,
}

/// What the rest refers to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Components {
    /// How a vendor is told who asks.
    #[serde(rename = "securitySchemes")]
    pub schemes: Spanned<IndexMap<String, Spanned<Scheme>>>,
    /// The objects of the answers.
    pub schemas: IndexMap<String, Spanned<Schema>>,
}

/// How a vendor is told who asks.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// `http` or `apiKey`.
    #[serde(rename = "type")]
    pub kind: String,
    /// `bearer` or `basic`, of an `http` scheme.
    pub scheme: Option<String>,
    /// `header`, of an `apiKey`.
    #[serde(rename = "in")]
    pub place: Option<String>,
    /// The header, of an `apiKey`.
    pub name: Option<String>,
    /// What is sent.
    pub description: String,
    /// Where the fact is from.
    #[serde(rename = "x-source", default)]
    pub source: Source,
}

/// A variable that configures the client.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// `secret`, `region`, `base_url`, or the parameter of the path that it fills.
    pub holds: String,
    /// What it is.
    pub description: String,
}

/// What is known and meant to differ between our contract and the vendor's own document.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Differs {
    /// Why it is no difference that matters.
    pub reason: String,
    /// The facts that it explains, if all of them differ so.
    pub facts: Vec<Deviation>,
}

/// A fact that differs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deviation {
    /// The fact, as `cargo xtask contract diff` names it.
    pub fact: String,
    /// What stands in their document.
    pub theirs: String,
}
