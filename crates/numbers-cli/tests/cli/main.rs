//! Tests of the real binary.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

#[cfg(target_os = "linux")]
mod batch;
#[cfg(target_os = "linux")]
mod blocked;
mod commands;
mod config;
#[cfg(target_os = "linux")]
mod docs;
mod exit_codes;
mod input;
#[cfg(unix)]
mod interrupt;
mod logging;
mod output;
#[cfg(target_os = "linux")]
mod prompt;
#[cfg(unix)]
mod raw;
mod retry;
mod run;
#[cfg(unix)]
mod sandbox;
#[cfg(target_os = "linux")]
#[allow(dead_code, reason = "shared with the tests of numbers-batch")]
#[path = "../../../numbers-batch/tests/support/postgres.rs"]
mod server;
mod settings;
mod silence;
#[cfg(target_os = "linux")]
mod stopped;
mod support;
#[cfg(target_os = "linux")]
mod terminal;
mod usage;
mod vendors;
