//! The benchmark. `cargo xtask bench` builds it for release and runs it.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use anyhow::{Context, Result, ensure};
use clap::{Args, Parser, Subcommand};
use numbers_bench::case::Case;
use numbers_bench::clients::{self, Name};
use numbers_bench::load::{self, Load};
use numbers_bench::report::{self, Figures, Row};
use numbers_bench::server::{self, Server};
use numbers_bench::{baseline, count, docs, instructions, peers, speed, tables};
use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measures every client and prints the tables.
    Run(Run),
    /// Compares our clients with the baseline.
    Check,
    /// Responds as the vendors do until standard input ends.
    #[command(hide = true)]
    Serve {
        #[arg(long)]
        delay_ms: u64,
    },
    /// Makes the calls whose instructions valgrind counts.
    #[command(hide = true)]
    Calls(Load),
}

#[derive(Args)]
struct Run {
    /// Writes the figures to this file too, as JSON.
    #[arg(long)]
    json: Option<PathBuf>,
    /// Fewer rounds: times to look at, not to keep.
    #[arg(long)]
    quick: bool,
    /// Writes the baseline and the tables of docs/performance.md.
    #[arg(long, conflicts_with = "quick")]
    write: bool,
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Run(arguments) => run(arguments),
        Command::Check => baseline::check(),
        Command::Serve { delay_ms } => {
            load::runtime()?.block_on(server::serve(Duration::from_millis(delay_ms)))
        }
        Command::Calls(load) => instructions::make_calls(&load),
    }
}

fn run(Run { json, quick, write }: Run) -> Result<()> {
    // What would fail at the end fails before the minutes that measuring takes.
    ensure!(
        !write || instructions::valgrind_is_installed(),
        "a baseline needs valgrind"
    );
    let json = json.map(|path| File::create(&path).with_context(|| path.display().to_string()));
    let json = json.transpose()?;

    let cases = Case::all(&names());
    let counts = count::all(&cases)?;
    let rounds = if quick { 3 } else { 21 };
    eprintln!("timing {rounds} rounds");
    speed::stay_on_one_core()?;
    let server = Server::start(Duration::ZERO)?;
    let speeds = speed::all(&cases, &server, rounds)?;
    let measured = cases
        .iter()
        .filter_map(|case| Some((*case, Figures::new(*counts.get(case)?, *speeds.get(case)?))));
    let mut rows: Vec<Row> = measured
        .map(|(case, figures)| Row::new(case, figures))
        .collect();
    rows.extend(peers::rows(&server, rounds.min(5)));

    let tables = tables::all(&rows);
    println!("{tables}");
    if let Some(mut file) = json {
        file.write_all(report::json(&rows)?.as_bytes())?;
    }
    if write {
        baseline::write(&counts)?;
        docs::write(&tables)?;
    }
    Ok(())
}

/// The clients that can be made on this machine.
fn names() -> Vec<Name> {
    let mut names = Name::all().to_vec();
    if !clients::certificates_are_installed() {
        eprintln!("SKIPPED reqwest-new: no certificates are installed");
        names.retain(|name| *name != Name::ReqwestNew);
    }
    names
}
