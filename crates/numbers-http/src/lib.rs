#![doc = include_str!("../README.md")]

mod base;
mod body;
mod classify;
mod credential;
mod deadline;
mod http;
mod id;
mod json;
mod parser;
mod pool;
mod proxy;
mod redact;
mod response;
mod retry_after;
mod settings;
mod span;
mod transport;
mod vars;

pub use body::MAX_BODY_BYTES;
pub use credential::{Auth, Credential};
pub use http::Http;
pub use id::Form;
#[doc(hidden)]
pub use json::object;
pub use json::{is_silent, text};
pub use parser::{Parsed, ResponseParser, VendorError};
pub use pool::Pool;
pub use response::Response;
pub use retry_after::retry_after;
pub use settings::Settings;
pub use vars::{Vars, required, server};

/// The common types, for the macros of this crate.
pub use numbers_core as core;
/// The HTTP client underneath, in the version that is in use.
pub use reqwest;
/// The types that hold secrets, in the version that is in use.
pub use secrecy;
/// For the types of a vendor.
pub use serde_json;
