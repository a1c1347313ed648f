//! What can be asked of a contract.

use super::model::{Document, Method, Operation, Outcome, Parameter, Response, Schema, Scheme};
use anyhow::{Context, Result};
use std::collections::BTreeSet;

/// A valid contract.
#[derive(Debug)]
pub struct Contract {
    /// The name of its crate.
    pub krate: String,
    /// The SHA-256 of its file, in hex.
    pub hash: String,
    /// Its content, with shared responses where they are referred to.
    pub document: Document,
    /// Its file, as errors show it.
    pub file: String,
    /// The file's text.
    pub text: String,
    /// Whether `src/response.rs` is written by hand.
    pub reads_by_hand: bool,
}

/// A piece of the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Literal text.
    Literal(&'a str),
    /// A parameter's name.
    Parameter(&'a str),
}

/// How requests authenticate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Auth {
    /// A key in this header.
    Header(String),
    /// `Authorization: Bearer`.
    Bearer,
    /// `Authorization: Basic`.
    Basic,
    /// `Authorization`, with this word before the key.
    Scheme(String),
}

impl Contract {
    /// The vendor's short name.
    pub fn vendor(&self) -> &str {
        &self.document.vendor.value
    }

    /// The vendor's name for people.
    pub fn title(&self) -> &str {
        &self.document.info.title
    }

    /// Path, method and operation. `None` only if the contract is invalid.
    fn call(&self) -> Option<(&str, Method, &Operation)> {
        let (path, item) = self.document.paths.value.first()?;
        let (method, operation) = item.value.first()?;
        Some((path, *method, operation))
    }

    /// The path with its parameters in braces.
    pub fn path(&self) -> &str {
        self.call().map_or("", |(path, _, _)| path)
    }

    /// The HTTP method.
    pub fn method(&self) -> &'static str {
        self.call().map_or("", |(_, method, _)| method.as_str())
    }

    /// The operation.
    ///
    /// # Errors
    ///
    /// Never for a valid contract.
    pub fn operation(&self) -> Result<&Operation> {
        self.call()
            .map(|(_, _, operation)| operation)
            .context("the contract has no operation")
    }

    /// The pieces of the path in order.
    pub fn pieces(&self) -> Vec<Piece<'_>> {
        let mut pieces = Vec::new();
        let mut rest = self.path();
        while let Some((before, after)) = rest.split_once('{') {
            let (name, behind) = after.split_once('}').unwrap_or((after, ""));
            pieces.push(Piece::Literal(before));
            pieces.push(Piece::Parameter(name));
            rest = behind;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Literal(rest));
        }
        pieces
    }

    /// The parameters, the number's id last.
    pub fn parameters(&self) -> impl DoubleEndedIterator<Item = &Parameter> {
        self.call()
            .into_iter()
            .flat_map(|(_, _, operation)| &operation.parameters)
            .map(|parameter| &parameter.value)
    }

    /// The parameter that is the number's id.
    ///
    /// # Errors
    ///
    /// Never for a valid contract.
    pub fn id(&self) -> Result<&Parameter> {
        self.parameters().next_back().context("no parameter")
    }

    /// The documented responses, by status or `default`.
    pub fn responses(&self) -> impl Iterator<Item = (&str, &Response)> {
        self.call()
            .into_iter()
            .flat_map(|(_, _, operation)| &operation.responses)
            .map(|(status, response)| (status.as_str(), &response.value))
    }

    /// The success statuses with their outcomes, and whether they have a body.
    pub fn successes(&self) -> impl Iterator<Item = (u16, Outcome, bool)> {
        self.responses().filter_map(|(status, response)| {
            let has_body = response.content.is_some();
            Some((status.parse().ok()?, response.outcome?, has_body))
        })
    }

    /// The schema behind a reference, with its name.
    pub fn schema(&self, reference: &str) -> Option<(&str, &Schema)> {
        let name = reference.strip_prefix("#/components/schemas/")?;
        let (name, schema) = self.document.components.schemas.get_key_value(name)?;
        Some((name, &schema.value))
    }

    /// The schema of a success, with its name; none if a success has no body.
    pub fn success_schema(&self) -> Option<(&str, &Schema)> {
        let mut successes = self.responses().filter(|(_, it)| it.outcome.is_some());
        let body = successes.find_map(|(_, response)| response.json())?;
        self.schema(body.schema.value.references().next()?)
    }

    /// The schemas of bodies other than the success, with their names.
    pub fn error_schemas(&self) -> Vec<(&str, &Schema)> {
        let success = self.success_schema().map(|(name, _)| name);
        let bodies = self.responses().filter_map(|(_, it)| it.json());
        let references = bodies.flat_map(|body| body.schema.value.references());
        let mut seen = BTreeSet::new();
        references
            .filter_map(|reference| self.schema(reference))
            .filter(|(name, _)| Some(*name) != success && seen.insert(*name))
            .collect()
    }

    /// The names of the schemas that a success is made of.
    pub fn public_schemas(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        let mut next: Vec<_> = self.success_schema().into_iter().collect();
        while let Some((name, schema)) = next.pop() {
            if names.insert(name) {
                let references = schema
                    .properties
                    .values()
                    .filter_map(|field| field.value.reference());
                next.extend(references.filter_map(|to| self.schema(&to.value)));
            }
        }
        names
    }

    /// The scheme that applies, by its name among the components.
    pub fn scheme(&self) -> Option<&Scheme> {
        let name = self.document.security.value.first()?.keys().next()?;
        Some(&self.document.components.schemes.get(name)?.value)
    }

    /// How requests authenticate.
    ///
    /// # Errors
    ///
    /// Never for a valid contract, which has one of these schemes.
    pub fn auth(&self) -> Result<Auth> {
        let scheme = self.scheme().context("no scheme applies")?;
        let parts = (
            scheme.kind.as_str(),
            scheme.scheme.as_deref(),
            scheme.place.as_deref(),
            scheme.name.as_deref(),
        );
        match parts {
            ("http", Some("bearer"), None, None) => Ok(Auth::Bearer),
            ("http", Some("basic"), None, None) => Ok(Auth::Basic),
            ("http", Some(word), None, None) if is_token(word) => Ok(Auth::Scheme(word.to_owned())),
            ("apiKey", None, Some("header"), Some(header)) if is_token(header) => {
                Ok(Auth::Header(header.to_owned()))
            }
            _ => anyhow::bail!(
                "expected type http with scheme bearer, basic or another word for Authorization, or type \
                 apiKey in header with a name"
            ),
        }
    }
}

/// Whether HTTP allows it as a header's name or an authentication scheme.
fn is_token(word: &str) -> bool {
    let is_tchar = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !word.is_empty() && word.bytes().all(is_tchar)
}
