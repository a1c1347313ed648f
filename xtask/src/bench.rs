//! Builds the benchmark in release mode and runs it.

use crate::workspace::{cargo, run};
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;

/// The command's options.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Writes the figures to a file, as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Fewer rounds: quick, but not precise enough to keep.
    #[arg(long)]
    quick: bool,
    /// Writes the baseline and the tables of docs/performance.md.
    #[arg(long, conflicts_with = "quick")]
    write: bool,
    /// Compares the clients of this workspace with the baseline.
    #[arg(long, conflicts_with_all = ["json", "quick", "write"])]
    check: bool,
}

/// Runs the benchmark.
///
/// # Errors
///
/// If it can't be built, or fails.
pub fn bench(arguments: &Arguments) -> Result<()> {
    // Builds the program that counts allocations too, which `cargo run` would not.
    run(cargo().args([
        "build",
        "--quiet",
        "--release",
        "--package",
        "numbers-bench",
    ]))?;
    let mut bench = cargo();
    bench.args([
        "run",
        "--quiet",
        "--release",
        "--package",
        "numbers-bench",
        "--",
    ]);
    if arguments.check {
        bench.arg("check");
    } else {
        bench.arg("run");
        if arguments.quick {
            bench.arg("--quick");
        }
        if arguments.write {
            bench.arg("--write");
        }
        if let Some(file) = &arguments.json {
            // The benchmark runs in the folder of the workspace, the caller perhaps elsewhere.
            bench.arg("--json").arg(std::path::absolute(file)?);
        }
    }
    run(&mut bench)
}
