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
            return Verdict::Unexpected("the body is no JSON object, or has a field twice");
        };
        let all = statuses(&error);
        let said = || all.iter().flatten().copied();
        let accepted = said().all(|status| status.as_i64() == Some(ReleaseNumberResponse::STATUS));
        let failed = said()
            .map(number)
            .all(|status| status.map(i64::from) >= Some(ErrorResponse::LEAST_STATUS));
        let first = said().next().and_then(number);
        let agreed = said().map(number).all(|status| status == first);
        if accepted && !has_error_form(&error) {
            // The same two fields, read already.
            return Verdict::Success(ReleaseNumberResponse {
                status: error.status.as_i64(),
                message: match error.message {
                    Value::String(message) => Some(message),
                    _ => None,
                },
            });
        }
        let complaint = complaint(error);
        let substance =
            complaint.status.is_some() || complaint.code.is_some() || complaint.message.is_some();
        if failed && agreed && substance {
            Verdict::Refused(complaint)
        } else if accepted {
            Verdict::Unexpected("the body has an error form that says nothing of an error")
        } else {
            Verdict::Unexpected(ReleaseNumberResponse::UNCONFIRMED)
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

fn has_error_form(error: &ErrorResponse) -> bool {
    let enveloped = error
        .response
        .as_ref()
        .and_then(|response| response.error_data.as_ref());
    error.rest_exception.is_some() || enveloped.is_some()
}

/// The statuses that a body gives itself, in each of its forms.
fn statuses(error: &ErrorResponse) -> [Option<&Value>; 4] {
    let exception = error.rest_exception.as_ref();
    let enveloped = error.response.as_ref();
    [
        exception.map(|exception| &exception.status),
        Some(&error.http_code),
        enveloped.map(|response| &response.code),
        Some(&error.status),
    ]
    .map(|said| said.filter(|said| !said.is_null()))
}

/// A status, written as a number or as text.
fn number(said: &Value) -> Option<u16> {
    match said {
        Value::String(text) => text.parse().ok(),
        _ => said.as_i64()?.try_into().ok(),
    }
}

fn complaint(error: ErrorResponse) -> Complaint {
    let status = statuses(&error).into_iter().flatten().find_map(number);
    let request_id = text(&error.request_id);
    let (code, messages) = match (
        error.rest_exception,
        error.response.and_then(|response| response.error_data),
    ) {
        (Some(exception), _) => (exception.code, [exception.message, Value::Null]),
        (None, Some(data)) => (data.code, [data.message, data.description]),
        (None, None) => (Value::Null, [error.message, Value::Null]),
    };
    Complaint {
        status,
        code: text(&code),
        message: messages.iter().find_map(text),
        request_id,
    }
}
