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
        let done = error.success == Some(DeleteVirtualNumberResponse::SUCCESS);
        let refused = error.success == Some(ErrorResponse::SUCCESS);
        let failed = error.error == Some(ErrorResponse::ERROR);
        match (done, refused, failed) {
            (true, _, true) => Verdict::Unexpected("the body says success and error at once"),
            (true, _, false) => match object(body) {
                Some(answer) => Verdict::Success(answer),
                None => Verdict::Unexpected("the body can't be read"),
            },
            (false, true, _) | (false, _, true) => Verdict::Refused(complaint(error)),
            _ => Verdict::Unexpected(DeleteVirtualNumberResponse::UNCONFIRMED),
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
