//! The facts of a call by name, from our contract or from a vendor's document.

use std::collections::{BTreeMap, BTreeSet};

/// The facts of the call in one document.
#[derive(Debug)]
pub(super) struct Call {
    /// The path with its parameters in braces.
    pub(super) path: String,
    /// Scheme, host and prefix of every server.
    pub(super) servers: BTreeSet<String>,
    /// The vendor's name for the operation. Many documents have none.
    pub(super) operation: String,
    /// Method, authentication, parameters and the like.
    pub(super) facts: Facts,
    /// The responses, by status.
    pub(super) responses: BTreeMap<String, Response>,
}

/// A response.
#[derive(Debug)]
pub(super) struct Response {
    /// Whether the vendor's page for the call has it.
    pub(super) documented: bool,
    /// JSON if it is one of its media types.
    pub(super) media: String,
    /// The types and fields of its body.
    pub(super) facts: Facts,
}

/// Facts by name.
pub(super) type Facts = BTreeMap<String, Fact>;

/// One fact. What our contract has from elsewhere than the vendor's page is assumed: it need not be in the
/// vendor's document.
#[derive(Debug, Default, Clone)]
pub(super) struct Fact {
    /// The values that are documented: the other document must have them.
    required: BTreeSet<String>,
    /// The values that are documented or assumed: it may have them.
    allowed: BTreeSet<String>,
    /// Whether it may have any other value too.
    pub(super) open: bool,
}

impl Fact {
    /// A documented fact with one value.
    pub(super) fn new(value: impl Into<String>) -> Self {
        let mut fact = Self::default();
        fact.add(value, true);
        fact
    }

    /// Adds a value, documented or assumed.
    pub(super) fn add(&mut self, value: impl Into<String>, documented: bool) {
        let value = value.into();
        if documented {
            self.required.insert(value.clone());
        }
        self.allowed.insert(value);
    }

    /// Whether it says nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.allowed.is_empty()
    }

    /// Whether anything of it is documented.
    pub(super) fn is_documented(&self) -> bool {
        !self.required.is_empty()
    }

    /// Whether the vendor's fact has everything documented, and nothing that is not at least assumed.
    pub(super) fn admits(&self, theirs: &Self) -> bool {
        self.required.is_subset(&theirs.allowed)
            && (self.open || theirs.allowed.is_subset(&self.allowed))
    }

    /// Its values.
    pub(super) fn shown(&self) -> String {
        list(&self.allowed)
    }
}

/// Joins strings.
pub(super) fn list(texts: &BTreeSet<String>) -> String {
    if texts.is_empty() {
        return "anything".to_owned();
    }
    let texts: Vec<_> = texts.iter().map(String::as_str).collect();
    texts.join(", ")
}

impl Call {
    /// The possible URLs. A prefix may be part of the server or of the path.
    pub(super) fn addresses(&self, path: &str) -> BTreeSet<String> {
        let servers = self.servers.iter();
        servers.map(|server| format!("{server}{path}")).collect()
    }

    /// Whether both have the same path or URLs, but for the names of parameters.
    pub(super) fn is_at(&self, other: &Self) -> bool {
        let (ours, theirs) = (nameless(&self.path), nameless(&other.path));
        ours == theirs || self.addresses(&ours) == other.addresses(&theirs)
    }

    /// Whether both have the same name, without case and hyphens: our methods are named after it.
    pub(super) fn is_named_like(&self, other: &Self) -> bool {
        let plain = |name: &str| -> String {
            let plain = name.chars().filter(char::is_ascii_alphanumeric);
            plain.collect::<String>().to_ascii_lowercase()
        };
        plain(&self.operation) == plain(&other.operation)
    }

    /// The response that covers an error status without one of its own: `4XX` or `default` for `404`, and
    /// the reverse. Never for a success, where each status counts.
    pub(super) fn covering(&self, status: &str) -> Option<&Response> {
        let is_class = |status: &str| status.to_ascii_uppercase().ends_with("XX");
        let covers = |known: &str| {
            let wide = is_class(known) || is_class(status);
            let rest = known == "default" || status == "default";
            ![known, status].iter().any(|it| it.starts_with('2'))
                && (rest || (wide && known.get(..1) == status.get(..1)))
        };
        let all = self.responses.iter().filter(|(known, _)| covers(known));
        // Of several the first that is documented.
        all.map(|(_, response)| response)
            .min_by_key(|response| !response.documented)
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
