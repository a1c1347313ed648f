//! The workspace's own commands. `cargo xtask --help` lists them.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use clap::{Parser, Subcommand};
use std::process::ExitCode;
use xtask::codegen;
use xtask::workspace::root;

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
    /// Write everything that is generated from the contracts.
    Codegen {
        /// Write nothing; exit 1 where anything is stale, 2 where a contract is invalid.
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Bench(arguments) => xtask::bench::bench(&arguments).map(|()| ExitCode::SUCCESS),
        Command::Check => xtask::check::check().map(|()| ExitCode::SUCCESS),
        Command::Codegen { check: true } => check_codegen(),
        Command::Codegen { check: false } => write_codegen(),
    };
    done.unwrap_or_else(|error| {
        eprintln!("{error:#}");
        ExitCode::from(if error.is::<codegen::Invalid>() { 2 } else { 1 })
    })
}

fn check_codegen() -> anyhow::Result<ExitCode> {
    let stale = codegen::stale(root())?;
    for file in &stale {
        print!("{file}");
    }
    if stale.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("{} stale; `{}` mends it", stale.len(), codegen::COMMAND);
    Ok(ExitCode::FAILURE)
}

fn write_codegen() -> anyhow::Result<ExitCode> {
    for path in codegen::write(root())? {
        println!("{}", path.display());
    }
    Ok(ExitCode::SUCCESS)
}
