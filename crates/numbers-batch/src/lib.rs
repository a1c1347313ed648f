#![doc = include_str!("../README.md")]

pub mod journal;
pub mod plan;
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub mod report;
pub mod run;
mod send_sync;
