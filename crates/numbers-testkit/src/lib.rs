//! What the tests of this workspace share: scripted servers on loopback, the cases of the outcome table,
//! a search for secrets, and a capture of every log line.
//!
//! For tests only. It panics freely: that is how a test fails.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

mod case;
mod case_tables;
mod check;
mod child;
mod connect_failures;
mod logs;
mod refusals;
mod script;
mod secrets;
mod server;
mod settings;
mod successes;
mod tls;
mod vendor_fixture;

pub use case::Case;
pub use case_tables::{invalid_successes, lost_responses, status_cases};
pub use check::{assert_case, check_cases, check_redirects, release_once};
pub use child::in_a_child;
pub use connect_failures::check_connect_failures;
pub use logs::Logs;
pub use refusals::{BAD_IDS, assert_bad_config, assert_bad_id, check_bad_ids, check_bad_transport};
pub use script::Script;
pub use secrets::{SecretSearch, check_secrets};
pub use server::{ScriptedServer, ServerLog, UnusedListener, request_lines, sent_lines};
pub use settings::check_settings;
pub use successes::{check_success, check_successes};
pub use tls::{Certificate, TlsServer};
pub use vendor_fixture::{BuildClient, CANARY, Configure, FromVars, VendorFixture};
