//! The benchmark. `cargo xtask bench` builds it for release and runs it.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use numbers_bench::clients::{self, Client, Name};
use numbers_bench::report::{self, Row};
use numbers_bench::server::{self, Server};
use numbers_bench::{allocations, baseline, instructions, load, peers, speed, startup, weight};
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
    Run {
        /// Writes the figures here too.
        #[arg(long)]
        json: Option<PathBuf>,
        /// Fewer rounds: times to look at, not to keep.
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
        #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
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
    // Made before anything is measured, for that takes minutes.
    let json = json.map(|path| File::create(&path).with_context(|| path.display().to_string()));
    let json = json.transpose()?;
    let names = names();
    let rows = rows(&names, if quick { 5 } else { 61 })?;
    println!("{}\n\n{}", report::machine(), report::table(&rows));
    if let Some(mut file) = json {
        file.write_all(report::json(&rows)?.as_bytes())?;
    }
    if clients::certificates_are_installed() {
        println!("{}", report::startup_table(&startup::microseconds()?));
    }
    Ok(())
}

/// The clients that can be made on this machine.
fn names() -> Vec<Name> {
    let mut names = Name::all().to_vec();
    if !clients::certificates_are_installed() {
        eprintln!("SKIPPED reqwest-new and the construction of clients: no certificates installed");
        names.retain(|name| *name != Name::ReqwestNew);
    }
    names
}

fn rows(names: &[Name], rounds: u32) -> Result<Vec<Row>> {
    let counting = Server::start(Duration::from_millis(1))?;
    let valgrind = instructions::valgrind_is_installed();
    if !valgrind {
        eprintln!("SKIPPED the count of instructions: valgrind is not installed");
    }
    let mut counts = Vec::new();
    for name in names {
        eprintln!("counting {name}");
        let instructions = if valgrind {
            Some(instructions::per_call(*name, &counting)?)
        } else {
            None
        };
        counts.push((instructions, allocations::per_call(*name, &counting)?));
    }
    eprintln!("timing {rounds} rounds");
    let timing = Server::start(Duration::ZERO)?;
    let mut rows: Vec<Row> = speed::rounds(names, &timing, rounds)?
        .into_iter()
        .zip(counts)
        .map(|((name, turns), (instructions, allocations))| {
            Row::new(name, instructions, allocations, &turns)
        })
        .collect();
    rows.extend(peers::rows(&timing, rounds.min(5)));
    Ok(rows)
}
