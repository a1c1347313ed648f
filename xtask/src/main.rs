//! The workspace's own commands. `cargo xtask --help` lists them.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use xtask::contract::model::Deviation;
use xtask::contract::{Contract, Refusals};
use xtask::diff;
use xtask::files::Stale;
use xtask::workspace::root;
use xtask::{api, codegen, new_vendor};

#[derive(Parser)]
#[command(bin_name = "cargo xtask", about, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run formatter, lints, documentation and the dependency rules.
    Check,
    /// Compare the cost of our calls with handwritten ones.
    Bench {
        /// `--check` compares with the baseline; `--write`, `--json FILE` and `--quick` are as in docs/performance.md.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        options: Vec<String>,
    },
    /// Pack the command for this machine: binary, manual pages, completions, licences, checksum.
    Dist,
    /// Write the public API of the library crates as text, one file a crate.
    Api {
        /// Write nothing; exit 1 with a diff where a file is missing or differs.
        #[arg(long)]
        check: bool,
    },
    /// Generate everything that comes from the contracts.
    Codegen {
        /// Write nothing; exit 1 if anything is stale, 2 if a contract is invalid.
        #[arg(long)]
        check: bool,
    },
    /// Begin a vendor's crate from its contract.
    NewVendor {
        /// The crate's name.
        name: String,
        /// The contract, a file outside crates/. It is copied into the new crate.
        contract: PathBuf,
    },
    /// Compare the contracts.
    #[command(subcommand)]
    Contract(ContractCommand),
}

#[derive(Subcommand)]
enum ContractCommand {
    /// Compare our contract with a document that the vendor publishes. Exit 1 if they differ, or if a
    /// declared difference is not there; 2 if the document can't be read.
    Diff {
        /// The name of a vendor with a contract.
        vendor: String,
        /// The vendor's document: OpenAPI 3, YAML or JSON.
        file: PathBuf,
    },
}

fn main() -> ExitCode {
    if let Some(code) = api::wrap_rustdoc() {
        return code;
    }
    let command = Arguments::parse().command;
    let is_diff = matches!(command, Command::Contract(_));
    let done = match command {
        Command::Bench { options } => xtask::bench::bench(&options).map(|()| ExitCode::SUCCESS),
        Command::Api { check: true } => api::check().map(|stale| shown(&stale, api::COMMAND)),
        Command::Api { check: false } => api::write().map(listed),
        Command::Dist => xtask::dist::dist().map(listed),
        Command::Check => xtask::check::check().map(|()| ExitCode::SUCCESS),
        Command::Codegen { check: true } => {
            codegen::stale(root()).map(|stale| shown(&stale, codegen::COMMAND))
        }
        Command::Codegen { check: false } => codegen::write(root()).map(listed),
        Command::NewVendor { name, contract } => {
            new_vendor::write(root(), &name, &contract).map(listed)
        }
        Command::Contract(ContractCommand::Diff { vendor, file }) => compare(&vendor, &file),
    };
    done.unwrap_or_else(|error| {
        eprintln!("{error:#}");
        ExitCode::from(if is_diff || error.is::<Refusals>() {
            2
        } else {
            1
        })
    })
}

/// Prints the diffs; fails where there are any.
fn shown(stale: &[Stale], command: &str) -> ExitCode {
    for file in stale {
        print!("{file}");
    }
    if stale.is_empty() {
        return ExitCode::SUCCESS;
    }
    eprintln!("{} stale; run `{command}`", stale.len());
    ExitCode::FAILURE
}

/// Prints the names of the files that were written.
fn listed(paths: Vec<PathBuf>) -> ExitCode {
    for path in paths {
        println!("{}", path.display());
    }
    ExitCode::SUCCESS
}

/// Prints the differences between a vendor's contract and a document; fails where there are any.
fn compare(vendor: &str, file: &Path) -> Result<ExitCode> {
    let contracts = codegen::contracts(root())?;
    let contract = contracts.iter().find(|it| it.vendor() == vendor);
    let contract = contract.with_context(|| {
        let names: Vec<_> = contracts.iter().map(Contract::vendor).collect();
        format!(
            "no contract of {vendor}; expected one of: {}",
            names.join(", ")
        )
    })?;
    let shown = file.display().to_string();
    let text = std::fs::read_to_string(file).with_context(|| format!("could not read {shown}"))?;
    let findings = diff::compare(contract, &text).context(shown)?;
    for expected in &findings.expected {
        for known in &expected.facts {
            eprintln!("expected: {} ({})", known.fact, expected.reason);
        }
    }
    for difference in &findings.differences {
        println!("{difference}");
    }
    for Deviation { fact, theirs } in &findings.vanished {
        println!("{fact}\n  x-differs declares {theirs}, which is not there");
    }
    let agreed = findings.differences.is_empty() && findings.vanished.is_empty();
    Ok(ExitCode::from(u8::from(!agreed)))
}
