//! What is counted and repeats, unlike time.

use crate::case::Case;
use crate::server::Server;
use crate::{allocations, instructions};
use anyhow::Result;
use std::collections::BTreeMap;
use std::time::Duration;

/// What one call takes.
#[derive(Debug, Clone, Copy)]
pub struct Count {
    /// Instructions, where valgrind is installed.
    pub instructions: Option<f64>,
    /// How often it asks the allocator for memory, or for more of it in place.
    pub allocations: f64,
    /// How many bytes it asks for.
    pub bytes: f64,
}

/// Counts each case.
///
/// # Errors
///
/// Where a call fails, or a program can't be started.
pub fn all(cases: &[Case]) -> Result<BTreeMap<Case, Count>> {
    // With this delay a client always waits on its socket, so that every run takes the same path.
    let server = Server::start(Duration::from_millis(1))?;
    let valgrind = instructions::valgrind_is_installed();
    if !valgrind {
        eprintln!("SKIPPED the count of instructions: valgrind is not installed");
    }
    let count = |case: Case| {
        eprintln!("counting {case}");
        let instructions = if valgrind {
            Some(instructions::per_call(case, &server)?)
        } else {
            None
        };
        let (allocations, bytes) = allocations::per_call(case, &server)?;
        let count = Count {
            instructions,
            allocations,
            bytes,
        };
        Ok((case, count))
    };
    cases.iter().map(|case| count(*case)).collect()
}
