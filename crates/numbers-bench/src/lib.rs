//! Measures what a call of our clients costs beside the same call by hand.
//!
//! `cargo xtask bench` runs it. `docs/performance.md` has the figures and says how they are measured.
// A tool of the workspace prints.
#![allow(clippy::print_stdout, clippy::print_stderr)]

pub mod allocations;
pub mod baseline;
pub mod case;
pub mod clients;
pub mod count;
pub mod docs;
pub mod instructions;
pub mod load;
pub mod peers;
pub mod report;
pub mod server;
pub mod speed;
pub mod tables;
pub mod usage;
