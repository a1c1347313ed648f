//! Builds the benchmark in release mode and runs it.

use anyhow::Result;
use xshell::{Shell, cmd};

/// Runs the benchmark: `--check` compares with the baseline, other options are those of its command `run`.
///
/// # Errors
///
/// If it can't be built, or fails.
pub fn bench(options: &[String]) -> Result<()> {
    // In the caller's folder, where a file to write is meant to be.
    let shell = Shell::new()?;
    // Builds the program that counts allocations too, which `cargo run` would not.
    cmd!(
        shell,
        "cargo build --quiet --release --package numbers-bench"
    )
    .run()?;
    let run = cmd!(
        shell,
        "cargo run --quiet --release --package numbers-bench --"
    );
    let run = match options {
        [only] if only == "--check" => run.arg("check"),
        options => run.arg("run").args(options),
    };
    Ok(run.run()?)
}
