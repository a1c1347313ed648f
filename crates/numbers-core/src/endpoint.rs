use crate::{Outcome, Vendor};

/// What a vendor documents of the one call that gives a number back.
///
/// Data alone: a vendor crate holds one as a constant, generated from its contract.
///
/// ```
/// use numbers_core::{Endpoint, Outcome, Vendor};
///
/// const RELEASE: Endpoint = Endpoint::new(Vendor::new("acme"), "release-number", "/numbers/{id}")
///     .with_success(&[(204, Outcome::Released)])
///     .with_answers(&["204", "404"])
///     .with_lookup("https://acme.example/numbers");
/// assert_eq!(RELEASE.method(), "DELETE");
/// assert_eq!(RELEASE.outcome(204), Some(Outcome::Released));
/// assert_eq!(RELEASE.outcome(200), None);
/// assert_eq!(RELEASE.answers(), ["204", "404"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoint {
    vendor: Vendor,
    operation: &'static str,
    method: &'static str,
    template: &'static str,
    success: &'static [(u16, Outcome)],
    answers: &'static [&'static str],
    docs: &'static str,
    lookup: &'static str,
    warning: &'static str,
}

impl Endpoint {
    /// Describes a call by the vendor's name for the operation and the template of its path. The
    /// method is `DELETE` until [`with_method`](Self::with_method) says otherwise.
    pub const fn new(vendor: Vendor, operation: &'static str, template: &'static str) -> Self {
        Self {
            vendor,
            operation,
            method: "DELETE",
            template,
            success: &[],
            answers: &[],
            docs: "",
            lookup: "",
            warning: "",
        }
    }

    /// Sets the HTTP method.
    pub const fn with_method(mut self, method: &'static str) -> Self {
        self.method = method;
        self
    }

    /// Sets the statuses that the vendor documents as success, each with what it means.
    pub const fn with_success(mut self, success: &'static [(u16, Outcome)]) -> Self {
        self.success = success;
        self
    }

    /// Sets the answers that are known of the call: statuses, and `default` for all others.
    pub const fn with_answers(mut self, answers: &'static [&'static str]) -> Self {
        self.answers = answers;
        self
    }

    /// Sets the address of the page that documents the call.
    pub const fn with_docs(mut self, docs: &'static str) -> Self {
        self.docs = docs;
        self
    }

    /// Says in a sentence where a person can see whether the vendor still holds a number.
    pub const fn with_lookup(mut self, lookup: &'static str) -> Self {
        self.lookup = lookup;
        self
    }

    /// Says in a sentence what the call does to whoever makes it.
    pub const fn with_warning(mut self, warning: &'static str) -> Self {
        self.warning = warning;
        self
    }

    /// The vendor.
    pub const fn vendor(&self) -> Vendor {
        self.vendor
    }

    /// The vendor's own name for the operation.
    pub const fn operation(&self) -> &'static str {
        self.operation
    }

    /// The HTTP method.
    pub const fn method(&self) -> &'static str {
        self.method
    }

    /// The path with its parameters in braces: low in cardinality and without a number, so fit for
    /// logs and metrics.
    pub const fn template(&self) -> &'static str {
        self.template
    }

    /// The statuses documented as success, each with what it means.
    pub const fn success(&self) -> &'static [(u16, Outcome)] {
        self.success
    }

    /// The answers that are known of the call: statuses as text, and `default` for all others. What
    /// else comes is read as well.
    pub const fn answers(&self) -> &'static [&'static str] {
        self.answers
    }

    /// What a status means as a success, or `None` where the vendor does not document it as one.
    pub fn outcome(&self, status: u16) -> Option<Outcome> {
        self.success
            .iter()
            .find(|(code, _)| *code == status)
            .map(|(_, outcome)| *outcome)
    }

    /// The address of the page that documents the call.
    pub const fn docs(&self) -> &'static str {
        self.docs
    }

    /// Where a person can see whether the vendor still holds a number.
    pub const fn lookup(&self) -> &'static str {
        self.lookup
    }

    /// What the call does to whoever makes it.
    pub const fn warning(&self) -> &'static str {
        self.warning
    }
}
