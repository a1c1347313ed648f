//! Reading a contract: its syntax, then its rules.

use super::facts::Contract;
use super::model::{Document, Response};
use super::refusal::{Refusal, Refusals};
use super::rules;
use crate::workspace::Folder;
use serde_saphyr::Spanned;
use std::collections::BTreeSet;
use std::path::Path;

impl Contract {
    /// Reads the contract of a crate.
    ///
    /// # Errors
    ///
    /// Every error with line and column, or one error if the file can't be read or is not UTF-8.
    pub fn load(folder: &Folder) -> Result<Self, Refusals> {
        let shown = format!("crates/{}/{}", folder.name, Folder::CONTRACT);
        let reads_by_hand = folder.is_by_hand("src/response.rs");
        let path = folder.path.join(Folder::CONTRACT);
        Self::from_file(&folder.name, &path, shown, reads_by_hand)
    }

    /// Reads a contract of the crate `krate` from any file.
    ///
    /// # Errors
    ///
    /// As for [`load`](Self::load).
    pub fn open(krate: &str, path: &Path) -> Result<Self, Refusals> {
        Self::from_file(krate, path, path.display().to_string(), false)
    }

    fn from_file(
        krate: &str,
        path: &Path,
        shown: String,
        reads_by_hand: bool,
    ) -> Result<Self, Refusals> {
        match std::fs::read_to_string(path) {
            Ok(text) => Self::from_text(krate, text, shown, reads_by_hand),
            Err(error) => Err(Refusals::unreadable(shown, &error)),
        }
    }

    /// Reads a contract of the crate `krate` from its text.
    ///
    /// # Errors
    ///
    /// Every error with line and column.
    pub fn read(krate: &str, text: &str) -> Result<Self, Refusals> {
        let shown = format!("crates/{krate}/{}", Folder::CONTRACT);
        Self::from_text(krate, text.to_owned(), shown, false)
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
        let mut document: Document =
            serde_saphyr::from_str(&text).map_err(|error| Refusals::from_parser(&file, &error))?;
        let mut found = Vec::new();
        resolve(&mut document, &mut found);
        let hash = hmac_sha256::Hash::hash(text.as_bytes());
        let contract = Self {
            krate: krate.to_owned(),
            hash: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
            document,
            file,
            text,
            reads_by_hand,
        };
        if found.is_empty() {
            found = rules::refusals(&contract);
        }
        if found.is_empty() {
            return Ok(contract);
        }
        Err(Refusals {
            file: contract.file,
            found,
        })
    }
}

/// Puts shared responses where the operation refers to them.
fn resolve(document: &mut Document, found: &mut Vec<Refusal>) {
    let shared = &document.components.responses;
    let mut used = BTreeSet::new();
    for (_, item) in &mut document.paths.value {
        for (_, operation) in &mut item.value {
            for response in operation.responses.values_mut() {
                let Some(to) = response.value.to.clone() else {
                    continue;
                };
                let name = to.value.strip_prefix("#/components/responses/");
                match name.and_then(|name| shared.get_key_value(name)) {
                    Some((name, there)) => {
                        if !is_reference(&response.value) {
                            let what = "beside $ref, a response says nothing more";
                            found.push(Refusal::at(response, what));
                        }
                        used.insert(name.clone());
                        *response = there.clone();
                    }
                    None => found.push(Refusal::at(&to, format!("{} is not declared", to.value))),
                }
            }
        }
    }
    let items = document
        .paths
        .value
        .values()
        .flat_map(|it| it.value.values());
    for response in items.flat_map(|operation| operation.responses.values()) {
        if response.value.description.is_empty() {
            found.push(Refusal::at(response, "a response has a description"));
        }
    }
    let unused = shared.iter().filter(|(name, _)| !used.contains(*name));
    found.extend(unused.map(|(name, place): (_, &Spanned<Response>)| {
        Refusal::at(place, format!("the response {name} is not used"))
    }));
}

/// Whether a response says no more than where it is.
fn is_reference(response: &Response) -> bool {
    let Response {
        to: _,
        description,
        outcome,
        hint,
        source,
        content,
    } = response;
    description.is_empty()
        && outcome.is_none()
        && hint.is_none()
        && *source == Default::default()
        && content.is_none()
}
