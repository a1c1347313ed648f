//! The facts of a call, from our contract or from a vendor's document.

use std::collections::{BTreeMap, BTreeSet};

/// The facts of the call in one document.
#[derive(Debug, Default)]
pub(super) struct Call {
    /// The HTTP method.
    pub(super) method: String,
    /// The path with its parameters in braces.
    pub(super) path: String,
    /// The vendor's name for the operation.
    pub(super) operation: String,
    /// Scheme, host and prefix of every server.
    pub(super) servers: BTreeSet<String>,
    /// How requests authenticate.
    pub(super) auth: String,
    /// Whether it is deprecated.
    pub(super) deprecated: bool,
    /// What is sent as a body.
    pub(super) body: &'static str,
    /// The parameters, by place and name.
    pub(super) parameters: BTreeMap<String, String>,
    /// The responses, by status.
    pub(super) responses: BTreeMap<String, Response>,
}

/// The facts of a response. What our contract has from elsewhere than the vendor's page is not documented: it
/// need not be in the vendor's document.
#[derive(Debug, Default)]
pub(super) struct Response {
    /// Whether the vendor's page for the call has it.
    pub(super) documented: bool,
    /// The media types of its body.
    pub(super) media: BTreeSet<String>,
    /// The body as a whole.
    pub(super) body: Field,
    /// Its fields, by JSON pointer; `*` is each item of an array.
    pub(super) fields: BTreeMap<String, Field>,
}

/// The facts of a field.
#[derive(Debug, Default)]
pub(super) struct Field {
    /// Whether the vendor's page for the call has it.
    pub(super) documented: bool,
    /// The types that it may have.
    pub(super) types: Range,
    /// The values that it may have, where they are listed.
    pub(super) values: Range,
    /// Whether one of its schemas lists no values.
    pub(super) free: bool,
    /// Whether it must be there, where that is said of any field beside it.
    pub(super) required: Option<bool>,
    /// Whether it is deprecated.
    pub(super) deprecated: bool,
}

/// What a vendor's document must contain, and what it may contain.
#[derive(Debug, Default)]
pub(super) struct Range {
    /// What is documented.
    pub(super) required: BTreeSet<String>,
    /// What is documented or assumed.
    pub(super) allowed: BTreeSet<String>,
}

impl Range {
    /// Adds a value, documented or assumed.
    pub(super) fn add(&mut self, one: String, documented: bool) {
        if documented {
            self.required.insert(one.clone());
        }
        self.allowed.insert(one);
    }
}

impl Call {
    /// The possible URLs. A prefix may be part of the server or of the path.
    pub(super) fn addresses(&self, path: &str) -> BTreeSet<String> {
        self.servers
            .iter()
            .map(|server| format!("{server}{path}"))
            .collect()
    }

    /// Whether both have the same URLs, but for the names of parameters.
    pub(super) fn is_at(&self, other: &Self) -> bool {
        let (ours, theirs) = (nameless(&self.path), nameless(&other.path));
        ours == theirs || self.addresses(&ours) == other.addresses(&theirs)
    }

    /// The response that covers an error status without one of its own: `4XX` or `default` for `404`, and
    /// the reverse. Never for a success, where each status counts.
    pub(super) fn covering(&self, status: &str) -> Option<&Response> {
        let class = |status: &str| status.get(..1).unwrap_or_default().to_owned();
        let is_class = |status: &str| status.to_ascii_uppercase().ends_with("XX");
        let is_good = |status: &str| status.starts_with('2');
        let covers = |known: &str| {
            let wide = is_class(known) || is_class(status);
            let rest = known == "default" || status == "default";
            !is_good(known) && !is_good(status) && (rest || (wide && class(known) == class(status)))
        };
        let mut responses = self.responses.iter().filter(|(known, _)| covers(known));
        let first = responses.clone().next();
        let found = responses
            .find(|(_, response)| response.documented)
            .or(first);
        found.map(|(_, response)| response)
    }
}

/// A path without the names of its parameters.
pub(super) fn nameless(path: &str) -> String {
    let mut pieces = path.split('{');
    let before = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(before, |path, piece| {
        let (_, behind) = piece.split_once('}').unwrap_or_default();
        path + "{}" + behind
    })
}

/// A name without case and hyphens.
pub(super) fn plain(name: &str) -> String {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    plain.to_ascii_lowercase()
}

/// Joins strings.
pub(super) fn list(texts: &BTreeSet<String>) -> String {
    if texts.is_empty() {
        return "anything".to_owned();
    }
    texts
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ")
}
