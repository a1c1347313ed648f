//! Reading a contract: its syntax, then its rules.

use super::facts::Contract;
use super::model::{Document, Operation, Response};
use super::refusal::{Refusal, Refusals};
use super::rules;
use indexmap::IndexMap;
use serde_saphyr::Spanned;
use std::collections::BTreeSet;
use std::path::Path;

impl Contract {
    /// Reads the contract of the crate `krate` from a file, which errors show as `file`.
    ///
    /// # Errors
    ///
    /// Every error with line and column, or one error if the file can't be read or is not UTF-8.
    pub fn open(
        krate: &str,
        path: &Path,
        file: String,
        reads_by_hand: bool,
    ) -> Result<Self, Refusals> {
        match std::fs::read_to_string(path) {
            Ok(text) => Self::from_text(krate, text, file, reads_by_hand),
            Err(error) => Err(Refusals::new(&file, &[Refusal::unreadable(&error)])),
        }
    }

    /// Reads the contract of the crate `krate` from its text.
    ///
    /// # Errors
    ///
    /// Every error with line and column.
    pub fn read(krate: &str, text: &str) -> Result<Self, Refusals> {
        let file = format!("crates/{krate}/contract/openapi.yaml");
        Self::from_text(krate, text.to_owned(), file, false)
    }

    /// As [`read`](Self::read), of a file that errors show as `file`.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn from_text(
        krate: &str,
        text: String,
        file: String,
        reads_by_hand: bool,
    ) -> Result<Self, Refusals> {
        let refused = |found: Vec<Refusal>| Refusals::new(&file, &found);
        let mut document: Document = serde_saphyr::from_str(&text)
            .map_err(|error| refused(vec![Refusal::from_parser(&error)]))?;
        let (path, method, mut operation) =
            only_call(&mut document).map_err(|one| refused(vec![one]))?;
        let found = resolve(&mut operation, &document.components.responses);
        refused(found).none()?;
        let contract = Self {
            krate: krate.to_owned(),
            document,
            path,
            method,
            operation,
            text,
            reads_by_hand,
            file: file.clone(),
        };
        refused(rules::refusals(&contract)).none()?;
        Ok(contract)
    }
}

/// Takes the one operation out of a document, with its path and method.
fn only_call(document: &mut Document) -> Result<(String, String, Operation), Refusal> {
    let one = Refusal::at(&document.paths, "a contract has one path");
    let paths = &mut document.paths.value;
    let (path, mut item) = paths.pop().filter(|_| paths.is_empty()).ok_or(one)?;
    let is_method = |name: &str| ["get", "post", "put", "patch", "delete"].contains(&name);
    match item.value.pop() {
        Some((method, operation)) if item.value.is_empty() && is_method(&method) => {
            Ok((path, method.to_ascii_uppercase(), operation))
        }
        _ => {
            let what = "a contract has one operation; expected get, post, put, patch or delete";
            Err(Refusal::at(&item, what))
        }
    }
}

/// Puts shared responses where the operation refers to them.
fn resolve(
    operation: &mut Operation,
    shared: &IndexMap<String, Spanned<Response>>,
) -> Vec<Refusal> {
    let mut found = Vec::new();
    let mut used = BTreeSet::new();
    for response in operation.responses.values_mut() {
        if let Some(to) = response.value.to.take() {
            let name = to.value.strip_prefix("#/components/responses/");
            let there = name.and_then(|name| shared.get_key_value(name));
            let Some((name, there)) = there.filter(|(_, there)| there.value.to.is_none()) else {
                let what = format!("{} is not declared, or a $ref itself", to.value);
                found.push(Refusal::at(&to, what));
                continue;
            };
            if response.value != Response::default() {
                let what = "beside $ref, a response says nothing more";
                found.push(Refusal::at(response, what));
            }
            used.insert(name);
            *response = there.clone();
        }
        if response.value.description.is_empty() {
            found.push(Refusal::at(response, "a response has a description"));
        }
    }
    for (name, response) in shared.iter().filter(|(name, _)| !used.contains(name)) {
        found.push(Refusal::at(
            response,
            format!("the response {name} is not used"),
        ));
    }
    found
}
