//! The call of a contract: its method, what it does, and the parameters of its path. As strict as the
//! rest of the document.

use super::answers::Response;
use super::document::{Note, Source};
use indexmap::IndexMap;
use serde::Deserialize;
use serde_saphyr::Spanned;

/// A path: one operation by its method.
pub type PathItem = IndexMap<Method, Operation>;

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
}

impl Method {
    /// The name as it is sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// The call.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    /// The vendor's name for it.
    #[serde(rename = "operationId")]
    pub id: Spanned<String>,
    /// What it does, in an order.
    pub summary: String,
    /// What it does to whoever makes it, in a sentence.
    pub description: String,
    /// What else must be known before, from elsewhere than the vendor's page.
    #[serde(rename = "x-note")]
    pub note: Option<Note>,
    /// The vendor's page.
    #[serde(rename = "externalDocs")]
    pub docs: ExternalDocs,
    /// Where a person can see whether the vendor still holds a number.
    #[serde(rename = "x-lookup")]
    pub lookup: Note,
    /// What the call does, fact by fact.
    #[serde(rename = "x-effects")]
    pub effects: Vec<Note>,
    /// How often it may be made.
    #[serde(rename = "x-limits")]
    pub limits: Vec<Note>,
    /// How many requests a minute are documented as allowed: the lowest figure, where pages disagree.
    #[serde(rename = "x-requests-per-minute")]
    pub requests_per_minute: Option<Spanned<u32>>,
    /// What nobody outside the vendor knows.
    #[serde(rename = "x-unknown")]
    pub unknown: Vec<String>,
    /// The parameters of the path.
    pub parameters: Vec<Spanned<Parameter>>,
    /// The documented answers, by status.
    pub responses: IndexMap<String, Spanned<Response>>,
}

/// The vendor's page.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExternalDocs {
    /// Its address.
    pub url: String,
    /// Where the address is from.
    #[serde(rename = "x-source", default)]
    pub source: Source,
}

/// A parameter of the path.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Its name, as the path has it in braces.
    pub name: String,
    /// Always the path.
    #[serde(rename = "in")]
    pub place: Path,
    /// Always true.
    pub required: Spanned<bool>,
    /// What it is.
    pub description: String,
    /// What else is known of it, from elsewhere than the vendor's page.
    #[serde(rename = "x-note")]
    pub note: Option<Note>,
    /// A value such as the vendor shows.
    pub example: Spanned<String>,
    /// Its type: always a string.
    pub schema: ParameterSchema,
    /// What is known of its form.
    #[serde(rename = "x-form", default)]
    pub form: Form,
    /// Where the fact is from.
    #[serde(rename = "x-source", default)]
    pub source: Source,
}

/// Where a parameter stands.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Path {
    /// In the path.
    Path,
}

/// The type of a parameter.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParameterSchema {
    /// Always a string.
    #[serde(rename = "type")]
    pub kind: Text,
}

/// A string.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Text {
    /// A string.
    String,
}

/// The form of an id, beyond that it is one segment of a path.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// Nothing is known of it.
    #[default]
    Opaque,
    /// A beginning and a hyphenated UUID.
    Uuid(Prefix),
    /// Anything that does not begin so.
    Without(Prefix),
}

/// A beginning.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prefix {
    /// The text.
    pub prefix: String,
}
