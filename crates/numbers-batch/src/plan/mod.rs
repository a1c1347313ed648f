//! The numbers that will be released, as a document to review.
//!
//! The document is JSON lines. The first line is the header, each further line one number, and the last line the
//! SHA-256 of all bytes before it:
//!
//! ```text
//! {"version":1,"vendor":"acme","account":{"host":"api.example","name":"acme1","fingerprint":"5eed1234"},"created":"2026-11-26T12:00:00Z","count":2}
//! {"number":"n-1"}
//! {"number":"n-2"}
//! {"sha256":"0c1d…"}
//! ```
//!
//! [`create`] writes one from a list of ids, and [`Plan::open`] reads it. Neither holds the list in memory: `create`
//! only keeps 16 bytes of each number, to drop repeats.
//!
//! Everything in this module blocks the thread while it reads and writes files.

mod create;
mod document;
mod error;
mod input;
mod odd;
mod read;
mod write;

pub use create::{CreateOptions, Created, create};
pub use document::{Header, PlanHash};
pub use error::{PlanError, PlanErrorKind, Problem};
pub use input::InputFormat;
pub(crate) use odd::is_phone_number;
pub use odd::odd_id_reason;
pub use read::{AccountMatch, ChangedCredential, Numbers, Plan};
