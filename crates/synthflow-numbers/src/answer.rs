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
        let Some(error) = object::<ErrorResponse>(body) else {
            return Verdict::Unexpected("the body is no JSON object, or has a field twice");
        };
        if error.status.as_str() != Some(DeletePhoneNumberResponse::STATUS) {
            return Verdict::Unexpected(DeletePhoneNumberResponse::UNCONFIRMED);
        }
        // A message alone is no error: a success may well have a word beside it.
        let quiet = |said| matches!(said, &Value::Null | &Value::Bool(false));
        if !quiet(&error.error) || !quiet(&error.detail) {
            return Verdict::Unexpected("the body says success and error at once");
        }
        // The same field, read already.
        Verdict::Success(DeletePhoneNumberResponse {
            status: match error.status {
                Value::String(status) => Some(status),
                _ => None,
            },
        })
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
