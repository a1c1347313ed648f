//! The answers of a contract: bodies, their examples and their schemas. As strict as the rest of
//! the document.

use super::document::Source;
use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;
use serde_saphyr::Spanned;

/// A documented answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Response {
    /// When it comes.
    pub description: String,
    /// What it means for the number, where it is a success.
    #[serde(rename = "x-outcome")]
    pub outcome: Option<Spanned<Outcome>>,
    /// What to look at next, where there is a trap.
    #[serde(rename = "x-hint")]
    pub hint: Option<Spanned<String>>,
    /// Where the fact is from.
    #[serde(rename = "x-source", default)]
    pub source: Source,
    /// The body.
    pub content: Content,
}

/// What a success means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The number is gone.
    Released,
    /// The order was taken; the number is not gone yet.
    Accepted,
}

/// A body by its type: always JSON.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// A body of JSON.
    #[serde(rename = "application/json")]
    pub json: MediaType,
}

/// A body.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MediaType {
    /// Its schema.
    pub schema: Spanned<Body>,
    /// Bodies that may come, by name.
    #[serde(default)]
    pub examples: IndexMap<String, Spanned<Example>>,
}

/// The schema of a body: one of the components, or any of several.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// One.
    #[serde(rename = "$ref")]
    pub to: Option<Spanned<String>>,
    /// Several, the success first.
    #[serde(rename = "anyOf", default)]
    pub any_of: Vec<Reference>,
}

/// The schema of a component.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// `#/components/schemas/` and its name.
    #[serde(rename = "$ref")]
    pub to: Spanned<String>,
}

/// An example of a body, which every vendor's tests replay.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What it shows.
    pub summary: String,
    /// The status under which it is replayed; for the answer `default` alone.
    #[serde(rename = "x-status")]
    pub status: Option<Spanned<u16>>,
    /// The outcome or the kind of the error that the client makes of it.
    #[serde(rename = "x-result")]
    pub result: Spanned<String>,
    /// The vendor's words that the client finds in it.
    #[serde(rename = "x-message")]
    pub message: Option<String>,
    /// The vendor's code that the client finds in it.
    #[serde(rename = "x-code")]
    pub code: Option<String>,
    /// Where it is from.
    #[serde(rename = "x-source", default)]
    pub source: Source,
    /// The body.
    pub value: Spanned<Value>,
}

/// An object of an answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// When it comes.
    pub description: String,
    /// Always an object.
    #[serde(rename = "type")]
    pub kind: Object,
    /// The fields that must be there.
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

/// A field of an answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Property {
    /// What it says.
    pub description: String,
    /// Its type, or several.
    #[serde(rename = "type")]
    pub kind: Option<Types>,
    /// The object that it is.
    #[serde(rename = "$ref")]
    pub to: Option<Spanned<String>>,
    /// The one value that it has here.
    #[serde(rename = "const")]
    pub value: Option<Spanned<Value>>,
    /// The least number that it has here.
    pub minimum: Option<Spanned<i64>>,
    /// Where the fact is from.
    #[serde(rename = "x-source", default)]
    pub source: Source,
}

/// One type or several.
#[derive(Debug, Clone, Deserialize)]
#[serde(
    untagged,
    expecting = "expected boolean, integer, string or array, or a list of these"
)]
pub enum Types {
    /// One.
    One(Type),
    /// Several.
    Many(Vec<Type>),
}

/// A type of JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Type {
    /// A truth value.
    Boolean,
    /// A whole number.
    Integer,
    /// A text.
    String,
    /// A list.
    Array,
}
