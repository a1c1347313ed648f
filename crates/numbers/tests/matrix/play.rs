//! Plays cases against a sandbox and holds what came of them against the rule and the truth.

use crate::case::{Case, Then};
use crate::client::{PIECES_OF_IDS, client};
use crate::rule::{Ending, expected};
use numbers::{Error, NumberId, Outcome, Release};
use numbers_sandbox::{NumberState, Sandbox, Server, credentials};
use std::collections::{BTreeSet, HashMap};
use std::time::Duration;
use tokio::task::JoinSet;

/// How many calls run at once in one sandbox.
const AT_ONCE: usize = 64;

/// What came of a number of cases.
#[derive(Default)]
pub(crate) struct Report {
    pub(crate) cases: usize,
    pub(crate) requests: usize,
    pub(crate) violations: Vec<String>,
    /// Every credential, plain and as it went over the wire.
    pub(crate) secrets: BTreeSet<String>,
}

impl Report {
    pub(crate) fn add(&mut self, other: Self) {
        self.cases += other.cases;
        self.requests += other.requests;
        self.violations.extend(other.violations);
        self.secrets.extend(other.secrets);
    }
}

/// Plays cases of one server in a sandbox of their own, through one client.
pub(crate) async fn play(server: Server, timeout: Duration, cases: Vec<Case>) -> Report {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client(&sandbox, server, timeout);
    let mut running = JoinSet::new();
    let mut ended = Vec::new();
    for case in cases {
        if running.len() == AT_ONCE {
            ended.push(running.join_next().await.unwrap().unwrap());
        }
        case.prepare(&sandbox);
        let releaser = case.repeat.around(client.clone());
        running.spawn(async move {
            let result = releaser.release(&NumberId::new(&*case.id)).await;
            (case, result)
        });
    }
    ended.extend(running.join_all().await);

    let requests = sandbox.requests();
    let mut report = Report {
        cases: ended.len(),
        requests: requests.len(),
        secrets: secrets(),
        ..Report::default()
    };
    let mut counts = HashMap::<&str, usize>::new();
    for request in &requests {
        let name = if server == Server::TwoChat {
            "x-user-api-key"
        } else {
            "authorization"
        };
        let value = request.header(name).unwrap_or_default();
        let value = value.split(' ').next_back().unwrap_or_default();
        report.secrets.insert(value.to_owned());
        // A redirect that is followed arrives at another server, or by another method.
        match &request.number {
            Some(id) if request.server == server && request.method == "DELETE" => {
                *counts.entry(id).or_default() += 1;
            }
            _ => report
                .violations
                .push(format!("a stray request: {request:?}")),
        }
    }
    for (case, result) in &ended {
        let seen = ending(case, result, &sandbox, counts.get(&*case.id).copied());
        let expected = expected(case);
        if seen != expected {
            let line = format!("{case}\n  expected {expected:?}\n  but saw  {seen:?}");
            report.violations.push(line);
        }
        if let Some(lie) = lie(case, &seen) {
            report.violations.push(format!("{case}\n  {lie}: {seen:?}"));
        }
        let shown = shown(result);
        if secret_in(&shown, &report.secrets).is_some() {
            report
                .violations
                .push(format!("{case}\n  shows a secret or the id"));
        }
    }
    report
}

fn ending(
    case: &Case,
    result: &Result<Release, Error>,
    sandbox: &Sandbox,
    requests: Option<usize>,
) -> Ending {
    let (told, attempts) = match result {
        Ok(release) => (Ok(release.outcome()), release.attempts()),
        Err(error) => (
            Err((error.kind(), error.may_have_released())),
            error.attempts(),
        ),
    };
    Ending {
        told,
        attempts: attempts.iter().map(numbers::Attempt::result).collect(),
        requests: requests.unwrap_or_default(),
        state: sandbox.state(case.server, &case.id).unwrap(),
        times_acted: sandbox.times_acted(case.server, &case.id),
    }
}

/// Whether the caller is told what is not so. This asks the sandbox alone, not the rule.
fn lie(case: &Case, ending: &Ending) -> Option<&'static str> {
    let kept = ending.state == NumberState::Held && ending.times_acted == 0;
    let absent_by_fault = case.then == Then::Refusal(404)
        || matches!(case.fault.status(case.server), Some(404 | 410));
    match ending.told {
        Err((_, false)) if !kept => Some("gone, and said to be certainly held"),
        Ok(Outcome::Released) if ending.state != NumberState::Released => {
            Some("said to be released")
        }
        Ok(Outcome::Accepted) if ending.state != NumberState::Accepted => {
            Some("said to be accepted")
        }
        Ok(Outcome::Absent) if kept && !absent_by_fault => Some("held, and said to be absent"),
        _ => None,
    }
}

/// Everything that a result shows of itself.
fn shown(result: &Result<Release, Error>) -> String {
    match result {
        Ok(release) => format!("{release:?}"),
        Err(error) => format!("{error} {error:?}"),
    }
}

fn secrets() -> BTreeSet<String> {
    let plain = [
        credentials::TWOCHAT_API_KEY,
        credentials::SYNTHFLOW_API_KEY,
        credentials::EXOTEL_API_KEY,
        credentials::EXOTEL_API_TOKEN,
    ];
    plain.map(str::to_owned).into()
}

/// What must be in no text: the secrets, and what every id has.
pub(crate) fn sought(secrets: &BTreeSet<String>) -> impl Iterator<Item = &str> {
    secrets.iter().map(String::as_str).chain(PIECES_OF_IDS)
}

/// The first of it that a text has.
pub(crate) fn secret_in<'a>(text: &str, secrets: &'a BTreeSet<String>) -> Option<&'a str> {
    sought(secrets).find(|secret| text.contains(secret))
}
