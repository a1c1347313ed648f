#![doc = include_str!("../README.md")]

mod attempt;
mod endpoint;
mod error;
mod kind;
mod number;
mod outcome;
mod preview;
mod release;
mod releaser;
mod segment;
mod text;
mod vendor;

pub use async_trait::async_trait;
pub use attempt::Attempt;
pub use endpoint::Endpoint;
pub use error::Error;
pub use kind::ErrorKind;
pub use number::NumberId;
pub use outcome::Outcome;
pub use preview::Preview;
pub use release::Release;
pub use releaser::Releaser;
pub use segment::{MAX_SEGMENT_BYTES, SegmentError, check_segment, push_segment};
pub use vendor::Vendor;
