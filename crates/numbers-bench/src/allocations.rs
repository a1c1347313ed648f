//! Allocations a call, counted by an allocator that stands before the system's.
//!
//! It is a program of its own, `numbers-bench-allocations`, so that counting costs nothing elsewhere.

use crate::clients::Name;
use crate::load::CALLS;
use crate::server::Server;
use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};
use std::process::Command;

/// What one call asks of the allocator.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Allocations {
    /// How often it asks: for memory, or for more of it in place.
    pub count: f64,
    /// How many bytes it asks for.
    pub bytes: f64,
}

/// Counts them in the program beside this one.
///
/// # Errors
///
/// Where that fails.
pub fn per_call(name: Name, server: &Server) -> Result<Allocations> {
    let output = Command::new(std::env::current_exe()?.with_file_name("numbers-bench-allocations"))
        .args([
            &name.to_string(),
            server.url(),
            &name.scaled(CALLS).to_string(),
        ])
        .output()
        .context("numbers-bench-allocations can't be started")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{name} failed:\n{said}");
    Ok(serde_json::from_slice(&output.stdout)?)
}
