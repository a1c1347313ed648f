#![doc = include_str!("../README.md")]

#[cfg(feature = "http")]
mod compiled_vendor;

#[cfg(feature = "http")]
pub use compiled_vendor::{CompiledVendor, UnknownVendor, vendors};
#[cfg(feature = "blocking")]
pub use numbers_core::blocking;
#[cfg(feature = "testing")]
pub use numbers_core::testing;
pub use numbers_core::{
    Account, Attempt, ConfigError, ConfigErrorKind, ConfigProblem, Disposition, Endpoint, Error,
    ErrorKind, NumberId, Outcome, Preview, Release, Releaser, Setting, UnknownName, Vendor,
    async_trait,
};
#[cfg(feature = "layers")]
pub use numbers_core::{RateLimit, Retry, RetryPolicy};
#[cfg(all(feature = "http", feature = "reqwest-0-13"))]
pub use numbers_http::reqwest;
#[cfg(feature = "http")]
pub use numbers_http::{HeaderMap, Response, SharedTransport, TransportOptions, secrecy};

// generated: vendors
#[cfg(feature = "exotel")]
pub use exotel_numbers as exotel;
#[cfg(feature = "synthflow")]
pub use synthflow_numbers as synthflow;
#[cfg(feature = "twochat")]
pub use twochat_voip as twochat;
// /generated

#[cfg(all(doctest, feature = "layers", feature = "testing"))]
#[doc = include_str!("../../../docs/outcomes-and-retries.md")]
struct OutcomesAndRetries;

#[cfg(all(doctest, feature = "layers", feature = "synthflow"))]
#[doc = include_str!("../../../README.md")]
struct Readme;
