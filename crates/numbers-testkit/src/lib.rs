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
mod refused;
mod row;
mod script;
mod secrets;
mod server;
mod subject;
mod success;
mod tables;

pub use certificate::{Certificate, SecureServer};
pub use check::{assert_row, check, check_redirects, release_once};
pub use child::in_a_child;
pub use connecting::check_connecting;
pub use logs::Logs;
pub use refused::{BAD_IDS, assert_bad_config, assert_bad_id, check_bad_ids, check_bad_transport};
pub use row::Row;
pub use script::Script;
pub use secrets::{Search, secrets_of};
pub use server::{Seen, Server, Untouched, lines};
pub use subject::{CANARY, Connect, Subject, Tune};
pub use success::check_successes;
pub use tables::{broken_successes, lost_heads, statuses};
