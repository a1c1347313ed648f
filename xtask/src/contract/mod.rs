//! A vendor's contract: its syntax and its rules.

mod auth;
mod bodies;
pub mod call;
pub mod diff;
pub mod document;
mod fit;
mod idents;
mod names;
mod parts;
mod refusal;
pub mod responses;
mod rules;
mod schemas;
mod variables;

pub use auth::Auth;
pub use names::{constant, pascal, snake};
pub(crate) use names::{is_ident, is_reserved};
pub use parts::Piece;
use parts::pieces;
pub use refusal::{Refusal, Refusals};

use crate::workspace::Folder;
use anyhow::{Context, Result};
use call::{Method, Operation, Parameter};
use document::{Document, Server};
use responses::{Example, Outcome, Response, Schema};
use std::fmt::Write as _;
use std::path::Path;

/// The contract's path in a vendor's crate.
pub const FILE: &str = "contract/openapi.yaml";

/// A valid contract.
#[derive(Debug)]
pub struct Contract {
    /// The name of its crate.
    pub krate: String,
    /// The SHA-256 of its file, in hex.
    pub hash: String,
    /// Its content.
    pub document: Document,
    /// Its file, as errors show it.
    file: String,
}

/// An example with the status that it is replayed with.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The example's name.
    pub name: &'a str,
    /// The key of its response: a status or `default`.
    pub key: &'a str,
    /// The status.
    pub status: u16,
    /// The response.
    pub response: &'a Response,
    /// The example.
    pub example: &'a Example,
}

impl Contract {
    /// Reads the contract of a crate.
    ///
    /// # Errors
    ///
    /// As for [`Self::open`].
    pub fn load(folder: &Folder) -> Result<Self, Refusals> {
        let shown = format!("crates/{}/{FILE}", folder.name);
        Self::from_file(&folder.name, &folder.path.join(FILE), shown)
    }

    /// Reads a contract of the crate `krate` from any file.
    ///
    /// # Errors
    ///
    /// Every error with line and column, or one error if the file can't be read or is not UTF-8.
    pub fn open(krate: &str, path: &Path) -> Result<Self, Refusals> {
        Self::from_file(krate, path, path.display().to_string())
    }

    fn from_file(krate: &str, path: &Path, shown: String) -> Result<Self, Refusals> {
        match std::fs::read_to_string(path) {
            Ok(text) => Self::from_text(krate, &text, shown),
            Err(error) => Err(Refusals::unreadable(shown, &error)),
        }
    }

    /// Reads a contract of the crate `krate` from its text.
    ///
    /// # Errors
    ///
    /// Every error with line and column.
    pub fn read(krate: &str, text: &str) -> Result<Self, Refusals> {
        Self::from_text(krate, text, format!("crates/{krate}/{FILE}"))
    }

    fn from_text(krate: &str, text: &str, file: String) -> Result<Self, Refusals> {
        let document =
            serde_saphyr::from_str(text).map_err(|error| Refusals::from_parser(&file, &error))?;
        let mut hash = String::with_capacity(64);
        for byte in hmac_sha256::Hash::hash(text.as_bytes()) {
            // Writing to a String does not fail.
            let _ = write!(hash, "{byte:02x}");
        }
        let contract = Self {
            krate: krate.to_owned(),
            hash,
            document,
            file,
        };
        match rules::refusals(&contract) {
            refusals if refusals.is_empty() => Ok(contract),
            found => Err(Refusals {
                file: contract.file,
                found,
            }),
        }
    }

    /// Refuses this contract for an error that its own rules can't find.
    pub(crate) fn refuse(&self, refusal: Refusal) -> Refusals {
        Refusals {
            file: self.file.clone(),
            found: vec![refusal],
        }
    }

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
        pieces(self.path())
    }

    /// The parameters, the number's id last.
    pub fn parameters(&self) -> impl DoubleEndedIterator<Item = &Parameter> {
        self.call()
            .into_iter()
            .flat_map(|(_, _, operation)| &operation.parameters)
            .map(|parameter| &parameter.value)
    }

    /// The path with example values for its parameters.
    pub fn example_path(&self) -> String {
        let mut path = String::new();
        for piece in self.pieces() {
            match piece {
                Piece::Literal(text) => path.push_str(text),
                Piece::Parameter(name) => path.push_str(self.example_of(name)),
            }
        }
        path
    }

    /// The example of a parameter.
    pub fn example_of(&self, name: &str) -> &str {
        self.parameters()
            .find(|parameter| parameter.name == name)
            .map_or("", |parameter| &parameter.example.value)
    }

    /// The servers.
    pub fn servers(&self) -> impl Iterator<Item = &Server> {
        self.document
            .servers
            .value
            .iter()
            .map(|server| &server.value)
    }

    /// The documented responses, by status or `default`.
    pub fn responses(&self) -> impl Iterator<Item = (&str, &Response)> {
        self.call()
            .into_iter()
            .flat_map(|(_, _, operation)| &operation.responses)
            .map(|(status, response)| (status.as_str(), &response.value))
    }

    /// The success statuses with their outcomes.
    pub fn successes(&self) -> impl Iterator<Item = (u16, Outcome)> {
        self.responses().filter_map(|(status, response)| {
            Some((status.parse().ok()?, response.outcome.as_ref()?.value))
        })
    }

    /// Every example.
    pub fn cases(&self) -> impl Iterator<Item = Case<'_>> {
        self.responses().flat_map(|(key, response)| {
            response
                .content
                .json
                .examples
                .iter()
                .filter_map(move |(name, example)| {
                    let example = &example.value;
                    let status = match &example.status {
                        Some(status) => status.value,
                        None => key.parse().ok()?,
                    };
                    Some(Case {
                        name,
                        key,
                        status,
                        response,
                        example,
                    })
                })
        })
    }

    /// The schema behind a reference, with its name.
    pub fn schema(&self, reference: &str) -> Option<(&str, &Schema)> {
        let name = reference.strip_prefix("#/components/schemas/")?;
        let (name, schema) = self.document.components.schemas.get_key_value(name)?;
        Some((name, &schema.value))
    }

    /// The schema of a success, with its name.
    pub fn success_schema(&self) -> Option<(&str, &Schema)> {
        let (_, response) = self
            .responses()
            .find(|(_, response)| response.outcome.is_some())?;
        self.schema(response.content.json.schema.value.references().next()?)
    }
}
