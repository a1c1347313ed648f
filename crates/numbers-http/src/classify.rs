//! The outcome table for responses with complete headers.

use crate::body::BodyEnd;
use crate::redact::redact;
use crate::{Http, Json, Parsed, Response, ResponseParser, VendorError, retry_after};
use numbers_core::{Error, ErrorKind, NumberId, Outcome, Vendor};
use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};
use std::time::{Instant, SystemTime};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// A response with complete headers and as much of its body as arrived.
pub(crate) struct Received {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
    pub(crate) end: BodyEnd,
}

impl Received {
    /// The body as a JSON object, if it is one and whole.
    fn object(&self) -> Option<Json<'_>> {
        matches!(self.end, BodyEnd::Whole)
            .then(|| Json::object(&self.bytes))
            .flatten()
    }
}

/// Why a response is not a success.
enum Failure {
    /// The status decides.
    Status,
    /// The vendor's error form under 2xx.
    Refused,
    /// Not what the vendor documents.
    Unexpected(&'static str),
}

impl Http {
    /// Classifies a response by its status and body.
    pub(crate) fn classify<P: ResponseParser>(
        &self,
        received: Received,
        number: &NumberId,
        started: Instant,
    ) -> Result<Response<P::Success>, Error> {
        let body = received.object();
        match self.success::<P>(&received, body.as_ref()) {
            Ok((success, outcome)) => Ok(Response {
                body: success,
                outcome,
                status: received.status,
                request_id: self.request_id(&received.headers, number),
                headers: received.headers,
                bytes: received.bytes,
                duration: started.elapsed(),
            }),
            Err(failure) => {
                let reported = body.as_ref().map(P::parse_error).unwrap_or_default();
                Err(self.error(failure, reported, P::hint, received, number))
            }
        }
    }

    /// Under 2xx, status and body decide together. Otherwise the status decides, with one exception: a 4xx
    /// whose body states the success is not a refusal.
    fn success<P: ResponseParser>(
        &self,
        received: &Received,
        body: Option<&Json<'_>>,
    ) -> Result<(P::Success, Outcome), Failure> {
        match received.status {
            200..300 => {}
            400..=407 | 409..=499 if body.is_some_and(P::states_success) => {
                return Err(Failure::Unexpected(
                    "the body states the success that the status denies",
                ));
            }
            _ => return Err(Failure::Status),
        }
        match received.end {
            BodyEnd::Whole => {}
            BodyEnd::TooLong => return Err(Failure::Unexpected("the body is longer than 64 KiB")),
            BodyEnd::TimedOut | BodyEnd::Broken(_) => {
                return Err(Failure::Unexpected("the body is not whole"));
            }
        }
        let outcome = self.inner.endpoint.outcome(received.status);
        let empty = received.bytes.is_empty();
        if let (true, Some(success), Some(outcome)) =
            (empty, P::without_body(received.status), outcome)
        {
            return Ok((success, outcome));
        }
        let Some(body) = body else {
            return Err(Failure::Unexpected(
                "the body is not a JSON object, or repeats a key",
            ));
        };
        match (P::parse_success(body), outcome) {
            (Parsed::Success(success), Some(outcome)) => Ok((success, outcome)),
            (Parsed::Refused, _) => Err(Failure::Refused),
            (Parsed::Unexpected(why), Some(_)) => Err(Failure::Unexpected(why)),
            (_, None) => Err(Failure::Unexpected(
                "not the status that is documented as success",
            )),
        }
    }

    fn error(
        &self,
        failure: Failure,
        reported: VendorError,
        hint: fn(ErrorKind) -> Option<&'static str>,
        received: Received,
        number: &NumberId,
    ) -> Error {
        let Received {
            status,
            headers,
            bytes,
            end,
        } = received;
        let vendor = self.vendor();
        let error = match failure {
            Failure::Status => Error::from_status(vendor, status),
            Failure::Refused => refusal(vendor, status, &reported),
            Failure::Unexpected(why) => Error::new(vendor, ErrorKind::UnexpectedResponse)
                .with_status(Some(status))
                .with_detail(why),
        };
        let redacted = |text: Option<String>| {
            text.map(|text| redact(&text, &self.inner.credential.secrets, number))
        };
        let request_id =
            redacted(reported.request_id).or_else(|| self.request_id(&headers, number));
        let kind = error.kind();
        let error = error
            .with_vendor_code(redacted(reported.code).as_deref())
            .with_vendor_message(redacted(reported.message).as_deref())
            .with_request_id(request_id.as_deref())
            .with_retry_after(
                headers
                    .get(RETRY_AFTER)
                    .and_then(|value| retry_after(value.as_bytes(), sent_at(&headers))),
            )
            .with_hint(hint(kind))
            .with_bytes(bytes);
        match end {
            BodyEnd::Broken(cause) => error.with_source(cause.without_url()),
            _ => error,
        }
    }

    fn request_id(&self, headers: &HeaderMap, number: &NumberId) -> Option<String> {
        let id = headers.get(REQUEST_ID)?.to_str().ok()?;
        Some(redact(id, &self.inner.credential.secrets, number))
    }
}

/// When the vendor sent the response, by its own clock, from which a date in `Retry-After` counts.
fn sent_at(headers: &HeaderMap) -> SystemTime {
    let date = headers.get(DATE).and_then(|value| value.to_str().ok());
    date.and_then(|date| httpdate::parse_http_date(date).ok())
        .unwrap_or_else(SystemTime::now)
}

/// An error form under 2xx: its own status decides; without one it is a refusal. It is never retryable, since
/// the vendor did not respond as documented.
fn refusal(vendor: Vendor, status: u16, reported: &VendorError) -> Error {
    Error::from_status(vendor, reported.status.unwrap_or(400))
        .with_permanent(true)
        .with_status(Some(status))
}
