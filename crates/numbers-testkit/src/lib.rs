//! What the tests of this workspace share: servers on loopback that say exactly what they are told,
//! the tables of what must come of it, a search for secrets, and the capture of every log line.
//!
//! Never a dependency of anything but tests. It panics freely: a panic is how a test fails.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

mod certificate;
mod check;
mod child;
mod connecting;
mod logs;
mod row;
mod script;
mod secrets;
mod server;
mod subject;
mod tables;

pub use certificate::{Certificate, SecureServer};
pub use check::{assert_row, check, check_redirects, release_once};
pub use child::in_a_child;
pub use connecting::check_connecting;
pub use logs::Logs;
pub use row::Row;
pub use script::Script;
pub use secrets::{Search, secrets_of};
pub use server::{Seen, Server, Untouched};
pub use subject::{CANARY, Subject, Tune};
pub use tables::{broken_successes, lost_heads, statuses};
