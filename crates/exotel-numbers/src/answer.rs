//! How Exotel's answers are read.

use crate::wire::{ENDPOINT, ErrorResponse, HINTS, ReleaseNumberResponse};
use numbers_core::{Endpoint, ErrorKind};
use numbers_http::serde_json::Value;
use numbers_http::{Answers, Complaint, Verdict, object, text};

/// The reading of Exotel's answers, for whoever sends the request by other means than
/// [`Client`](crate::Client).
#[derive(Debug, Clone, Copy)]
pub struct ReleaseNumber;

impl Answers for ReleaseNumber {
    type Success = ReleaseNumberResponse;

    const ENDPOINT: Endpoint = ENDPOINT;

    fn judge(body: &[u8]) -> Verdict<Self::Success> {
        let Some(error) = object::<ErrorResponse>(body) else {
            return Verdict::Unexpected("the body is not a JSON object");
        };
        if is_error(&error) {
            return Verdict::Refused(complaint(error));
        }
        match &error.status {
            Value::Null => {}
            status if status.as_i64() == Some(ReleaseNumberResponse::STATUS) => {}
            _ => return Verdict::Unexpected(ReleaseNumberResponse::UNCONFIRMED),
        }
        match object(body) {
            Some(answer) => Verdict::Success(answer),
            None => Verdict::Unexpected("the body can't be read"),
        }
    }

    fn complaint(body: &[u8]) -> Complaint {
        object(body).map(complaint).unwrap_or_default()
    }

    fn hint(kind: ErrorKind) -> Option<&'static str> {
        HINTS
            .iter()
            .find(|(trap, _)| *trap == kind)
            .map(|(_, hint)| *hint)
    }
}

/// One of the error forms: the usual one, the envelope, or the bare one with the status of an error.
fn is_error(error: &ErrorResponse) -> bool {
    let enveloped = error
        .response
        .as_ref()
        .is_some_and(|response| response.error_data.is_some());
    let reaches = |status: Option<i64>, least| status.is_some_and(|status| status >= least);
    error.rest_exception.is_some()
        || enveloped
        || reaches(error.http_code, ErrorResponse::LEAST_HTTP_CODE)
        || reaches(error.status.as_i64(), ErrorResponse::LEAST_STATUS)
}

fn complaint(error: ErrorResponse) -> Complaint {
    let request_id = text(&error.request_id);
    let (status, code, messages) = match (
        error.rest_exception,
        error.response.and_then(|response| response.error_data),
    ) {
        (Some(exception), _) => (
            exception.status,
            exception.code,
            [exception.message, Value::Null],
        ),
        (None, Some(data)) => (error.http_code, data.code, [data.message, data.description]),
        (None, None) => (
            error.http_code.or(error.status.as_i64()),
            Value::Null,
            [error.message, Value::Null],
        ),
    };
    Complaint {
        status: status.and_then(|status| status.try_into().ok()),
        code: text(&code),
        message: messages.iter().find_map(text),
        request_id,
    }
}
