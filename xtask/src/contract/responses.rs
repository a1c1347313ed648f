//! The responses of a contract: bodies, examples and schemas. Unknown keys are refused.

use super::document::Source;
use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;
use serde_saphyr::Spanned;

/// A documented response.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Response {
    /// When it is sent.
    pub description: String,
    /// For a success: what happened to the number.
    #[serde(rename = "x-outcome")]
    pub outcome: Option<Spanned<Outcome>>,
    /// For an error: what to check next.
    #[serde(rename = "x-hint")]
    pub hint: Option<Spanned<String>>,
    /// The source of the fact.
    #[serde(rename = "x-source", default)]
    pub source: Source,
    /// The body.
    pub content: Content,
}

/// What a success means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The number is released.
    Released,
    /// The request was accepted; the number is not released yet.
    Accepted,
}

/// A body by media type: always JSON.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// The JSON body.
    #[serde(rename = "application/json")]
    pub json: MediaType,
}

/// A body.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MediaType {
    /// Its schema.
    pub schema: Spanned<Body>,
    /// Example bodies, by name.
    #[serde(default)]
    pub examples: IndexMap<String, Spanned<Example>>,
}

/// The schema of a body: one of the components, or any of several.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// A single schema.
    #[serde(rename = "$ref")]
    pub to: Option<Spanned<String>>,
    /// Several schemas, the success first.
    #[serde(rename = "anyOf", default)]
    pub any_of: Vec<Reference>,
}

/// A reference to a component.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// `#/components/schemas/` and its name.
    #[serde(rename = "$ref")]
    pub to: Spanned<String>,
}

/// An example body. Generated tests replay it through the client.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What it shows.
    pub summary: String,
    /// The status to replay it with; only for the response `default`.
    #[serde(rename = "x-status")]
    pub status: Option<Spanned<u16>>,
    /// The outcome or error kind that the client reports for it.
    #[serde(rename = "x-result")]
    pub result: Spanned<String>,
    /// The vendor's message that the client finds in it.
    #[serde(rename = "x-message")]
    pub message: Option<String>,
    /// The vendor's code that the client finds in it.
    #[serde(rename = "x-code")]
    pub code: Option<String>,
    /// The source of the example.
    #[serde(rename = "x-source", default)]
    pub source: Source,
    /// The body.
    pub value: Spanned<Value>,
}

/// A JSON object in a response.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// When it is sent.
    pub description: String,
    /// Always `object`.
    #[serde(rename = "type")]
    pub kind: Object,
    /// The required fields.
    #[serde(default)]
    pub required: Vec<Spanned<String>>,
    /// The fields.
    pub properties: IndexMap<String, Spanned<Property>>,
}

/// An object.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Object {
    /// An object.
    Object,
}

/// A field of a response.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Property {
    /// What it means.
    pub description: String,
    /// Its type or types.
    #[serde(rename = "type")]
    pub kind: Option<Types>,
    /// Its schema, if it is an object.
    #[serde(rename = "$ref")]
    pub to: Option<Spanned<String>>,
    /// Its only possible value.
    #[serde(rename = "const")]
    pub value: Option<Spanned<Value>>,
    /// Its smallest possible value.
    pub minimum: Option<Spanned<i64>>,
    /// The source of the fact.
    #[serde(rename = "x-source", default)]
    pub source: Source,
}

/// One type or several.
#[derive(Debug, Clone, Deserialize)]
#[serde(
    untagged,
    expecting = "expected boolean, integer, string or array, or an array of these"
)]
pub enum Types {
    /// One.
    One(Type),
    /// Several.
    Many(Vec<Type>),
}

/// A JSON type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Type {
    /// A boolean.
    Boolean,
    /// An integer.
    Integer,
    /// A string.
    String,
    /// An array.
    Array,
}
