//! Which facts differ.

use super::facts::{Call, Fact, Facts, Response, list, nameless};
use std::collections::BTreeSet;
use std::fmt;

/// A fact that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which fact.
    pub fact: String,
    /// The fact in our contract.
    pub ours: String,
    /// The fact in the vendor's document.
    pub theirs: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { fact, ours, theirs } = self;
        write!(f, "{fact}\n  ours:   {ours}\n  theirs: {theirs}")
    }
}

const MISSING: &str = "not there";

/// The differences between our call and theirs.
pub(super) fn differences(ours: &Call, theirs: &Call) -> Vec<Difference> {
    let mut all = Differences(Vec::new());
    if !theirs.operation.is_empty() && !ours.is_named_like(theirs) {
        all.add("operationId", &ours.operation, &theirs.operation);
    }
    // Whole URLs are compared, for a prefix may be part of the server or of the path.
    let (path, other) = (nameless(&ours.path), nameless(&theirs.path));
    if ours.addresses(&path) != theirs.addresses(&other) {
        all.add("path", &path, &other);
        all.add("servers", &list(&ours.servers), &list(&theirs.servers));
    } else if ours.addresses(&ours.path) != theirs.addresses(&theirs.path) {
        all.add("path", &ours.path, &theirs.path);
    }
    all.facts("", &ours.facts, &theirs.facts);
    let statuses: BTreeSet<_> = ours
        .responses
        .keys()
        .chain(theirs.responses.keys())
        .collect();
    for status in statuses {
        let fact = format!("response {status}");
        match (ours.responses.get(status), theirs.responses.get(status)) {
            (Some(mine), Some(other)) => all.bodies(&fact, mine, other),
            (Some(mine), None) if mine.documented => all.add(&fact, "documented", MISSING),
            (_, None) => {}
            (None, Some(other)) => {
                all.add(&fact, MISSING, "documented");
                if let Some(mine) = ours.covering(status) {
                    all.bodies(&fact, mine, other);
                }
            }
        }
    }
    all.0
}

struct Differences(Vec<Difference>);

impl Differences {
    fn add(&mut self, fact: &str, ours: &str, theirs: &str) {
        if ours != theirs {
            self.0.push(Difference {
                fact: fact.to_owned(),
                ours: ours.to_owned(),
                theirs: theirs.to_owned(),
            });
        }
    }

    fn bodies(&mut self, fact: &str, ours: &Response, theirs: &Response) {
        if ours.media == theirs.media {
            self.facts(&format!("{fact}, "), &ours.facts, &theirs.facts);
        } else if ours.documented || theirs.media != "none" {
            self.add(&format!("{fact}, media type"), &ours.media, &theirs.media);
        }
    }

    fn facts(&mut self, before: &str, ours: &Facts, theirs: &Facts) {
        let names: BTreeSet<_> = ours.keys().chain(theirs.keys()).collect();
        for name in names {
            let (mine, other) = (ours.get(name), theirs.get(name));
            // A document that lists no values or no required fields says nothing of them.
            let is_said = |fact: Option<&Fact>| fact.is_some_and(|fact| !fact.is_empty());
            let is_optional = name.ends_with(", value") || name.ends_with(", need");
            if is_optional && !(is_said(mine) && is_said(other)) {
                continue;
            }
            let differs = match (mine, other) {
                (Some(mine), Some(other)) => !mine.admits(other),
                (Some(mine), None) => mine.is_documented(),
                (None, _) => !is_unread(ours, name),
            };
            if differs {
                let shown = |fact: Option<&Fact>| fact.map_or(MISSING.to_owned(), Fact::shown);
                self.add(&format!("{before}{name}"), &shown(mine), &shown(other));
            }
        }
    }
}

/// Whether a field is in an array of which our contract does not say what it is a list of.
fn is_unread(ours: &Facts, name: &str) -> bool {
    let array = name.split_once("/*");
    array.is_some_and(|(array, _)| !ours.contains_key(&format!("{array}/*")))
}
