//! How 2Chat's responses are read.

use crate::wire::{DeleteVirtualNumberResponse, ENDPOINT, ErrorResponse};
use numbers_core::Endpoint;
use numbers_http::{Json, Parsed, ResponseParser, VendorError};

/// Reads 2Chat's responses.
#[derive(Debug, Clone, Copy)]
pub struct DeleteVirtualNumber;

impl ResponseParser for DeleteVirtualNumber {
    type Success = DeleteVirtualNumberResponse;

    const ENDPOINT: Endpoint = ENDPOINT;

    fn parse_success(body: &Json<'_>) -> Parsed<Self::Success> {
        let error = ErrorResponse::from_fields(body);
        if *error.success == DeleteVirtualNumberResponse::SUCCESS {
            // A bare `message` is no sign of an error: a success may well have a word beside it.
            let signs = [error.error, error.error_message, error.detail];
            return if signs.into_iter().all(Json::is_blank) {
                Parsed::Success(DeleteVirtualNumberResponse::from_fields(body))
            } else {
                Parsed::Unexpected("the body states success and an error")
            };
        }
        let refused = match error.success {
            Json::Null => *error.error == ErrorResponse::ERROR,
            success => *success == ErrorResponse::SUCCESS,
        };
        if refused {
            Parsed::Refused
        } else {
            Parsed::Unexpected(DeleteVirtualNumberResponse::UNCONFIRMED)
        }
    }

    fn parse_error(body: &Json<'_>) -> VendorError {
        let error = ErrorResponse::from_fields(body);
        VendorError {
            message: [error.error_message, error.message, error.detail]
                .into_iter()
                .find_map(Json::text),
            ..VendorError::default()
        }
    }

    fn states_success(body: &Json<'_>) -> bool {
        *ErrorResponse::from_fields(body).success == DeleteVirtualNumberResponse::SUCCESS
    }
}
