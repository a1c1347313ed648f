//! Which facts differ.

use super::facts::{Call, Field, Response, list, nameless, plain};
use std::collections::BTreeMap;
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

const NOWHERE: &str = "not there";

/// The differences between our call and theirs.
pub(super) fn differences(ours: &Call, theirs: &Call) -> Vec<Difference> {
    let mut all = Differences(Vec::new());
    all.add("method", &ours.method, &theirs.method);
    // Our methods are named after it, without case and hyphens. Many documents have none.
    if !theirs.operation.is_empty() && plain(&ours.operation) != plain(&theirs.operation) {
        all.add("operationId", &ours.operation, &theirs.operation);
    }
    if !ours.is_at(theirs) || ours.addresses("") != theirs.addresses("") {
        all.addresses(ours, theirs);
    } else {
        all.add("path", &ours.path, &theirs.path);
    }
    all.add("authentication", &ours.auth, &theirs.auth);
    all.add(
        "standing",
        standing(ours.deprecated),
        standing(theirs.deprecated),
    );
    all.add("request body", ours.body, theirs.body);
    for name in names(&ours.parameters, &theirs.parameters) {
        let of = |call: &Call| call.parameters.get(name).cloned();
        let of = |call| of(call).unwrap_or_else(|| NOWHERE.to_owned());
        all.add(&format!("parameter {name}"), &of(ours), &of(theirs));
    }
    for status in names(&ours.responses, &theirs.responses) {
        let fact = format!("response {status}");
        match (ours.responses.get(status), theirs.responses.get(status)) {
            (Some(mine), Some(other)) => all.bodies(&fact, mine, other),
            (Some(mine), None) if mine.documented => all.add(&fact, "documented", NOWHERE),
            (Some(_), None) | (None, None) => {}
            (None, Some(other)) => {
                all.add(&fact, NOWHERE, "documented");
                if let Some(mine) = ours.covering(status) {
                    all.bodies(&fact, mine, other);
                }
            }
        }
    }
    all.0
}

fn standing(deprecated: bool) -> &'static str {
    if deprecated { "deprecated" } else { "in use" }
}

/// The names of both, each once and in order.
fn names<'a, T>(ours: &'a BTreeMap<String, T>, theirs: &'a BTreeMap<String, T>) -> Vec<&'a str> {
    let mut names: Vec<_> = ours
        .keys()
        .chain(theirs.keys())
        .map(String::as_str)
        .collect();
    names.sort_unstable();
    names.dedup();
    names
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

    /// Whole URLs are compared, for a prefix may be part of the server or of the path.
    fn addresses(&mut self, ours: &Call, theirs: &Call) {
        let (path, other) = (nameless(&ours.path), nameless(&theirs.path));
        if ours.addresses(&path) != theirs.addresses(&other) {
            self.add("path", &path, &other);
            self.add("servers", &list(&ours.servers), &list(&theirs.servers));
        } else if ours.addresses(&ours.path) != theirs.addresses(&theirs.path) {
            self.add("path", &ours.path, &theirs.path);
        }
    }

    fn bodies(&mut self, fact: &str, ours: &Response, theirs: &Response) {
        if !ours.documented && theirs.media.is_empty() {
            return;
        }
        let (mine, other) = (&ours.media, &theirs.media);
        if mine.is_disjoint(other) && mine != other {
            let shown = |media| match list(media) {
                none if media.is_empty() => none.replace("anything", "none"),
                some => some,
            };
            return self.add(&format!("{fact}, media type"), &shown(mine), &shown(other));
        }
        let (mine, other) = (&ours.body.types.allowed, &theirs.body.types.allowed);
        if ours.documented || !other.is_empty() {
            self.add(&format!("{fact}, body"), &list(mine), &list(other));
        }
        for at in names(&ours.fields, &theirs.fields) {
            let fact = format!("{fact}, field {at}");
            match (ours.fields.get(at), theirs.fields.get(at)) {
                (Some(mine), Some(other)) => self.field(&fact, mine, other),
                (Some(mine), None) if mine.documented => {
                    self.add(&fact, &list(&mine.types.allowed), NOWHERE);
                }
                (None, Some(other)) if !ours.is_unread(at) => {
                    self.add(&fact, NOWHERE, &list(&other.types.allowed));
                }
                _ => {}
            }
        }
    }

    /// Everything documented must be in the vendor's document, and everything in it documented or assumed.
    fn field(&mut self, fact: &str, ours: &Field, theirs: &Field) {
        let (types, mine) = (&theirs.types.allowed, &ours.types);
        if !mine.required.is_subset(types) || !types.is_subset(&mine.allowed) {
            self.add(fact, &list(&mine.allowed), &list(types));
        }
        // If the document lists no values, our value is our own rule.
        let (values, mine) = (&theirs.values.allowed, &ours.values);
        let listed = !values.is_empty() && !mine.allowed.is_empty();
        let wider = !ours.free && !values.is_subset(&mine.allowed);
        if listed && (wider || !mine.required.is_subset(values)) {
            self.add(
                &format!("{fact}, value"),
                &list(&mine.allowed),
                &list(values),
            );
        }
        if let (true, Some(mine), Some(other)) = (ours.documented, ours.required, theirs.required) {
            let need = |required| if required { "required" } else { "optional" };
            self.add(&format!("{fact}, need"), need(mine), need(other));
        }
        let fact = format!("{fact}, standing");
        self.add(
            &fact,
            standing(ours.deprecated),
            standing(theirs.deprecated),
        );
    }
}

impl Response {
    /// Whether a field is in an array of which our contract does not say what it is a list of.
    fn is_unread(&self, at: &str) -> bool {
        let Some((array, _)) = at.split_once("/*") else {
            return false;
        };
        !self.fields.contains_key(&format!("{array}/*"))
    }
}
