//! How Synthflow's answers are read.

use crate::wire::{DeletePhoneNumberResponse, ENDPOINT, ErrorResponse};
use numbers_core::Endpoint;
use numbers_http::serde_json::Value;
use numbers_http::{Answers, Complaint, Verdict, object, text};

/// The reading of Synthflow's answers, for whoever sends the request by other means than
/// [`Client`](crate::Client).
#[derive(Debug, Clone, Copy)]
pub struct DeletePhoneNumber;

impl Answers for DeletePhoneNumber {
    type Success = DeletePhoneNumberResponse;

    const ENDPOINT: Endpoint = ENDPOINT;

    fn judge(body: &[u8]) -> Verdict<Self::Success> {
        match object::<DeletePhoneNumberResponse>(body) {
            Some(answer) if answer.status.as_deref() == Some(DeletePhoneNumberResponse::STATUS) => {
                if is_error_form(body) {
                    Verdict::Unexpected("the body says success and error at once")
                } else {
                    Verdict::Success(answer)
                }
            }
            Some(_) => Verdict::Unexpected(DeletePhoneNumberResponse::UNCONFIRMED),
            None => Verdict::Unexpected("the body is not a JSON object that has each field once"),
        }
    }

    fn complaint(body: &[u8]) -> Complaint {
        let error: ErrorResponse = object(body).unwrap_or_default();
        let message = [&error.detail, &error.message].into_iter().find_map(text);
        Complaint {
            code: text(&error.error),
            message,
            ..Complaint::default()
        }
    }
}

/// A `message` alone is none: an answer may well have a word on a success.
fn is_error_form(body: &[u8]) -> bool {
    object(body).is_none_or(|error: ErrorResponse| {
        [error.error, error.detail]
            .iter()
            .any(|said| !matches!(said, Value::Null | Value::Bool(false)))
    })
}
