//! Builds the benchmark as a user would build it, and runs it.

use crate::workspace::{cargo, run};
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;

/// What is measured.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Writes the figures to a file, as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Fewer rounds: times to look at, not to keep.
    #[arg(long)]
    quick: bool,
    /// Holds the clients of this workspace against the baseline.
    #[arg(long, conflicts_with_all = ["json", "quick"])]
    check: bool,
    /// Writes the baseline.
    #[arg(long, conflicts_with_all = ["json", "quick", "check"])]
    write_baseline: bool,
    /// Measures cold builds, each so many times.
    #[arg(long, value_name = "ROUNDS", num_args = 0..=1, default_missing_value = "5",
          value_parser = clap::value_parser!(u32).range(1..),
          conflicts_with_all = ["json", "quick", "check", "write_baseline"])]
    weight: Option<u32>,
}

/// Runs the benchmark.
///
/// # Errors
///
/// Where it can't be built, or fails.
pub fn bench(arguments: &Arguments) -> Result<()> {
    // Beside the one that is run, the one that counts allocations.
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
    } else if arguments.write_baseline {
        bench.arg("write-baseline");
    } else if let Some(rounds) = arguments.weight {
        bench.args(["weight", "--rounds", &rounds.to_string()]);
    } else {
        bench.arg("run");
        if arguments.quick {
            bench.arg("--quick");
        }
        if let Some(file) = &arguments.json {
            // The benchmark runs in the folder of the workspace, the caller perhaps elsewhere.
            bench.arg("--json").arg(std::path::absolute(file)?);
        }
    }
    run(&mut bench)
}
