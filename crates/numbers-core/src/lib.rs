#![doc = include_str!("../README.md")]

#[macro_use]
mod names;

mod account;
mod attempt;
#[cfg(feature = "blocking")]
pub mod blocking;
mod config_error;
mod disposition;
mod endpoint;
mod error;
mod kind;
#[cfg(feature = "layers")]
mod layer;
mod number;
mod outcome;
mod preview;
pub mod raw;
mod release;
mod releaser;
mod segment;
mod send_sync;
mod setting;
#[cfg(feature = "testing")]
pub mod testing;
mod text;
mod vendor;

pub use account::Account;
pub use async_trait::async_trait;
pub use attempt::Attempt;
pub use config_error::{ConfigError, ConfigErrorKind, ConfigProblem};
pub use disposition::Disposition;
pub use endpoint::Endpoint;
pub use error::Error;
pub use kind::ErrorKind;
#[cfg(feature = "layers")]
pub use layer::{RateLimit, Retry, RetryPolicy};
pub use names::UnknownName;
pub use number::NumberId;
pub use outcome::Outcome;
pub use preview::Preview;
pub use release::Release;
pub use releaser::Releaser;
pub use setting::Setting;
pub use vendor::Vendor;
