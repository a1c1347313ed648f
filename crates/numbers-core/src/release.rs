use crate::text::shown;
use crate::{Attempt, NumberId, Outcome, Vendor};

/// A number given back, and what that means: see [`outcome`](Self::outcome).
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "the outcome says whether the number is gone or only on its way"]
pub struct Release {
    vendor: Vendor,
    number: NumberId,
    outcome: Outcome,
    status: Option<u16>,
    request_id: Option<Box<str>>,
    attempts: Vec<Attempt>,
}

impl Release {
    /// States that `vendor` answered a release of `number` with success.
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

    /// Sets the HTTP status of the answer.
    pub const fn with_status(mut self, status: Option<u16>) -> Self {
        self.status = status;
        self
    }

    /// Sets the vendor's id for the request, made fit to be shown.
    pub fn with_request_id(mut self, id: Option<&str>) -> Self {
        self.request_id = shown(id);
        self
    }

    /// Sets the one attempt that it took.
    pub fn with_attempt(mut self, attempt: Attempt) -> Self {
        self.attempts = vec![attempt];
        self
    }

    /// Sets all attempts that it took, oldest first.
    pub fn with_attempts(mut self, attempts: Vec<Attempt>) -> Self {
        self.attempts = attempts;
        self
    }

    /// The vendor that answered.
    pub const fn vendor(&self) -> &Vendor {
        &self.vendor
    }

    /// The number that was given back.
    pub const fn number(&self) -> &NumberId {
        &self.number
    }

    /// Whether the number is gone, on its way, or absent after an earlier attempt.
    pub const fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// The HTTP status of the last answer.
    pub const fn status(&self) -> Option<u16> {
        self.status
    }

    /// The vendor's id for the request, to name in a talk with its support.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// What was tried, oldest first. A client alone makes one attempt; a layer may make more.
    pub fn attempts(&self) -> &[Attempt] {
        &self.attempts
    }
}
