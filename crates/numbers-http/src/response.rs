use crate::parser::ResponseParser;
use bytes::Bytes;
use numbers_core::{Attempt, NumberId, Outcome, Release};
use reqwest::header::HeaderMap;
use std::fmt;
use std::time::Duration;

/// A vendor's answer that is a documented success.
#[must_use = "it says whether the number is gone or only ordered to go"]
pub struct Response<T> {
    pub(crate) body: T,
    pub(crate) outcome: Outcome,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) request_id: Option<String>,
    pub(crate) bytes: Bytes,
    pub(crate) duration: Duration,
}

impl<T> Response<T> {
    /// The body, read.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The body alone.
    pub fn into_body(self) -> T {
        self.body
    }

    /// What the status means for the number, as the vendor documents it.
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The headers as they came. A stranger's text: clean it before you show it.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The vendor's id for the request, from the header `x-request-id`.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The body as it came.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The answer in the terms that all vendors share.
    pub fn to_release<P: ResponseParser<Success = T>>(&self, number: NumberId) -> Release {
        let attempt = Attempt::succeeded(self.outcome, self.duration)
            .with_status(Some(self.status))
            .with_request_id(self.request_id());
        Release::new(P::ENDPOINT.vendor(), number, self.outcome)
            .with_status(self.status)
            .with_request_id(self.request_id())
            .with_attempt(attempt)
    }
}

/// Without headers and body, read or raw: they can repeat what was sent.
impl<T> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("outcome", &self.outcome)
            .field("request_id", &self.request_id)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}
