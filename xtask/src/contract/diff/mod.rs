//! `cargo xtask contract diff`: the differences between our contract and a document that a vendor publishes.

mod facts;
mod schema;
mod shape;
mod vendor_document;

use crate::contract::Contract;
use crate::contract::document::{Deviation, Differs};
use anyhow::{Context, Result};
use facts::{Facts, Field, ResponseFacts};
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// A fact that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which fact.
    pub fact: String,
    /// What our contract says.
    pub ours: String,
    /// What their document says.
    pub theirs: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}\n  ours:   {}\n  theirs: {}",
            self.fact, self.ours, self.theirs
        )
    }
}

/// What a comparison found.
#[derive(Debug, Default)]
pub struct Findings {
    /// Undeclared differences.
    pub differences: Vec<Difference>,
    /// Differences that our contract declares, with a reason.
    pub expected: Vec<Differs>,
    /// Declared differences that are not there.
    pub vanished: Vec<Deviation>,
}

/// Compares a contract with the text of a vendor's document: OpenAPI 3, YAML or JSON.
///
/// # Errors
///
/// If the text is not such a document.
pub fn compare(contract: &Contract, text: &str) -> Result<Findings> {
    let document = vendor_document::read(text)?;
    let ours = facts::from_contract(contract);
    let mut all = Vec::new();
    match vendor_document::facts(&document, &ours)? {
        Some(theirs) => differences(&ours, &theirs, &mut all),
        None => push_diff(
            &mut all,
            "operation",
            &format!("{} {}", ours.method, ours.path),
            "not there",
        ),
    }
    let mut findings = Findings::default();
    for declared in &contract.document.differs {
        let gone = declared
            .facts
            .iter()
            .filter(|known| !all.iter().any(|one| is(known, one)));
        let gone: Vec<_> = gone.cloned().collect();
        // A declared group applies only if all of it is found.
        if gone.is_empty() {
            findings.expected.push(declared.clone());
        }
        findings.vanished.extend(gone);
    }
    all.retain(|one| {
        let mut expected = findings
            .expected
            .iter()
            .flat_map(|declared| &declared.facts);
        !expected.any(|known| is(known, one))
    });
    findings.differences = all;
    Ok(findings)
}

/// Whether a difference is the declared one.
fn is(known: &Deviation, found: &Difference) -> bool {
    known.fact == found.fact && known.theirs == found.theirs
}

/// As [`compare`], of a file.
///
/// # Errors
///
/// As for [`compare`], and where the file can't be read.
pub fn compare_file(contract: &Contract, file: &Path) -> Result<Findings> {
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("could not read {}", file.display()))?;
    compare(contract, &text).with_context(|| format!("{}", file.display()))
}

const NOWHERE: &str = "not there";

fn push_diff(all: &mut Vec<Difference>, fact: &str, ours: &str, theirs: &str) {
    if ours != theirs {
        all.push(Difference {
            fact: fact.to_owned(),
            ours: ours.to_owned(),
            theirs: theirs.to_owned(),
        });
    }
}

fn differences(ours: &Facts, theirs: &Facts, all: &mut Vec<Difference>) {
    push_diff(all, "method", &ours.method, &theirs.method);
    // Our methods are named after it, without case and hyphens. Many documents have none.
    let known = !theirs.operation.is_empty();
    if known && shape::plain(&ours.operation) != shape::plain(&theirs.operation) {
        push_diff(all, "operationId", &ours.operation, &theirs.operation);
    }
    // A prefix may be part of the server or of the path, so whole URLs are compared.
    if ours.addresses() != theirs.addresses() {
        push_diff(
            all,
            "path",
            &shape::nameless(&ours.path),
            &shape::nameless(&theirs.path),
        );
        let (mine, other) = (shape::list(&ours.servers), shape::list(&theirs.servers));
        push_diff(all, "servers", &mine, &other);
    }
    push_diff(all, "authentication", &ours.auth, &theirs.auth);
    let advice = |deprecated| if deprecated { "deprecated" } else { "in use" };
    push_diff(
        all,
        "standing",
        advice(ours.deprecated),
        advice(theirs.deprecated),
    );
    push_diff(all, "request body", &ours.body, &theirs.body);
    let names = ours.parameters.keys().chain(theirs.parameters.keys());
    for name in sorted(names) {
        let of = |side: &BTreeMap<String, String>| {
            side.get(name)
                .cloned()
                .unwrap_or_else(|| NOWHERE.to_owned())
        };
        push_diff(
            all,
            &format!("parameter {name}"),
            &of(&ours.parameters),
            &of(&theirs.parameters),
        );
    }
    responses(ours, theirs, all);
}

fn responses(ours: &Facts, theirs: &Facts, all: &mut Vec<Difference>) {
    for status in sorted(ours.responses.keys().chain(theirs.responses.keys())) {
        let fact = format!("response {status}");
        match (ours.responses.get(status), theirs.responses.get(status)) {
            (Some(mine), Some(other)) => bodies(&fact, mine, other, all),
            // What is only assumed need not be in the vendor's document.
            (Some(mine), None) if mine.documented => push_diff(all, &fact, "documented", NOWHERE),
            (Some(_), None) | (None, None) => {}
            (None, Some(other)) => {
                push_diff(all, &fact, NOWHERE, "documented");
                if let Some(mine) = ours.covering(status) {
                    bodies(&fact, mine, other, all);
                }
            }
        }
    }
}

fn bodies(response: &str, ours: &ResponseFacts, theirs: &ResponseFacts, all: &mut Vec<Difference>) {
    if !ours.documented && theirs.media.is_empty() {
        return;
    }
    if ours.media.is_disjoint(&theirs.media) {
        let (mine, other) = (shape::list(&ours.media), shape::list(&theirs.media));
        push_diff(all, &format!("{response}, media type"), &mine, &other);
        return;
    }
    if ours.documented || !theirs.body.is_empty() {
        let (mine, other) = (shape::list(&ours.body), shape::list(&theirs.body));
        push_diff(all, &format!("{response}, body"), &mine, &other);
    }
    for at in sorted(ours.fields.keys().chain(theirs.fields.keys())) {
        let fact = format!("{response}, field {at}");
        match (ours.fields.get(at), theirs.fields.get(at)) {
            (Some(mine), Some(other)) => field(&fact, mine, other, all),
            (Some(mine), None) if mine.documented => {
                push_diff(all, &fact, &shape::list(&mine.types.allowed), NOWHERE);
            }
            (None, Some(other)) => {
                push_diff(all, &fact, NOWHERE, &shape::list(&other.types.allowed));
            }
            _ => {}
        }
    }
}

/// Everything documented must be in the vendor's document, and everything in it documented or assumed.
fn field(fact: &str, ours: &Field, theirs: &Field, all: &mut Vec<Difference>) {
    let types = &theirs.types.allowed;
    if !ours.types.required.is_subset(types) || !types.is_subset(&ours.types.allowed) {
        push_diff(
            all,
            fact,
            &shape::list(&ours.types.allowed),
            &shape::list(types),
        );
    }
    // If the document lists no values, our value is our own rule.
    let values = &theirs.values.allowed;
    let listed = !values.is_empty() && !ours.values.allowed.is_empty();
    let wider = !ours.free && !values.is_subset(&ours.values.allowed);
    if listed && (wider || !ours.values.required.is_subset(values)) {
        let fact = format!("{fact}, value");
        let mine = shape::list(&ours.values.allowed);
        push_diff(all, &fact, &mine, &shape::list(values));
    }
}

fn sorted<'a>(names: impl Iterator<Item = &'a String>) -> Vec<&'a String> {
    let mut names: Vec<_> = names.collect();
    names.sort();
    names.dedup();
    names
}
