//! The benchmark. `cargo xtask bench` builds it for release and runs it.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use numbers_bench::clients::{Client, Name};
use numbers_bench::report::{self, Row};
use numbers_bench::server::{self, Server};
use numbers_bench::{allocations, baseline, instructions, load, peers, speed, startup, weight};
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
    Run {
        /// Writes the figures here too.
        #[arg(long)]
        json: Option<PathBuf>,
        /// Fewer calls and rounds: figures to look at, not to keep.
        #[arg(long)]
        quick: bool,
    },
    /// Holds our clients against the baseline.
    Check,
    /// Writes the baseline.
    WriteBaseline,
    /// Measures cold builds.
    Weight {
        /// How often each is built.
        #[arg(long, default_value_t = 5)]
        rounds: u32,
    },
    /// Answers as the vendors do until standard input ends.
    #[command(hide = true)]
    Serve {
        #[arg(long)]
        delay_ms: u64,
    },
    /// Makes calls and says nothing.
    #[command(hide = true)]
    Calls {
        client: Name,
        url: String,
        calls: u32,
    },
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Run { json, quick } => run(json, quick),
        Command::Check => baseline::check(),
        Command::WriteBaseline => baseline::write(),
        Command::Weight { rounds } => {
            println!("{}", weight::table(rounds)?);
            Ok(())
        }
        Command::Serve { delay_ms } => {
            load::runtime()?.block_on(server::serve(Duration::from_millis(delay_ms)))
        }
        Command::Calls { client, url, calls } => load::runtime()?
            .block_on(async { load::calls(&Client::new(client, &url)?, calls).await }),
    }
}

fn run(json: Option<PathBuf>, quick: bool) -> Result<()> {
    // Short samples, so that the clients take turns faster than a disturbance passes.
    let (rounds, calls) = if quick { (5, 400) } else { (61, 400) };
    let rows = rows(rounds, calls)?;
    if let Some(file) = json {
        std::fs::write(&file, report::json(&rows)?).with_context(|| file.display().to_string())?;
    }
    println!("{}\n\n{}", report::machine(), report::table(&rows));
    let server = Server::start(Duration::ZERO)?;
    println!(
        "{}",
        report::startup_table(&startup::microseconds(&server)?)
    );
    Ok(())
}

fn rows(rounds: u32, calls: u32) -> Result<Vec<Row>> {
    let counting = Server::start(Duration::from_millis(1))?;
    let valgrind = instructions::valgrind_is_installed();
    if !valgrind {
        eprintln!("SKIPPED the count of instructions: valgrind is not installed");
    }
    let mut counts = Vec::new();
    for name in Name::all() {
        eprintln!("counting {name}");
        let instructions = if valgrind {
            Some(instructions::per_call(*name, &counting, 400)?)
        } else {
            None
        };
        counts.push((instructions, allocations::per_call(*name, &counting, 400)?));
    }
    eprintln!("timing {rounds} rounds");
    let timing = Server::start(Duration::ZERO)?;
    let samples = speed::rounds(Name::all(), &timing, rounds, calls)?;
    let reqwest = samples.iter().find(|(name, _)| *name == Name::Reqwest);
    let (_, reqwest) = reqwest.context("reqwest was not timed")?;
    let mut rows: Vec<Row> = samples
        .iter()
        .zip(counts)
        .map(|((name, samples), (instructions, allocations))| {
            Row::new(*name, instructions, allocations, samples, reqwest)
        })
        .collect();
    rows.extend(peers::rows(&timing, rounds.min(5), calls)?);
    Ok(rows)
}
