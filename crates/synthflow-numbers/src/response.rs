//! How Synthflow's responses are read.

use crate::wire::{DeletePhoneNumberResponse, ENDPOINT, ErrorResponse};
use numbers_core::Endpoint;
use numbers_http::serde_json::Value;
use numbers_http::{Parsed, ResponseParser, VendorError, is_silent, text};

/// Reads Synthflow's responses.
#[derive(Debug, Clone, Copy)]
pub struct DeletePhoneNumber;

impl ResponseParser for DeletePhoneNumber {
    type Success = DeletePhoneNumberResponse;

    const ENDPOINT: Endpoint = ENDPOINT;

    fn parse_success(body: &Value) -> Parsed<Self::Success> {
        let error = ErrorResponse::from_fields(body);
        if !Self::states_success(body) {
            Parsed::Unexpected(DeletePhoneNumberResponse::UNCONFIRMED)
        // A bare `message` is no sign of an error: a success may well have a word beside it.
        } else if is_silent(error.error) && is_silent(error.detail) {
            Parsed::Success(DeletePhoneNumberResponse::from_fields(body))
        } else {
            Parsed::Unexpected("the body speaks of success and of an error")
        }
    }

    fn parse_error(body: &Value) -> VendorError {
        let error = ErrorResponse::from_fields(body);
        VendorError {
            code: text(error.error),
            message: [error.detail, error.message].into_iter().find_map(text),
            ..VendorError::default()
        }
    }

    fn states_success(body: &Value) -> bool {
        *ErrorResponse::from_fields(body).status == DeletePhoneNumberResponse::STATUS
    }
}
