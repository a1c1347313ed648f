#![doc = include_str!("../README.md")]

mod builder;
mod client;
mod id;
mod response;
mod wire;

pub use builder::{ClientBuilder, ClientConfig};
pub use client::Client;
pub use id::PhoneNumberSlug;
pub use numbers_core::{
    Account, Attempt, ConfigError, ConfigErrorKind, ConfigProblem, Disposition, Endpoint, Error,
    ErrorKind, NumberId, Outcome, Preview, Release, Releaser, Setting, UnknownName, Vendor,
};
#[cfg(feature = "reqwest-0-13")]
pub use numbers_http::reqwest;
pub use numbers_http::{HeaderMap, Response, SharedTransport, TransportOptions, secrecy};
#[doc(hidden)]
pub use response::DeletePhoneNumber;
pub use wire::{DeletePhoneNumberResponse, ENDPOINT, Region, VENDOR};
