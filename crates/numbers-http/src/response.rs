use numbers_core::{Attempt, Disposition, NumberId, Outcome, Release, Vendor};
use reqwest::header::HeaderMap;
use std::fmt;
use std::time::Duration;

/// A response that is a documented success.
///
/// A test can make one, for a mock of a vendor's client:
///
/// ```
/// use numbers_core::Outcome;
/// use numbers_http::Response;
///
/// let response = Response::new(200, Outcome::Released, "the body").with_request_id("r-1");
/// assert_eq!(response.body(), &"the body");
/// assert_eq!(response.request_id(), Some("r-1"));
/// ```
#[must_use = "it says whether the number is released or only accepted for release"]
pub struct Response<T> {
    pub(crate) body: T,
    pub(crate) outcome: Outcome,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) request_id: Option<String>,
    pub(crate) bytes: Vec<u8>,
    pub(crate) duration: Duration,
}

impl<T> Response<T> {
    /// A response by its status, what that means for the number, and its body.
    pub fn new(status: u16, outcome: Outcome, body: T) -> Self {
        Self {
            body,
            outcome,
            status,
            headers: HeaderMap::new(),
            request_id: None,
            bytes: Vec::new(),
            duration: Duration::ZERO,
        }
    }

    /// Sets the headers.
    pub fn with_headers(mut self, headers: HeaderMap) -> Self {
        self.headers = headers;
        self
    }

    /// Sets the vendor's id for the request.
    pub fn with_request_id(mut self, id: impl Into<String>) -> Self {
        self.request_id = Some(id.into());
        self
    }

    /// Sets the body as it came.
    pub fn with_bytes(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.bytes = bytes.into();
        self
    }

    /// The body, parsed.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The parsed body, by value.
    pub fn into_body(self) -> T {
        self.body
    }

    /// What the status means for the number, as the vendor documents it.
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// What happened to the number: [`outcome`](Self::outcome) as one of the five results.
    /// [`Disposition::from_result`] also reads it from the call's result.
    pub fn disposition(&self) -> Disposition {
        self.outcome.into()
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The headers as they came. They are untrusted and not redacted.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The vendor's id for the request, from the header `x-request-id`.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The body as it came. It is untrusted and not redacted.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The response as a [`Release`], which all vendors share.
    pub(crate) fn to_release(&self, vendor: Vendor, number: NumberId) -> Release {
        let attempt = Attempt::succeeded(self.outcome, self.duration)
            .with_status(Some(self.status))
            .with_request_id(self.request_id());
        Release::new(vendor, number, self.outcome)
            .with_status(Some(self.status))
            .with_request_id(self.request_id())
            .with_attempt(attempt)
    }
}

impl<T> From<&Response<T>> for Disposition {
    fn from(response: &Response<T>) -> Self {
        response.disposition()
    }
}

/// Leaves out headers and body: they can repeat what was sent.
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

#[cfg(test)]
mod tests {
    use super::Response;
    use numbers_core::{Disposition, Error, ErrorKind, Outcome, Vendor};
    use reqwest::header::{HeaderMap, HeaderValue};

    #[test]
    fn the_result_of_a_vendors_own_call_has_a_disposition() {
        let accepted = Ok(Response::new(202, Outcome::Accepted, ()));
        assert_eq!(Disposition::from_result(&accepted), Disposition::Accepted);
        let lost = Err(Error::new(Vendor::new("acme"), ErrorKind::Timeout));
        let result: Result<Response<()>, _> = lost;
        assert_eq!(Disposition::from_result(&result), Disposition::Unknown);
    }

    #[test]
    fn a_response_has_what_it_was_built_from() {
        let mut headers = HeaderMap::new();
        headers.insert("x-extra", HeaderValue::from_static("canary"));
        let response = Response::new(202, Outcome::Accepted, "canary")
            .with_headers(headers)
            .with_request_id("r-1")
            .with_bytes(*b"canary");
        assert_eq!(
            (response.status(), response.outcome()),
            (202, Outcome::Accepted)
        );
        assert_eq!(response.headers()["x-extra"], "canary");
        assert_eq!(response.request_id(), Some("r-1"));
        assert_eq!(response.bytes(), b"canary");
        let shown = format!("{response:?}");
        assert!(shown.contains("202") && shown.contains("r-1"), "{shown}");
        assert!(!shown.contains("canary"), "{shown}");
        assert_eq!(
            (*response.body(), response.into_body()),
            ("canary", "canary")
        );
    }
}
