#![doc = include_str!("../README.md")]

mod choice;

pub use choice::{Choice, UnknownVendor, vendors};
pub use numbers_core::*;

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
