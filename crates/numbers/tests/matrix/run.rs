//! Runs scenarios against a sandbox, and compares the results with the rule and with the sandbox.

use crate::common::{ID_PARTS, client};
use crate::rule::{CallResult, expected};
use crate::scenario::{FollowUp, Scenario};
use numbers::{Error, NumberId, Outcome, Release};
use numbers_sandbox::{NumberState, RecordedRequest, Sandbox, Server, credentials};
use std::collections::{BTreeSet, HashMap};
use std::time::Duration;
use tokio::task::JoinSet;

/// How many calls run at once in one sandbox.
const CONCURRENCY: usize = 64;

/// The results of a number of scenarios.
#[derive(Default)]
pub(crate) struct Report {
    pub(crate) calls: usize,
    pub(crate) requests: usize,
    pub(crate) violations: Vec<String>,
    /// Every credential, in plain text and as it was sent.
    pub(crate) secrets: BTreeSet<String>,
}

impl Report {
    pub(crate) fn add(&mut self, other: Self) {
        self.calls += other.calls;
        self.requests += other.requests;
        self.violations.extend(other.violations);
        self.secrets.extend(other.secrets);
    }
}

/// Runs scenarios of one server in one sandbox, through one client.
pub(crate) async fn run(server: Server, timeout: Duration, scenarios: Vec<Scenario>) -> Report {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client(&sandbox, server, timeout);
    let mut running = JoinSet::new();
    let mut results = Vec::new();
    for scenario in scenarios {
        if running.len() == CONCURRENCY {
            results.push(running.join_next().await.unwrap().unwrap());
        }
        scenario.prepare(&sandbox);
        let releaser = scenario.retry.wrap(client.clone());
        running.spawn(async move {
            let result = releaser.release(&NumberId::new(&*scenario.id)).await;
            (scenario, result)
        });
    }
    results.extend(running.join_all().await);

    let requests = sandbox.requests();
    let mut report = Report {
        calls: results.len(),
        requests: requests.len(),
        secrets: plain_secrets(),
        ..Report::default()
    };
    let mut counts = HashMap::<&str, usize>::new();
    for request in &requests {
        report.secrets.insert(sent_secret(request));
        // A redirect that is followed arrives at another server, or with another method.
        match &request.number {
            Some(id) if request.server == server && request.method == "DELETE" => {
                *counts.entry(id).or_default() += 1;
            }
            _ => report
                .violations
                .push(format!("unexpected request: {request:?}")),
        }
    }
    for (scenario, result) in &results {
        let requests = counts.get(&*scenario.id).copied().unwrap_or_default();
        let actual = call_result(&sandbox, server, &scenario.id, result, requests);
        let expected = expected(scenario);
        if actual != expected {
            report.violations.push(format!(
                "{scenario}\n  expected {expected:?}\n  actual   {actual:?}"
            ));
        }
        if let Some(contradiction) = contradiction(scenario, &actual) {
            report
                .violations
                .push(format!("{scenario}\n  {contradiction}: {actual:?}"));
        }
        if find_secret(&displayed(result), &report.secrets).is_some() {
            report
                .violations
                .push(format!("{scenario}\n  shows a secret or the id"));
        }
    }
    report
}

/// What a call led to, for the caller and in the sandbox.
pub(crate) fn call_result(
    sandbox: &Sandbox,
    server: Server,
    id: &str,
    result: &Result<Release, Error>,
    requests: usize,
) -> CallResult {
    let (reported, attempts) = match result {
        Ok(release) => (Ok(release.outcome()), release.attempts()),
        Err(error) => (
            Err((error.kind(), error.may_have_released())),
            error.attempts(),
        ),
    };
    CallResult {
        reported,
        attempts: attempts.iter().map(numbers::Attempt::result).collect(),
        requests,
        state: sandbox.state(server, id),
        releases: sandbox.release_count(server, id),
    }
}

/// What a call reports against the facts. This looks at the sandbox alone, not at the rule.
fn contradiction(scenario: &Scenario, result: &CallResult) -> Option<&'static str> {
    let held = result.state == Some(NumberState::Held) && result.releases == 0;
    let injected_404 = scenario.follow_up == FollowUp::Refusal(404)
        || matches!(scenario.fault.status(scenario.server), Some(404 | 410));
    match result.reported {
        Err((_, false)) if !held => Some("released, and reported as certainly not released"),
        Ok(Outcome::Released) if result.state != Some(NumberState::Released) => {
            Some("reported as released")
        }
        Ok(Outcome::Accepted) if result.state != Some(NumberState::Accepted) => {
            Some("reported as accepted")
        }
        Ok(Outcome::Absent) if held && !injected_404 => Some("held, and reported as absent"),
        _ => None,
    }
}

/// Everything that a result displays.
fn displayed(result: &Result<Release, Error>) -> String {
    match result {
        Ok(release) => format!("{release:?}"),
        Err(error) => format!("{error} {error:?}"),
    }
}

fn plain_secrets() -> BTreeSet<String> {
    let plain = [
        credentials::TWOCHAT_API_KEY,
        credentials::SYNTHFLOW_API_KEY,
        credentials::EXOTEL_API_KEY,
        credentials::EXOTEL_API_TOKEN,
    ];
    plain.map(str::to_owned).into()
}

/// The credential of a request, without `Bearer` or `Basic`.
fn sent_secret(request: &RecordedRequest) -> String {
    let name = match request.server {
        Server::TwoChat => "x-user-api-key",
        _ => "authorization",
    };
    let value = request.header(name).unwrap_or_default();
    value.split(' ').next_back().unwrap_or_default().to_owned()
}

/// What no output may contain: the secrets, and a part of every id.
pub(crate) fn needles(secrets: &BTreeSet<String>) -> impl Iterator<Item = &str> {
    secrets.iter().map(String::as_str).chain(ID_PARTS)
}

/// The first of the [`needles`] that a text contains.
pub(crate) fn find_secret<'a>(text: &str, secrets: &'a BTreeSet<String>) -> Option<&'a str> {
    needles(secrets).find(|needle| text.contains(needle))
}
