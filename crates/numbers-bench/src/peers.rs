//! The same call in other languages, where their libraries are installed.

use crate::report::Row;
use crate::server::Server;
use crate::speed::median;
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

const PEERS: [Peer; 2] = [
    Peer {
        name: "python requests",
        program: "python3",
        probe: ["-c", "import requests"],
        script: concat!(env!("CARGO_MANIFEST_DIR"), "/peers/requests_client.py"),
    },
    Peer {
        name: "node axios",
        program: "node",
        probe: ["-e", "require('axios')"],
        script: concat!(env!("CARGO_MANIFEST_DIR"), "/peers/axios_client.cjs"),
    },
];

/// The figures of each that is installed, from so many rounds; says which are not.
///
/// # Errors
///
/// Where one that is installed fails.
pub fn rows(server: &Server, rounds: u32, calls: u32) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for peer in PEERS {
        if !is_installed(&peer) {
            eprintln!("SKIPPED {}: not installed", peer.name);
            continue;
        }
        let samples: Result<Vec<_>> = (0..rounds).map(|_| sample(&peer, server, calls)).collect();
        let samples = samples?;
        rows.push(Row {
            client: peer.name.to_owned(),
            cpu_us: Some(median(
                samples.iter().map(|(cpu, _)| cpu.as_secs_f64() * 1e6),
            )),
            per_second_1: Some(median(samples.iter().map(|(_, per_second)| *per_second))),
            ..Row::default()
        });
    }
    Ok(rows)
}

fn is_installed(peer: &Peer) -> bool {
    Command::new(peer.program)
        .args(peer.probe)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// CPU time a call and calls a second: the difference of two runs, so that the start falls away.
fn sample(peer: &Peer, server: &Server, calls: u32) -> Result<(Duration, f64)> {
    let (few_cpu, few_took) = run(peer, server, calls / 4)?;
    let (cpu, took) = run(peer, server, calls / 4 + calls)?;
    let per_second = f64::from(calls) / took.saturating_sub(few_took).as_secs_f64();
    Ok((cpu.saturating_sub(few_cpu) / calls, per_second))
}

fn run(peer: &Peer, server: &Server, calls: u32) -> Result<(Duration, Duration)> {
    let (started, cpu) = (Instant::now(), usage::children()?);
    let status = Command::new(peer.program)
        .arg(peer.script)
        .args([format!("{}/v2", server.url()), calls.to_string()])
        .status()
        .with_context(|| format!("{} can't be started", peer.program))?;
    ensure!(status.success(), "{} failed", peer.name);
    Ok((usage::children()? - cpu, started.elapsed()))
}
