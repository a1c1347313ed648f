//! A vendor's contract: what it may say, and what else must be true of it.

pub mod answers;
mod auth;
mod bodies;
pub mod call;
pub mod diff;
pub mod document;
mod fit;
mod gate;
mod idents;
pub mod mutate;
mod names;
mod parts;
mod refusal;
mod schemas;
mod variables;

pub use auth::Auth;
pub use names::{constant, pascal, snake};
pub(crate) use names::{is_ident, is_reserved};
pub use parts::Piece;
use parts::pieces;
pub use refusal::{Refusal, Refusals};

use crate::workspace::Folder;
use answers::{Example, Outcome, Response, Schema};
use anyhow::{Context, Result};
use call::{Method, Operation, Parameter};
use document::{Document, Server};
use std::fmt::Write as _;
use std::path::Path;

/// The contract's place in a vendor's crate.
pub const FILE: &str = "contract/openapi.yaml";

/// A contract that has passed the gate.
#[derive(Debug)]
pub struct Contract {
    /// The name of the crate that it belongs to.
    pub krate: String,
    /// The SHA-256 of its file, in hex.
    pub hash: String,
    /// What it says.
    pub document: Document,
    /// Its file, as a refusal names it.
    file: String,
}

/// An example with the status under which it is replayed.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The example's name.
    pub name: &'a str,
    /// The key of its answer: a status or `default`.
    pub answer: &'a str,
    /// The status.
    pub status: u16,
    /// The answer.
    pub response: &'a Response,
    /// The example.
    pub example: &'a Example,
}

impl Contract {
    /// Reads the contract in a crate's folder.
    ///
    /// # Errors
    ///
    /// As for [`Self::open`].
    pub fn load(folder: &Folder) -> Result<Self, Refusals> {
        let shown = format!("crates/{}/{FILE}", folder.name);
        Self::of_file(&folder.name, &folder.path.join(FILE), shown)
    }

    /// Reads a contract of the crate `krate` from a file, wherever that stands.
    ///
    /// # Errors
    ///
    /// Every refusal that was found, each with line and column; a file that can't be read, or is no
    /// UTF-8, is refused as a whole.
    pub fn open(krate: &str, path: &Path) -> Result<Self, Refusals> {
        Self::of_file(krate, path, path.display().to_string())
    }

    fn of_file(krate: &str, path: &Path, shown: String) -> Result<Self, Refusals> {
        match std::fs::read_to_string(path) {
            Ok(text) => Self::of_text(krate, &text, shown),
            Err(error) => Err(Refusals::of_file(shown, &error)),
        }
    }

    /// Reads a contract of the crate `krate` from its text.
    ///
    /// # Errors
    ///
    /// Every refusal that was found, each with line and column.
    pub fn read(krate: &str, text: &str) -> Result<Self, Refusals> {
        Self::of_text(krate, text, format!("crates/{krate}/{FILE}"))
    }

    fn of_text(krate: &str, text: &str, file: String) -> Result<Self, Refusals> {
        let document =
            serde_saphyr::from_str(text).map_err(|error| Refusals::of_parser(&file, &error))?;
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
        match gate::refusals(&contract) {
            refusals if refusals.is_empty() => Ok(contract),
            found => Err(Refusals {
                file: contract.file,
                found,
            }),
        }
    }

    /// Refuses this contract for what the gate can't see.
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

    /// The call: path, method and the rest. `None` only before the gate.
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
    /// Never after the gate, which wants exactly one.
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

    /// The path with the examples of its parameters in their places.
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

    /// The documented answers by status or `default`.
    pub fn answers(&self) -> impl Iterator<Item = (&str, &Response)> {
        self.call()
            .into_iter()
            .flat_map(|(_, _, operation)| &operation.responses)
            .map(|(status, response)| (status.as_str(), &response.value))
    }

    /// The statuses that are a success, each with what it means.
    pub fn successes(&self) -> impl Iterator<Item = (u16, Outcome)> {
        self.answers().filter_map(|(status, response)| {
            Some((status.parse().ok()?, response.outcome.as_ref()?.value))
        })
    }

    /// Every example.
    pub fn cases(&self) -> impl Iterator<Item = Case<'_>> {
        self.answers().flat_map(|(answer, response)| {
            response
                .content
                .json
                .examples
                .iter()
                .filter_map(move |(name, example)| {
                    let example = &example.value;
                    let status = match &example.status {
                        Some(status) => status.value,
                        None => answer.parse().ok()?,
                    };
                    Some(Case {
                        name,
                        answer,
                        status,
                        response,
                        example,
                    })
                })
        })
    }

    /// The object that a reference names.
    pub fn schema(&self, reference: &str) -> Option<(&str, &Schema)> {
        let name = reference.strip_prefix("#/components/schemas/")?;
        let (name, schema) = self.document.components.schemas.get_key_value(name)?;
        Some((name, &schema.value))
    }

    /// The object of a success.
    pub fn success_schema(&self) -> Option<(&str, &Schema)> {
        let (_, response) = self
            .answers()
            .find(|(_, response)| response.outcome.is_some())?;
        self.schema(response.content.json.schema.value.references().next()?)
    }
}
