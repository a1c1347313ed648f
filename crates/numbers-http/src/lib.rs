#![doc = include_str!("../README.md")]

mod answer;
mod base;
mod body;
mod credential;
mod fields;
mod http;
mod id;
mod pool;
mod redact;
mod response;
mod retry_after;
mod settings;
mod sort;
mod span;
mod strict;
mod transport;
mod vars;

pub use answer::{Answers, Complaint, Verdict, text};
pub use body::MAX_BODY_BYTES;
pub use credential::{Auth, Credential};
pub use fields::{Fields, Object, deserialize, object};
pub use http::Http;
pub use id::Form;
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
/// For the generated types of a vendor.
pub use {serde_core, serde_json};
