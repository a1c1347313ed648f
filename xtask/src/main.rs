//! The workspace's own commands. `cargo xtask --help` lists them.
#![allow(clippy::print_stderr)]

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(bin_name = "cargo xtask", about, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run formatter, lints, documentation and the rules on dependencies.
    Check,
    /// Measure a call of ours beside what people would write instead.
    Bench(xtask::bench::Arguments),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Check => xtask::check::check(),
        Command::Bench(arguments) => xtask::bench::bench(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
