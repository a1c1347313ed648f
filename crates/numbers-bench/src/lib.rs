//! What a call of ours costs, beside what people would write instead.
//!
//! `cargo xtask bench` runs it; `docs/performance.md` holds what it said last and how it measures.
// A command of the workspace's own talks to whoever called it.
#![allow(clippy::print_stdout, clippy::print_stderr)]

pub mod allocations;
pub mod baseline;
pub mod clients;
pub mod instructions;
pub mod load;
pub mod peers;
pub mod report;
pub mod server;
pub mod speed;
pub mod spread;
pub mod startup;
pub mod usage;
pub mod weight;
