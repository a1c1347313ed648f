//! The outcome table, from the head of an answer on.

use crate::body::{Body, End};
use crate::redact::redact;
use crate::{Answers, Complaint, Http, Response, Verdict, retry_after};
use numbers_core::{Error, ErrorKind, NumberId, Outcome, Vendor};
use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};
use std::time::{Instant, SystemTime};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// An answer as it came.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

impl Http {
    /// Makes of an answer what its status and body say.
    pub(crate) fn sort<A: Answers>(
        &self,
        answer: Answer,
        number: &NumberId,
        started: Instant,
    ) -> Result<Response<A::Success>, Error> {
        match self.judge::<A>(&answer) {
            Ok((body, outcome)) => Ok(Response {
                body,
                outcome,
                status: answer.status,
                request_id: self.request_id(&answer.headers, number),
                headers: answer.headers,
                bytes: answer.body.bytes,
                duration: started.elapsed(),
            }),
            Err((fault, complaint)) => Err(self.error(fault, complaint, A::hint, answer, number)),
        }
    }

    fn judge<A: Answers>(
        &self,
        answer: &Answer,
    ) -> Result<(A::Success, Outcome), (Fault, Complaint)> {
        let body = &answer.body.bytes;
        let fault = match self.outcome(answer) {
            Ok(outcome) => match (A::judge(body), outcome) {
                (Verdict::Success(body), Some(outcome)) => return Ok((body, outcome)),
                (Verdict::Refused(complaint), _) => return Err((Fault::Refused, complaint)),
                (_, None) => Fault::Unexpected("not the status that is documented as success"),
                (Verdict::Unexpected(why), _) => Fault::Unexpected(why),
            },
            Err(fault) => fault,
        };
        Err((fault, A::complaint(body)))
    }

    /// What the status of an answer that has come whole under 2xx means.
    fn outcome(&self, answer: &Answer) -> Result<Option<Outcome>, Fault> {
        if !(200..300).contains(&answer.status) {
            return Err(Fault::Status);
        }
        match &answer.body.end {
            End::Whole => Ok(self.inner.endpoint.outcome(answer.status)),
            End::TooLong => Err(Fault::Unexpected("the body is longer than 64 KiB")),
            End::Broken(_) => Err(Fault::Unexpected("the body is not whole")),
        }
    }

    fn error(
        &self,
        fault: Fault,
        complaint: Complaint,
        hint: fn(ErrorKind) -> Option<&'static str>,
        answer: Answer,
        number: &NumberId,
    ) -> Error {
        let Answer {
            status,
            headers,
            body,
        } = answer;
        let error = Error::from_status(self.vendor(), status);
        let error = match fault {
            Fault::Status => error,
            Fault::Unexpected(why) => error.with_detail(why),
            Fault::Refused => refusal(self.vendor(), status, &complaint),
        };
        let shown = |text: Option<String>| {
            text.map(|text| redact(&text, &self.inner.credential.secrets, number))
        };
        let request_id = shown(complaint.request_id)
            .map(Into::into)
            .or_else(|| self.request_id(&headers, number));
        let kind = error.kind();
        let error = error
            .with_vendor_code(shown(complaint.code).as_deref())
            .with_vendor_message(shown(complaint.message).as_deref())
            .with_request_id(request_id.as_deref())
            .with_retry_after(
                headers
                    .get(RETRY_AFTER)
                    .and_then(|value| retry_after(value.as_bytes(), sent_at(&headers))),
            )
            .with_hint(hint(kind))
            .with_body(body.bytes);
        match body.end {
            End::Broken(cause) => error.with_source(cause.without_url()),
            _ => error,
        }
    }

    fn request_id(&self, headers: &HeaderMap, number: &NumberId) -> Option<Box<str>> {
        let id = headers.get(REQUEST_ID)?.to_str().ok()?;
        Some(redact(id, &self.inner.credential.secrets, number).into())
    }
}

/// When the vendor sent the answer, by its own clock: a date of its own is told from that.
fn sent_at(headers: &HeaderMap) -> SystemTime {
    let date = headers.get(DATE).and_then(|value| value.to_str().ok());
    date.and_then(|date| httpdate::parse_http_date(date).ok())
        .unwrap_or_else(SystemTime::now)
}

enum Fault {
    Status,
    Unexpected(&'static str),
    Refused,
}

/// An error form under 2xx: what its own status says, and a refusal where it gives none. It is never
/// repeated, for the vendor did not answer as documented.
fn refusal(vendor: Vendor, status: u16, complaint: &Complaint) -> Error {
    Error::from_status(vendor, complaint.status.unwrap_or(400))
        .permanent()
        .with_status(status)
}
