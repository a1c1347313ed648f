#![doc = include_str!("../README.md")]

mod base;
mod body;
mod classify;
mod credential;
mod deadline;
mod http;
mod http_config;
mod id;
mod json;
mod parser;
mod proxy;
mod redact;
mod response;
mod retry_after;
mod shared_transport;
mod span;
mod transport;
mod transport_options;
mod vars;

pub use body::MAX_BODY_BYTES;
pub use credential::{Auth, Credential};
pub use http::Http;
pub use http_config::HttpConfig;
pub use id::IdFormat;
pub use json::Json;
pub use parser::{Parsed, ResponseParser, VendorError};
pub use response::Response;
pub use retry_after::retry_after;
pub use shared_transport::SharedTransport;
pub use transport_options::TransportOptions;
pub use vars::Vars;

/// The common types, for the macros of this crate.
pub use numbers_core as core;
/// The HTTP client: reqwest 0.13. Needs the feature `reqwest-0-13`.
#[cfg(feature = "reqwest-0-13")]
pub use reqwest;
/// The type of a response's headers.
pub use reqwest::header::HeaderMap;
/// The types that hold secrets.
pub use secrecy;
