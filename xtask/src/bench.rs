//! Builds the benchmark in release mode and runs it.

use crate::workspace::{cargo, run};
use anyhow::Result;

const BENCH: [&str; 4] = ["--quiet", "--release", "--package", "numbers-bench"];

/// Runs the benchmark: `--check` compares with the baseline, other options are those of its command `run`.
///
/// # Errors
///
/// If it can't be built, or fails.
pub fn bench(options: &[String]) -> Result<()> {
    // Builds the program that counts allocations too, which `cargo run` would not.
    run(cargo().arg("build").args(BENCH))?;
    let command: &[String] = match options {
        [only] if only == "--check" => &["check".to_owned()],
        options => &[&["run".to_owned()], options].concat(),
    };
    // In the caller's folder, where a file to write is meant to be.
    run(cargo()
        .current_dir(std::env::current_dir()?)
        .arg("run")
        .args(BENCH)
        .arg("--")
        .args(command))
}
