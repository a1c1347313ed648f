//! Counts allocations, by an allocator that stands before the system's.
//!
//! The program `numbers-bench-allocations` does it, so that counting costs nothing elsewhere.

use crate::case::Case;
use crate::load::{CALLS, Load};
use crate::server::Server;
use anyhow::{Context, Result, ensure};
use std::process::Command;

/// The allocations of one call, and their bytes.
///
/// # Errors
///
/// Where a call fails, or the program can't be started.
pub fn per_call(case: Case, server: &Server) -> Result<(f64, f64)> {
    let load = Load {
        case,
        endpoints: server.endpoints().clone(),
        calls: case.name.scaled(CALLS),
    };
    let output = Command::new(std::env::current_exe()?.with_file_name("numbers-bench-allocations"))
        .args(load.arguments())
        .output()
        .context("numbers-bench-allocations can't be started")?;
    let stderr = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{case} failed:\n{stderr}");
    Ok(serde_json::from_slice(&output.stdout)?)
}
