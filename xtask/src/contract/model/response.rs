//! Responses: bodies, examples and schemas.

use super::source::Source;
use indexmap::IndexMap;
use monostate::MustBe;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_saphyr::Spanned;

/// A documented response.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Response {
    /// Instead of everything else: a response under `components/responses`.
    #[serde(rename = "$ref")]
    pub to: Option<Spanned<String>>,
    /// When it is sent.
    #[serde(default)]
    pub description: String,
    /// For a success: what happened to the number.
    #[serde(rename = "x-outcome")]
    pub outcome: Option<Outcome>,
    /// For an error: what to check next.
    #[serde(rename = "x-hint")]
    pub hint: Option<Spanned<String>>,
    /// The source of the fact.
    #[serde(rename = "x-source", default)]
    pub source: Source,
    /// The body by media type, always JSON. Without it the response has no body.
    pub content: Option<Content>,
}

impl Response {
    /// The JSON body.
    pub fn json(&self) -> Option<&MediaType> {
        self.content.as_ref().map(|content| &content.json)
    }
}

/// What a success means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The number is released.
    Released,
    /// The request was accepted; the number is not released yet.
    Accepted,
}

impl Outcome {
    /// The name used in the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Released => "released",
            Self::Accepted => "accepted",
        }
    }
}

/// A body by media type: always JSON.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// The JSON body.
    #[serde(rename = "application/json")]
    pub json: MediaType,
}

/// A body.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MediaType {
    /// Its schema.
    pub schema: Spanned<Body>,
    /// Example bodies, by name.
    #[serde(default)]
    pub examples: IndexMap<String, Spanned<Example>>,
}

/// The schema of a body: one of the components, or any of several.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// A single schema.
    #[serde(rename = "$ref")]
    pub to: Option<Spanned<String>>,
    /// Several schemas, the success first.
    #[serde(rename = "anyOf", default)]
    pub any_of: Vec<Reference>,
}

impl Body {
    /// The referenced schemas, the success first.
    pub fn references(&self) -> impl Iterator<Item = &Spanned<String>> {
        self.to.iter().chain(self.any_of.iter().map(|one| &one.to))
    }
}

/// A reference to a component.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// `#/components/schemas/` and its name.
    #[serde(rename = "$ref")]
    pub to: Spanned<String>,
}

/// An example body. Generated tests replay it through the client.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What it shows.
    pub summary: String,
    /// The status to replay it with; only for the response `default`.
    #[serde(rename = "x-status")]
    pub status: Option<Spanned<u16>>,
    /// What the client reports for it: an outcome, a kind of error, or `unknown` for a body under 2xx that is
    /// neither the success nor an error.
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
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// When it is sent.
    pub description: String,
    /// Always `object`.
    #[serde(rename = "type")]
    pub kind: MustBe!("object"),
    /// The required fields.
    #[serde(default)]
    pub required: Vec<Spanned<String>>,
    /// Whether there are fields beyond those listed.
    #[serde(rename = "additionalProperties", default)]
    pub open: bool,
    /// The fields.
    pub properties: IndexMap<String, Spanned<Property>>,
}

impl Schema {
    /// Whether a field must be there.
    pub fn requires(&self, field: &str) -> bool {
        self.required.iter().any(|name| name.value == field)
    }
}

/// A field of a response.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Property {
    /// What it means.
    pub description: String,
    /// Its type or types.
    #[serde(rename = "type")]
    kind: Option<Types>,
    /// Its schema, if it is an object.
    #[serde(rename = "$ref")]
    pub to: Option<Spanned<String>>,
    /// What it is a list of, if it is an array.
    pub items: Option<Items>,
    /// Its only possible value.
    #[serde(rename = "const")]
    pub value: Option<Spanned<Value>>,
    /// Its possible values.
    #[serde(rename = "enum", default)]
    pub values: Vec<Spanned<Value>>,
    /// Its smallest possible value.
    pub minimum: Option<Spanned<i64>>,
    /// What it is to an error.
    #[serde(rename = "x-error")]
    pub role: Option<Role>,
    /// The source of the fact.
    #[serde(rename = "x-source", default)]
    pub source: Source,
}

impl Property {
    /// The possible types; empty for an object.
    pub fn types(&self) -> &[Type] {
        match &self.kind {
            None => &[],
            Some(Types::One(one)) => std::slice::from_ref(one),
            Some(Types::Many(many)) => many,
        }
    }

    /// The values that it is restricted to, if it is.
    pub fn only(&self) -> impl Iterator<Item = &Spanned<Value>> {
        self.value.iter().chain(&self.values)
    }

    /// The schema that it refers to, by itself or as a list.
    pub fn reference(&self) -> Option<&Spanned<String>> {
        let items = self.items.as_ref().and_then(|items| items.to.as_ref());
        self.to.as_ref().or(items)
    }
}

/// What an array is a list of.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Items {
    /// A type.
    #[serde(rename = "type")]
    pub kind: Option<Type>,
    /// A schema.
    #[serde(rename = "$ref")]
    pub to: Option<Spanned<String>>,
}

/// What a field is to an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The vendor's code.
    Code,
    /// The vendor's message. Of several, the first that is there counts.
    Message,
    /// The HTTP status again.
    Status,
    /// The vendor's id for the request.
    RequestId,
}

/// One type or several.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(
    untagged,
    expecting = "expected boolean, integer, number, string or array, or an array of these; an object is a schema of its own, with a $ref, and null is not named"
)]
enum Types {
    One(Type),
    Many(Vec<Type>),
}

/// A JSON type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Type {
    /// A boolean.
    Boolean,
    /// An integer.
    Integer,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
}

impl Type {
    /// Whether a value is of this type.
    pub fn fits(self, value: &Value) -> bool {
        match self {
            Self::Boolean => value.is_boolean(),
            Self::Integer => value.is_i64() || value.is_u64(),
            Self::Number => value.is_number(),
            Self::String => value.is_string(),
            Self::Array => value.is_array(),
        }
    }
}
