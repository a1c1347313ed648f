//! How 2Chat's answers are read.

use crate::wire::{DeleteVirtualNumberResponse, ENDPOINT, ErrorResponse};
use numbers_core::Endpoint;
use numbers_http::serde_json::Value;
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
        let failed = error.error.as_bool() == Some(ErrorResponse::ERROR);
        if done {
            let quiet = matches!(error.error, Value::Null | Value::Bool(false))
                && text(&error.error_message).is_none();
            // The same field, read already.
            let answer = DeleteVirtualNumberResponse {
                success: error.success,
            };
            return if quiet {
                Verdict::Success(answer)
            } else {
                Verdict::Unexpected("the body says success and error at once")
            };
        }
        if refused || failed {
            return Verdict::Refused(complaint(error));
        }
        Verdict::Unexpected(DeleteVirtualNumberResponse::UNCONFIRMED)
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
