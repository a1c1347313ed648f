//! The commands of `cargo xtask`, as a library for its tests.
#![allow(clippy::print_stdout, clippy::print_stderr)]

pub mod api;
pub mod bench;
pub mod check;
pub mod codegen;
pub mod contract;
pub mod diff;
pub mod dist;
pub mod files;
pub mod new_vendor;
pub mod workspace;
