//! How a vendor's responses are read.

use crate::Json;
use numbers_core::{Endpoint, ErrorKind};

/// How one vendor's responses are read. Every body that is passed in is a complete JSON object in which no
/// object repeats a key.
pub trait ResponseParser: Send + Sync + 'static {
    /// The body of a documented success.
    type Success: Send + Sync + 'static;

    /// The call, as the vendor documents it.
    const ENDPOINT: Endpoint;

    /// Reads the body of a 2xx.
    fn parse_success(body: &Json<'_>) -> Parsed<Self::Success>;

    /// Reads the vendor's error from a body, under any status.
    fn parse_error(body: &Json<'_>) -> VendorError;

    /// Whether a body states the documented success by a value that the contract gives it. A 4xx with such a
    /// body is not taken for a refusal.
    fn states_success(body: &Json<'_>) -> bool;

    /// The success of a 2xx that is documented to have no body, and has none.
    fn without_body(status: u16) -> Option<Self::Success> {
        let _ = status;
        None
    }

    /// What to check next after an error of this kind, if the response is misleading.
    fn hint(kind: ErrorKind) -> Option<&'static str> {
        let _ = kind;
        None
    }
}

/// What the body of a 2xx says.
#[derive(Debug, PartialEq)]
pub enum Parsed<T> {
    /// The documented success, without any sign of an error.
    Success(T),
    /// The vendor's error, without any sign of success.
    Refused,
    /// Neither, or both; with what is wrong, in a few words.
    Unexpected(&'static str),
}

/// A vendor's error. Its texts are untrusted: they are redacted and cleaned before they are shown.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct VendorError {
    /// The HTTP status that the body states, if it does.
    pub status: Option<u16>,
    /// The vendor's code.
    pub code: Option<String>,
    /// The vendor's message.
    pub message: Option<String>,
    /// The vendor's id for the request, if the body has it.
    pub request_id: Option<String>,
}
