//! How Synthflow's responses are read.

use crate::wire::{DeletePhoneNumberResponse, ENDPOINT, ErrorResponse};
use numbers_core::Endpoint;
use numbers_http::{Json, Parsed, ResponseParser, VendorError};

/// Reads Synthflow's responses.
#[derive(Debug, Clone, Copy)]
pub struct DeletePhoneNumber;

impl ResponseParser for DeletePhoneNumber {
    type Success = DeletePhoneNumberResponse;

    const ENDPOINT: Endpoint = ENDPOINT;

    fn parse_success(body: &Json<'_>) -> Parsed<Self::Success> {
        let error = ErrorResponse::from_fields(body);
        if *error.status != DeletePhoneNumberResponse::STATUS {
            Parsed::Unexpected(DeletePhoneNumberResponse::UNCONFIRMED)
        // A bare `message` is no sign of an error: a success may well have a word beside it.
        } else if error.error.is_blank() && error.detail.is_blank() {
            Parsed::Success(DeletePhoneNumberResponse::from_fields(body))
        } else {
            Parsed::Unexpected("the body states success and an error")
        }
    }

    fn parse_error(body: &Json<'_>) -> VendorError {
        let error = ErrorResponse::from_fields(body);
        VendorError {
            code: error.error.text(),
            message: [error.detail, error.message]
                .into_iter()
                .find_map(Json::text),
            ..VendorError::default()
        }
    }

    fn states_success(body: &Json<'_>) -> bool {
        *ErrorResponse::from_fields(body).status == DeletePhoneNumberResponse::STATUS
    }
}
