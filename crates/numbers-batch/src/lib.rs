//! The report of a run.

pub mod report;
