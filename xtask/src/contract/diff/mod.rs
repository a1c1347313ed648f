//! `cargo xtask contract diff`: where our contract and the document that a vendor publishes part.

mod facts;
mod schema;
mod shape;
mod theirs;

use crate::contract::Contract;
use crate::contract::document::Differs;
use anyhow::{Context, Result};
use facts::{Facts, Field};
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
    for difference in all {
        let declared = contract
            .document
            .differs
            .iter()
            .find(|known| known.fact == difference.fact && known.theirs == difference.theirs);
        match declared {
            Some(known) => findings.expected.push(known.clone()),
            None => findings.differences.push(difference),
        }
    }
    Ok(findings)
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
            (Some(mine), Some(other)) => fields(&fact, &mine.fields, &other.fields, all),
            // What is only believed need not be in their document.
            (Some(mine), None) if mine.documented && !theirs.covers(status) => {
                say(all, &fact, "documented", NOWHERE);
            }
            (None, Some(_)) if !ours.covers(status) => say(all, &fact, NOWHERE, "documented"),
            _ => {}
        }
    }
}

fn fields(
    answer: &str,
    ours: &BTreeMap<String, Field>,
    theirs: &BTreeMap<String, Field>,
    all: &mut Vec<Difference>,
) {
    for at in sorted(ours.keys().chain(theirs.keys())) {
        let fact = format!("{answer}, field {at}");
        match (ours.get(at), theirs.get(at)) {
            (Some(mine), Some(other)) => {
                let same = if mine.documented {
                    mine.types == other.types
                } else {
                    other.types.is_subset(&mine.types)
                };
                if !same && !other.types.is_empty() {
                    say(
                        all,
                        &fact,
                        &shape::list(&mine.types),
                        &shape::list(&other.types),
                    );
                }
                let disjoint = mine.values.is_disjoint(&other.values);
                if disjoint && !mine.values.is_empty() && !other.values.is_empty() {
                    let fact = format!("{fact}, value");
                    say(
                        all,
                        &fact,
                        &shape::list(&mine.values),
                        &shape::list(&other.values),
                    );
                }
            }
            (Some(mine), None) if mine.documented => {
                say(all, &fact, &shape::list(&mine.types), NOWHERE);
            }
            (None, Some(other)) => say(all, &fact, NOWHERE, &shape::list(&other.types)),
            _ => {}
        }
    }
}

fn sorted<'a>(names: impl Iterator<Item = &'a String>) -> Vec<&'a String> {
    let mut names: Vec<_> = names.collect();
    names.sort();
    names.dedup();
    names
}
