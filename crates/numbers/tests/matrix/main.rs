//! Every fault of the sandbox at every vendor, with and without retries: what a call reports must agree
//! with the outcome table and with the sandbox. No output shows a secret.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // helpers of a test, which the lints take for other code

#[path = "../common/mod.rs"]
mod common;
mod rule;
mod run;
mod scenario;
mod stray;

use common::RetryMode;
use numbers_sandbox::Server;
use numbers_testkit::Logs;
use run::{Report, find_secret, needles, run};
use scenario::{FollowUp, Scenario};
use std::time::Duration;
use tokio::task::JoinSet;

/// Longer than any of the tests takes.
const LONG_TIMEOUT: Duration = Duration::from_secs(60);

/// For faults that only the time-out ends. Long enough for a response that does come.
const SHORT_TIMEOUT: Duration = Duration::from_secs(2);

/// Scenarios that share a sandbox.
const GROUP: usize = 500;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_leads_to_its_outcome_and_shows_no_secret() {
    let logs = Logs::capture();
    let report = run_all().await;
    println!(
        "matrix: {} calls, {} requests, {} violations",
        report.calls,
        report.requests,
        report.violations.len()
    );
    let first: Vec<_> = report.violations.iter().take(20).cloned().collect();
    assert!(report.violations.is_empty(), "{}", first.join("\n"));

    let log = logs.text();
    println!("log: {} lines, {} bytes", log.lines().count(), log.len());
    assert_eq!(find_secret(&log, &report.secrets), None);

    // The search works: the log is at TRACE, has records of `tracing` and of `log`, and shows each secret in both.
    for part in [
        "TRACE",
        "reqwest::connect",
        "url.template",
        "numbers.wait_ms",
    ] {
        assert!(log.contains(part), "{part} is not in the log");
    }
    let needles: Vec<_> = needles(&report.secrets).collect();
    for needle in &needles {
        Logs::leak(needle);
    }
    let leaked = logs.text()[log.len()..].to_owned();
    let found = leaked
        .lines()
        .filter(|line| find_secret(line, &report.secrets).is_some());
    assert_eq!(found.count(), 2 * needles.len());
}

async fn run_all() -> Report {
    let mut report = Report::default();
    let mut waiting = JoinSet::new();
    let mut fast = Vec::new();
    for server in Server::ALL {
        let (stalls, others): (Vec<_>, Vec<_>) =
            scenarios(server).into_iter().partition(Scenario::is_stall);
        fast.extend(others.chunks(GROUP).map(|group| (server, group.to_vec())));
        let (at_accept, stalls): (Vec<_>, Vec<_>) =
            stalls.into_iter().partition(Scenario::is_at_accept);
        for scenario in at_accept {
            waiting.spawn(run(server, SHORT_TIMEOUT, vec![scenario]));
        }
        waiting.spawn(run(server, SHORT_TIMEOUT, stalls));
    }
    // First all that wait for time-outs, at once and undisturbed.
    for part in waiting.join_all().await {
        report.add(part);
    }
    for (server, group) in fast {
        report.add(run(server, LONG_TIMEOUT, group).await);
    }
    for server in Server::ALL {
        report.add(stray::run(server, LONG_TIMEOUT).await);
    }
    report
}

/// All scenarios at one server of each vendor; at the others those that use most of the code.
fn scenarios(server: Server) -> Vec<Scenario> {
    let mut scenarios = Scenario::all(server);
    if !matches!(
        server,
        Server::TwoChat | Server::SynthflowEu | Server::ExotelMumbai
    ) {
        scenarios.retain(|scenario| {
            scenario.follow_up == FollowUp::Normal
                && scenario.retry == RetryMode::ResendAfterUnknown
        });
    }
    scenarios
}
