use crate::{Outcome, Setting, Vendor};

/// What a vendor documents about the call that releases a number, as data.
///
/// A vendor crate exports one as a constant, generated from its contract.
///
/// ```
/// use numbers_core::{Endpoint, Outcome, Vendor};
///
/// const RELEASE: Endpoint = Endpoint::new(Vendor::new("acme"), "release-number", "/numbers/{id}")
///     .with_success(&[(204, Outcome::Released)])
///     .with_responses(&["204", "404"])
///     .with_where_to_check("https://acme.example/numbers");
/// assert_eq!(RELEASE.method(), "DELETE");
/// assert_eq!(RELEASE.outcome(204), Some(Outcome::Released));
/// assert_eq!(RELEASE.outcome(200), None);
/// assert_eq!(RELEASE.responses(), ["204", "404"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    vendor: Vendor,
    operation: &'static str,
    method: &'static str,
    template: &'static str,
    success: &'static [(u16, Outcome)],
    responses: &'static [&'static str],
    docs: &'static str,
    where_to_check: &'static str,
    warning: &'static str,
    id_example: &'static str,
    requests_per_minute: Option<u32>,
    settings: &'static [Setting],
}

impl Endpoint {
    /// A call: the vendor's name for the operation, and the template of the path. The method is `DELETE`
    /// unless [`with_method`](Self::with_method) sets another.
    pub const fn new(vendor: Vendor, operation: &'static str, template: &'static str) -> Self {
        Self {
            vendor,
            operation,
            method: "DELETE",
            template,
            success: &[],
            responses: &[],
            docs: "",
            where_to_check: "",
            warning: "",
            id_example: "",
            requests_per_minute: None,
            settings: &[],
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

    /// Sets the documented responses: statuses, and `default` for all others.
    pub const fn with_responses(mut self, responses: &'static [&'static str]) -> Self {
        self.responses = responses;
        self
    }

    /// Sets the address of the page that documents the call.
    pub const fn with_docs(mut self, docs: &'static str) -> Self {
        self.docs = docs;
        self
    }

    /// Sets where a person can see whether the vendor still holds a number, in words that follow "check".
    pub const fn with_where_to_check(mut self, place: &'static str) -> Self {
        self.where_to_check = place;
        self
    }

    /// Sets a sentence that says what the call does, as a warning.
    pub const fn with_warning(mut self, warning: &'static str) -> Self {
        self.warning = warning;
        self
    }

    /// Sets an example of a number's id, as the vendor shows it.
    pub const fn with_id_example(mut self, example: &'static str) -> Self {
        self.id_example = example;
        self
    }

    /// Sets the documented limit in requests a minute: the lowest figure, where the vendor's pages disagree.
    pub const fn with_requests_per_minute(mut self, requests: u32) -> Self {
        self.requests_per_minute = Some(requests);
        self
    }

    /// Sets the settings of the vendor's client.
    pub const fn with_settings(mut self, settings: &'static [Setting]) -> Self {
        self.settings = settings;
        self
    }

    /// The vendor.
    pub const fn vendor(&self) -> &Vendor {
        &self.vendor
    }

    /// The vendor's own name for the operation.
    pub const fn operation(&self) -> &'static str {
        self.operation
    }

    /// The HTTP method.
    pub const fn method(&self) -> &'static str {
        self.method
    }

    /// The path with its parameters in braces. It names no number, so it is fit for logs and metrics.
    pub const fn template(&self) -> &'static str {
        self.template
    }

    /// The statuses documented as success, each with what it means.
    pub const fn success(&self) -> &'static [(u16, Outcome)] {
        self.success
    }

    /// The documented responses: statuses as text, and `default` for all others.
    pub const fn responses(&self) -> &'static [&'static str] {
        self.responses
    }

    /// What a status means where the vendor documents it as a success, else `None`.
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

    /// Where a person can see whether the vendor still holds a number, in words: a page, or a call of the API.
    pub const fn where_to_check(&self) -> &'static str {
        self.where_to_check
    }

    /// What the call does, as a warning.
    pub const fn warning(&self) -> &'static str {
        self.warning
    }

    /// An example of a number's id, as the vendor shows it.
    pub const fn id_example(&self) -> &'static str {
        self.id_example
    }

    /// The documented limit in requests a minute; `None` where there is none.
    pub const fn requests_per_minute(&self) -> Option<u32> {
        self.requests_per_minute
    }

    /// The settings of the vendor's client.
    pub const fn settings(&self) -> &'static [Setting] {
        self.settings
    }

    /// The setting with this field.
    pub fn setting(&self, field: &str) -> Option<&'static Setting> {
        self.settings
            .iter()
            .find(|setting| setting.field() == field)
    }
}
