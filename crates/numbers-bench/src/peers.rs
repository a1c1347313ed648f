//! The same call in other languages, where their libraries are installed.

use crate::report::Row;
use crate::server::Server;
use crate::spread::median;
use crate::usage;
use anyhow::{Context, Result, ensure};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

struct Peer {
    name: &'static str,
    program: &'static str,
    /// Ends in success where the library is there.
    probe: [&'static str; 2],
    script: &'static str,
}

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/peers");

const PEERS: [Peer; 2] = [
    Peer {
        name: "python requests",
        program: "python3",
        probe: ["-c", "import requests"],
        script: "requests_client.py",
    },
    Peer {
        name: "node axios",
        program: "node",
        probe: ["-e", "require('axios')"],
        script: "axios_client.cjs",
    },
];

/// The calls after which a run has found its pace, its compiler's work done.
const WARM: u32 = 1000;
/// The calls that are counted after those.
const CALLS: u32 = 4000;

/// The figures of each that is installed, from so many rounds; says which are not, or fail.
pub fn rows(server: &Server, rounds: u32) -> Vec<Row> {
    let mut rows = Vec::new();
    for peer in PEERS {
        if !is_installed(&peer) {
            eprintln!("SKIPPED {}: not installed", peer.name);
            continue;
        }
        match row(&peer, server, rounds) {
            Ok(row) => rows.push(row),
            Err(error) => eprintln!("SKIPPED {}: {error:#}", peer.name),
        }
    }
    rows
}

fn row(peer: &Peer, server: &Server, rounds: u32) -> Result<Row> {
    let samples: Result<Vec<_>> = (0..rounds).map(|_| sample(peer, server)).collect();
    let (cpu, per_second): (Vec<f64>, Vec<f64>) = samples?.into_iter().unzip();
    Ok(Row {
        client: peer.name.to_owned(),
        cpu_us: Some(median(cpu)),
        per_second_1: Some(median(per_second)),
        ..Row::default()
    })
}

fn is_installed(peer: &Peer) -> bool {
    Command::new(peer.program)
        // Where the script is, from which Node looks for what is installed.
        .current_dir(FOLDER)
        .args(peer.probe)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// CPU time a call, in microseconds, and calls a second: the difference of two runs, so that start and
/// warming up fall away.
fn sample(peer: &Peer, server: &Server) -> Result<(f64, f64)> {
    let (few_cpu, few_took) = run(peer, server, WARM)?;
    let (cpu, took) = run(peer, server, WARM + CALLS)?;
    let (cpu, took) = (cpu.saturating_sub(few_cpu), took.saturating_sub(few_took));
    Ok((
        cpu.as_secs_f64() * 1e6 / f64::from(CALLS),
        f64::from(CALLS) / took.as_secs_f64(),
    ))
}

fn run(peer: &Peer, server: &Server, calls: u32) -> Result<(Duration, Duration)> {
    let (started, cpu) = (Instant::now(), usage::children()?);
    let status = Command::new(peer.program)
        .current_dir(FOLDER)
        .arg(peer.script)
        .args([format!("{}/v2", server.url()), calls.to_string()])
        .status()
        .with_context(|| format!("{} can't be started", peer.program))?;
    ensure!(status.success(), "{} failed", peer.name);
    Ok((usage::children()? - cpu, started.elapsed()))
}
