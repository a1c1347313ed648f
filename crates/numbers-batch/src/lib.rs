#![doc = include_str!("../README.md")]

pub mod journal;
pub mod plan;
pub mod report;
pub mod run;
