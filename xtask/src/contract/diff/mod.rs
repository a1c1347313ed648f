//! `cargo xtask contract diff`: where our contract and the document that a vendor publishes part.

mod facts;
mod schema;
mod shape;
mod theirs;

use crate::contract::Contract;
use crate::contract::document::{Deviation, Differs};
use anyhow::{Context, Result};
use facts::{Answer, Facts, Field};
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// A fact that is not the same on both sides.
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
    /// What matters.
    pub differences: Vec<Difference>,
    /// What our contract declares, with a reason.
    pub expected: Vec<Differs>,
    /// What it declares and their document does not bear out, or does no longer.
    pub vanished: Vec<Deviation>,
}

/// Compares a contract with the text of the vendor's document: YAML or JSON, OpenAPI 3.
///
/// # Errors
///
/// Where the text is not such a document.
pub fn compare(contract: &Contract, text: &str) -> Result<Findings> {
    let document = theirs::read(text)?;
    let ours = facts::of(contract);
    let mut all = Vec::new();
    match theirs::facts(&document, &ours)? {
        Some(theirs) => differences(&ours, &theirs, &mut all),
        None => say(
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
        // One of several facts that explain each other means nothing without the rest.
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

fn say(all: &mut Vec<Difference>, fact: &str, ours: &str, theirs: &str) {
    if ours != theirs {
        all.push(Difference {
            fact: fact.to_owned(),
            ours: ours.to_owned(),
            theirs: theirs.to_owned(),
        });
    }
}

fn differences(ours: &Facts, theirs: &Facts, all: &mut Vec<Difference>) {
    say(all, "method", &ours.method, &theirs.method);
    // It names our methods, which leave case and hyphens away. Many documents have none.
    let known = !theirs.operation.is_empty();
    if known && shape::plain(&ours.operation) != shape::plain(&theirs.operation) {
        say(all, "operationId", &ours.operation, &theirs.operation);
    }
    // The prefix may be cut off the servers at another place: the addresses count.
    if ours.addresses() != theirs.addresses() {
        say(
            all,
            "path",
            &shape::nameless(&ours.path),
            &shape::nameless(&theirs.path),
        );
        let (mine, other) = (shape::list(&ours.servers), shape::list(&theirs.servers));
        say(all, "servers", &mine, &other);
    }
    say(all, "authentication", &ours.auth, &theirs.auth);
    let advice = |deprecated| if deprecated { "deprecated" } else { "in use" };
    say(
        all,
        "standing",
        advice(ours.deprecated),
        advice(theirs.deprecated),
    );
    say(all, "request body", &ours.body, &theirs.body);
    let names = ours.parameters.keys().chain(theirs.parameters.keys());
    for name in sorted(names) {
        let of = |side: &BTreeMap<String, String>| {
            side.get(name)
                .cloned()
                .unwrap_or_else(|| NOWHERE.to_owned())
        };
        say(
            all,
            &format!("parameter {name}"),
            &of(&ours.parameters),
            &of(&theirs.parameters),
        );
    }
    answers(ours, theirs, all);
}

fn answers(ours: &Facts, theirs: &Facts, all: &mut Vec<Difference>) {
    for status in sorted(ours.answers.keys().chain(theirs.answers.keys())) {
        let fact = format!("answer {status}");
        match (ours.answers.get(status), theirs.answers.get(status)) {
            (Some(mine), Some(other)) => bodies(&fact, mine, other, all),
            // What is only believed need not be in their document.
            (Some(mine), None) if mine.documented => say(all, &fact, "documented", NOWHERE),
            (Some(_), None) | (None, None) => {}
            (None, Some(other)) => {
                say(all, &fact, NOWHERE, "documented");
                if let Some(mine) = ours.covering(status) {
                    bodies(&fact, mine, other, all);
                }
            }
        }
    }
}

fn bodies(answer: &str, ours: &Answer, theirs: &Answer, all: &mut Vec<Difference>) {
    if !ours.documented && theirs.media.is_empty() {
        return;
    }
    if ours.media.is_disjoint(&theirs.media) {
        let (mine, other) = (shape::list(&ours.media), shape::list(&theirs.media));
        say(all, &format!("{answer}, media type"), &mine, &other);
        return;
    }
    if ours.documented || !theirs.body.is_empty() {
        let (mine, other) = (shape::list(&ours.body), shape::list(&theirs.body));
        say(all, &format!("{answer}, body"), &mine, &other);
    }
    for at in sorted(ours.fields.keys().chain(theirs.fields.keys())) {
        let fact = format!("{answer}, field {at}");
        match (ours.fields.get(at), theirs.fields.get(at)) {
            (Some(mine), Some(other)) => field(&fact, mine, other, all),
            (Some(mine), None) if mine.documented => {
                say(all, &fact, &shape::list(&mine.types.most), NOWHERE);
            }
            (None, Some(other)) => {
                say(all, &fact, NOWHERE, &shape::list(&other.types.most));
            }
            _ => {}
        }
    }
}

/// What is documented is in their document, and what is there is documented or believed.
fn field(fact: &str, ours: &Field, theirs: &Field, all: &mut Vec<Difference>) {
    let types = &theirs.types.most;
    if !ours.types.least.is_subset(types) || !types.is_subset(&ours.types.most) {
        say(
            all,
            fact,
            &shape::list(&ours.types.most),
            &shape::list(types),
        );
    }
    // Our value is a rule of ours where they list none.
    let values = &theirs.values.most;
    let listed = !values.is_empty() && !ours.values.most.is_empty();
    let wider = !ours.free && !values.is_subset(&ours.values.most);
    if listed && (wider || !ours.values.least.is_subset(values)) {
        let fact = format!("{fact}, value");
        let mine = shape::list(&ours.values.most);
        say(all, &fact, &mine, &shape::list(values));
    }
}

fn sorted<'a>(names: impl Iterator<Item = &'a String>) -> Vec<&'a String> {
    let mut names: Vec<_> = names.collect();
    names.sort();
    names.dedup();
    names
}
