//! How 2Chat's answers are read.

use crate::wire::{DeleteVirtualNumberResponse, ENDPOINT, ErrorResponse};
use numbers_core::Endpoint;
use numbers_http::{Answers, Complaint, Verdict, object, text};

/// The reading of 2Chat's answers, for whoever sends the request by other means than
/// [`Client`](crate::Client).
#[derive(Debug, Clone, Copy)]
pub struct DeleteVirtualNumber;

impl Answers for DeleteVirtualNumber {
    type Success = DeleteVirtualNumberResponse;

    const ENDPOINT: Endpoint = ENDPOINT;

    fn judge(body: &[u8]) -> Verdict<Self::Success> {
        let error: ErrorResponse = object(body).unwrap_or_default();
        match (error.success, error.error) {
            (Some(true), Some(true)) => {
                Verdict::Unexpected("the body says success and error at once")
            }
            (Some(true), _) => match object(body) {
                Some(answer) => Verdict::Success(answer),
                None => Verdict::Unexpected("the body can't be read"),
            },
            (Some(false), _) | (None, Some(true)) => Verdict::Refused(complaint(error)),
            (None, _) => Verdict::Unexpected("the body does not say \"success\": true"),
        }
    }

    fn complaint(body: &[u8]) -> Complaint {
        object(body).map(complaint).unwrap_or_default()
    }
}

fn complaint(error: ErrorResponse) -> Complaint {
    let message = [&error.error_message, &error.message, &error.detail]
        .into_iter()
        .find_map(text);
    Complaint {
        message,
        ..Complaint::default()
    }
}
