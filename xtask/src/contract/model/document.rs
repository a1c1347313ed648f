//! What surrounds the operation.

use super::operation::Operation;
use super::response::{Response, Schema};
use super::source::{Note, Source};
use indexmap::IndexMap;
use monostate::MustBe;
use serde::{Deserialize, Serialize};
use serde_saphyr::Spanned;

/// A contract's document.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The version.
    pub openapi: MustBe!("3.1.0"),
    /// The vendor.
    pub info: Info,
    /// The vendor's short name.
    #[serde(rename = "x-vendor")]
    pub vendor: Spanned<String>,
    /// What distinguishes the servers, if there are several.
    #[serde(rename = "x-servers")]
    pub servers_mean: Option<Note>,
    /// The servers.
    pub servers: Spanned<Vec<Spanned<Server>>>,
    /// The security scheme in use.
    pub security: Spanned<Vec<IndexMap<String, Vec<String>>>>,
    /// The path, with the operation by its method.
    pub paths: Spanned<IndexMap<String, Spanned<IndexMap<String, Operation>>>>,
    /// Schemas, shared responses and security schemes.
    pub components: Components,
    /// The environment variables that configure the client. These are ours, not the vendor's. Only secrets must
    /// be listed; for the others an entry changes the description.
    #[serde(rename = "x-variables")]
    pub variables: Vec<Spanned<Variable>>,
    /// Known differences from the vendor's own document.
    #[serde(rename = "x-differs", default)]
    pub differs: Vec<Differs>,
}

/// The vendor.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Info {
    /// The vendor's name, for people.
    pub title: String,
    /// The month in which the vendor's pages were read.
    pub version: String,
}

/// A server.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Scheme, host and fixed prefix.
    pub url: Spanned<String>,
    /// Its location, if there are several servers.
    pub description: Option<String>,
    /// The region's name, if there are several servers.
    #[serde(rename = "x-region")]
    pub region: Option<Spanned<String>>,
    /// The source of the fact.
    #[serde(rename = "x-source", default)]
    pub source: Source,
}

/// Components.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Components {
    /// Security schemes.
    #[serde(rename = "securitySchemes")]
    pub schemes: IndexMap<String, Spanned<Scheme>>,
    /// Responses to which the operation refers.
    #[serde(default)]
    pub responses: IndexMap<String, Spanned<Response>>,
    /// The JSON objects in responses.
    #[serde(default)]
    pub schemas: IndexMap<String, Spanned<Schema>>,
}

/// A security scheme.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// `http` or `apiKey`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Of an `http` scheme: `bearer`, `basic`, or another word before the key in `Authorization`.
    pub scheme: Option<String>,
    /// `header`, of an `apiKey`.
    #[serde(rename = "in")]
    pub place: Option<String>,
    /// The header, of an `apiKey`.
    pub name: Option<String>,
    /// Of `basic`: the parameter of the path that is the user too.
    #[serde(rename = "x-user")]
    pub user: Option<String>,
    /// What is sent.
    pub description: String,
    /// The source of the fact.
    #[serde(rename = "x-source", default)]
    pub source: Source,
}

/// An environment variable that configures the client.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// `secret`, `region`, `base_url`, or the name of a path parameter.
    pub holds: String,
    /// What it is.
    pub description: String,
}

/// Known differences between our contract and the vendor's own document.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Differs {
    /// Why they do not matter.
    pub reason: String,
    /// The differences. They are expected only together.
    pub facts: Vec<Deviation>,
}

/// A fact that differs.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Deviation {
    /// The fact, as `cargo xtask contract diff` names it.
    pub fact: String,
    /// What the vendor's document has.
    pub theirs: String,
}
