//! What `cargo xtask` runs, as a library so that `cargo test` runs it too.
// A command of the workspace's own talks to whoever called it.
#![allow(clippy::print_stdout, clippy::print_stderr)]

pub mod api;
pub mod bench;
pub mod check;
pub mod codegen;
pub mod contract;
pub mod files;
pub mod new_vendor;
pub mod workspace;
