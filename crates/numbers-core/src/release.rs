use crate::text::for_display;
use crate::{Attempt, Disposition, NumberId, Outcome, Vendor};

/// A release that succeeded. [`outcome`](Self::outcome) says what that means for the number.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "the outcome says whether the number is released or only accepted for release"]
pub struct Release {
    vendor: Vendor,
    number: NumberId,
    outcome: Outcome,
    status: Option<u16>,
    request_id: Option<Box<str>>,
    attempts: Vec<Attempt>,
}

impl Release {
    /// A release of `number` at `vendor` that succeeded.
    pub const fn new(vendor: Vendor, number: NumberId, outcome: Outcome) -> Self {
        Self {
            vendor,
            number,
            outcome,
            status: None,
            request_id: None,
            attempts: Vec::new(),
        }
    }

    /// Sets the HTTP status of the response.
    pub const fn with_status(mut self, status: Option<u16>) -> Self {
        self.status = status;
        self
    }

    /// Sets the vendor's id for the request, cleaned and cut for display.
    pub fn with_request_id(mut self, id: Option<&str>) -> Self {
        self.request_id = for_display(id);
        self
    }

    /// Sets the one attempt that was made.
    pub fn with_attempt(mut self, attempt: Attempt) -> Self {
        self.attempts = vec![attempt];
        self
    }

    /// Sets all attempts that were made, oldest first.
    pub fn with_attempts(mut self, attempts: Vec<Attempt>) -> Self {
        self.attempts = attempts;
        self
    }

    /// The vendor.
    pub const fn vendor(&self) -> &Vendor {
        &self.vendor
    }

    /// The number.
    pub const fn number(&self) -> &NumberId {
        &self.number
    }

    /// What the success means for the number.
    pub const fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// What happened to the number: [`outcome`](Self::outcome) as one of the five results.
    pub fn disposition(&self) -> Disposition {
        self.outcome.into()
    }

    /// The HTTP status of the last response.
    pub const fn status(&self) -> Option<u16> {
        self.status
    }

    /// The vendor's id for the request, for its support.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The attempts that were made, oldest first. A client makes one; a layer may make more.
    pub fn attempts(&self) -> &[Attempt] {
        &self.attempts
    }
}
