//! How Synthflow's answers are read.

use crate::wire::{DeletePhoneNumberResponse, ENDPOINT, ErrorResponse};
use numbers_core::Endpoint;
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
                Verdict::Success(answer)
            }
            Some(_) => Verdict::Unexpected(DeletePhoneNumberResponse::UNCONFIRMED),
            None => Verdict::Unexpected("the body is not a JSON object"),
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
