//! Which numbers will be released, as a document that can be reviewed and is applied exactly.
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
//! [`create`] writes one from a list of ids, and [`Plan::open`] reads it. Both read and write as they go. To fold
//! repeats, `create` keeps 16 bytes of each number.
//!
//! All of this module blocks the thread while it reads and writes files.

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
pub use odd::odd_id;
pub use read::{AccountMatch, Numbers, Plan};
