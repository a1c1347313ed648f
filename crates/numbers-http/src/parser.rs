//! What a vendor's response says, apart from how it travelled.

use numbers_core::{Endpoint, ErrorKind};
use serde_json::Value;

/// How one vendor's responses are read. Every body that arrives here is a JSON object, whole, in which no
/// object repeats a key.
pub trait ResponseParser: Send + Sync + 'static {
    /// The body of a documented success.
    type Success: Send + Sync + 'static;

    /// The call, as the vendor documents it.
    const ENDPOINT: Endpoint;

    /// Reads a body that came under 2xx.
    fn parse_success(body: &Value) -> Parsed<Self::Success>;

    /// Reads the vendor's error from a body under any status: what is there of one.
    fn parse_error(body: &Value) -> VendorError;

    /// Whether a body states the documented success, by a value that the contract gives it. Asked of the
    /// body of a 4xx, which must not be taken for a refusal then.
    fn states_success(body: &Value) -> bool;

    /// What to look at next after an error of this kind, where the vendor has a trap.
    fn hint(kind: ErrorKind) -> Option<&'static str> {
        let _ = kind;
        None
    }
}

/// What a body under 2xx says.
#[derive(Debug, PartialEq)]
pub enum Parsed<T> {
    /// The documented success, and nothing else that speaks of an error.
    Success(T),
    /// The vendor's error form, and nothing that speaks of success.
    Refused,
    /// Neither, or both. Says in a few words what is wrong with it.
    Unexpected(&'static str),
}

/// A vendor's error. Its texts may repeat a secret: they are redacted and cleaned before they are shown.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct VendorError {
    /// The HTTP status that the body gives itself, where it does.
    pub status: Option<u16>,
    /// The vendor's code.
    pub code: Option<String>,
    /// The vendor's message.
    pub message: Option<String>,
    /// The vendor's id for the request, where the body has it.
    pub request_id: Option<String>,
}
