//! Every fault of the sandbox, at every vendor, with and without repetition: what the caller is told
//! against the outcome table and against what became of the number. And nobody tells a secret.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // helpers of a test, which the lints take for other code

mod case;
mod client;
mod play;
mod rule;
mod stray;

use case::{Case, Repeat, Then};
use numbers_sandbox::Server;
use numbers_testkit::Logs;
use play::{Report, play, secret_in, sought};
use std::time::Duration;
use tokio::task::JoinSet;

/// Where the time-out is not what is met: longer than any of the tests takes.
const PATIENT: Duration = Duration::from_secs(60);

/// Where it is: short, but long enough for an answer that does come.
const IMPATIENT: Duration = Duration::from_secs(2);

/// Cases that share a sandbox.
const GROUP: usize = 500;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_lands_in_its_row_and_no_secret_is_told() {
    let logs = Logs::capture();
    let report = play_all().await;
    println!(
        "matrix: {} cases, {} requests, {} violations",
        report.cases,
        report.requests,
        report.violations.len()
    );
    let some: Vec<_> = report.violations.iter().take(20).cloned().collect();
    assert!(report.violations.is_empty(), "{}", some.join("\n"));

    let log = logs.text();
    println!("log: {} lines, {} bytes", log.lines().count(), log.len());
    assert_eq!(secret_in(&log, &report.secrets), None);

    // The log is at TRACE and has both kinds of records, and the search finds each secret in either.
    for part in [
        "TRACE",
        "reqwest::connect",
        "url.template",
        "numbers.wait_ms",
    ] {
        assert!(log.contains(part), "{part} is not in the log");
    }
    let sought: Vec<_> = sought(&report.secrets).collect();
    for secret in &sought {
        Logs::leak(secret);
    }
    let leaked = logs.text()[log.len()..].to_owned();
    let found = leaked
        .lines()
        .filter(|line| secret_in(line, &report.secrets).is_some());
    assert_eq!(found.count(), 2 * sought.len());
}

async fn play_all() -> Report {
    let mut report = Report::default();
    let mut waiting = JoinSet::new();
    let mut quick = Vec::new();
    for server in Server::ALL {
        let (stalls, others): (Vec<_>, Vec<_>) =
            cases(server).into_iter().partition(Case::is_stall);
        quick.extend(others.chunks(GROUP).map(|group| (server, group.to_vec())));
        let (alone, stalls): (Vec<_>, Vec<_>) = stalls.into_iter().partition(Case::is_at_accept);
        for case in alone {
            waiting.spawn(play(server, IMPATIENT, vec![case]));
        }
        waiting.spawn(play(server, IMPATIENT, stalls));
    }
    // First all that wait, at once and undisturbed.
    for ended in waiting.join_all().await {
        report.add(ended);
    }
    for (server, group) in quick {
        report.add(play(server, PATIENT, group).await);
    }
    for server in Server::ALL {
        report.add(stray::play(server, PATIENT).await);
    }
    report
}

/// Everything at one server of each vendor, and at the others what goes the longest way.
fn cases(server: Server) -> Vec<Case> {
    let mut cases = Case::all(server);
    if !matches!(
        server,
        Server::TwoChat | Server::SynthflowEu | Server::ExotelMumbai
    ) {
        cases.retain(|case| case.then == Then::Nothing && case.repeat == Repeat::AfterUnknown);
    }
    cases
}
