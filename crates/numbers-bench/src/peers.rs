//! The same call in other languages, where their libraries are installed.

use crate::case::{Mode, Scheme};
use crate::report::{Figures, Row};
use crate::server::Server;
use crate::speed::median;
use crate::usage;
use anyhow::{Context, Result, ensure};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

struct Peer {
    name: &'static str,
    program: &'static str,
    /// Succeeds where the library is installed.
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

/// The calls that warm up a run, so that its compiler has done its work.
const WARM: u32 = 1000;
/// The calls that are counted after those.
const CALLS: u32 = 4000;

/// The figures of each that is installed, over http; says which are left out.
pub fn rows(server: &Server, rounds: u32) -> Vec<Row> {
    let mut rows = Vec::new();
    for peer in PEERS {
        if !is_installed(&peer) {
            eprintln!("SKIPPED {}: not installed", peer.name);
            continue;
        }
        for mode in [Mode::Fresh, Mode::Kept] {
            match row(&peer, mode, server, rounds) {
                Ok(row) => rows.push(row),
                Err(error) => eprintln!("SKIPPED {}: {error:#}", peer.name),
            }
        }
    }
    rows
}

fn row(peer: &Peer, mode: Mode, server: &Server, rounds: u32) -> Result<Row> {
    let samples: Result<Vec<_>> = (0..rounds).map(|_| sample(peer, mode, server)).collect();
    let (cpu, per_second): (Vec<f64>, Vec<f64>) = samples?.into_iter().unzip();
    Ok(Row {
        client: peer.name.to_owned(),
        mode,
        scheme: Scheme::Http,
        case: None,
        figures: Figures {
            cpu_us: Some(median(cpu)),
            per_second_1: Some(median(per_second)),
            ..Figures::default()
        },
    })
}

fn is_installed(peer: &Peer) -> bool {
    Command::new(peer.program)
        // Node looks for libraries from the folder of the script.
        .current_dir(FOLDER)
        .args(peer.probe)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// CPU time a call, in microseconds, and calls a second: the difference of two runs, so that start and
/// warming up fall away.
fn sample(peer: &Peer, mode: Mode, server: &Server) -> Result<(f64, f64)> {
    let (few_cpu, few_took) = run(peer, mode, server, WARM)?;
    let (cpu, took) = run(peer, mode, server, WARM + CALLS)?;
    let (cpu, took) = (cpu.saturating_sub(few_cpu), took.saturating_sub(few_took));
    Ok((
        cpu.as_secs_f64() * 1e6 / f64::from(CALLS),
        f64::from(CALLS) / took.as_secs_f64(),
    ))
}

fn run(peer: &Peer, mode: Mode, server: &Server, calls: u32) -> Result<(Duration, Duration)> {
    let (started, cpu) = (Instant::now(), usage::children()?);
    let status = Command::new(peer.program)
        .current_dir(FOLDER)
        .arg(peer.script)
        .args([
            format!("{}/v2", server.endpoints().url(Scheme::Http)),
            mode.to_string(),
            calls.to_string(),
        ])
        .status()
        .with_context(|| format!("{} can't be started", peer.program))?;
    ensure!(status.success(), "{} failed", peer.name);
    Ok((usage::children()? - cpu, started.elapsed()))
}
