#![doc = include_str!("../README.md")]

mod attempt;
#[cfg(feature = "blocking")]
pub mod blocking;
mod endpoint;
mod error;
mod kind;
#[cfg(feature = "layers")]
mod layer;
mod number;
mod outcome;
mod preview;
mod release;
mod releaser;
mod segment;
#[cfg(feature = "testing")]
pub mod testing;
mod text;
mod vendor;

pub use async_trait::async_trait;
pub use attempt::Attempt;
pub use endpoint::Endpoint;
pub use error::Error;
pub use kind::ErrorKind;
#[cfg(feature = "layers")]
pub use layer::{RateLimit, Retry, RetryPolicy};
pub use number::NumberId;
pub use outcome::Outcome;
pub use preview::Preview;
pub use release::Release;
pub use releaser::Releaser;
pub use segment::{MAX_SEGMENT_BYTES, SegmentError, check_segment, push_segment};
pub use text::printable;
pub use vendor::Vendor;
