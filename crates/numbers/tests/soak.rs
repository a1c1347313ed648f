//! Releases many numbers at the sandbox, most of them with faults drawn at random, and compares what the clients
//! report with what the sandbox knows.
//!
//! `SOAK=200000 cargo test --release -p numbers --all-features --test soak -- --nocapture`
//!
//! It runs in batches, each with its own sandbox and clients, so that the sandbox's memory does not grow. The fault
//! that stalls at accept is left out: it can't be limited to one number.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::indexing_slicing)] // helpers of a test, which the lints take for other code

mod common;

use common::RetryMode;
use numbers::{Attempt, Error, ErrorKind, NumberId, Outcome, Release, Releaser};
use numbers_sandbox::{Fault, NumberState, Sandbox, Server};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// How many numbers, unless the variable `SOAK` says otherwise.
const DEFAULT_RELEASES: usize = 3_000;
const CONCURRENCY: usize = 64;
const BATCH: usize = 5_000;
/// One number in so many gets a fault that only the client's time-out ends.
const STALL_RATIO: usize = 500;
const LONG_TIMEOUT: Duration = Duration::from_secs(60);
const SHORT_TIMEOUT: Duration = Duration::from_millis(250);

/// A server, and the ways to call it.
struct Target {
    server: Server,
    faults: Vec<Fault>,
    stalls: Vec<Fault>,
    /// One for each [`RetryMode`].
    patient: [Arc<dyn Releaser>; 3],
    impatient: [Arc<dyn Releaser>; 3],
}

impl Target {
    fn new(sandbox: &Sandbox, server: Server) -> Self {
        let releasers = |timeout| {
            let client = common::client(sandbox, server, timeout);
            RetryMode::ALL.map(|mode| mode.wrap(Arc::clone(&client)))
        };
        let (stalls, faults) = Fault::all(server)
            .into_iter()
            .filter(|fault| *fault != Fault::stall_accept())
            .partition(common::is_stall);
        Self {
            server,
            faults,
            stalls,
            patient: releasers(LONG_TIMEOUT),
            impatient: releasers(SHORT_TIMEOUT),
        }
    }

    /// Adds a number to the sandbox, injects faults for it, and releases it.
    async fn release(&self, sandbox: &Sandbox, index: usize, mut random: fastrand::Rng) -> Call {
        let id = common::id(self.server, index);
        sandbox.hold(self.server, &id);
        let stall = random.usize(..STALL_RATIO) == 0;
        let (faults, releasers) = if stall {
            (&self.stalls, &self.impatient)
        } else {
            (&self.faults, &self.patient)
        };
        let mut injected_404 = false;
        // None, one, or one after another; each for one request or more.
        for _ in 0..random.usize(..3) {
            let fault = &faults[random.usize(..faults.len())];
            injected_404 |= matches!(fault.status(self.server), Some(404 | 410));
            let times = random.u64(1..=3);
            sandbox.inject(fault.clone().at(self.server).on(&*id).times(times));
        }
        let releaser = &releasers[random.usize(..releasers.len())];
        let result = releaser.release(&NumberId::new(&*id)).await;
        Call {
            server: self.server,
            id,
            injected_404,
            result,
        }
    }
}

/// A call, and what it reported.
struct Call {
    server: Server,
    id: String,
    injected_404: bool,
    result: Result<Release, Error>,
}

impl Call {
    fn attempts(&self) -> &[Attempt] {
        match &self.result {
            Ok(release) => release.attempts(),
            Err(error) => error.attempts(),
        }
    }
}

#[derive(Debug, Default)]
#[allow(dead_code)] // printed
struct Totals {
    released: usize,
    accepted: usize,
    absent: usize,
    failed: usize,
    unknown: usize,
    /// Of the unknown, those that the sandbox had released.
    unknown_but_released: usize,
    attempts: usize,
    timed_out: usize,
    requests: usize,
    violations: usize,
}

impl Totals {
    fn add(&mut self, call: &Call, sandbox: &Sandbox) {
        let state = sandbox.state(call.server, &call.id);
        let releases = sandbox.release_count(call.server, &call.id);
        let released = releases == 1 && state != Some(NumberState::Held);
        let held = releases == 0 && state == Some(NumberState::Held);
        let (count, is_true) = match &call.result {
            Ok(release) => match release.outcome() {
                Outcome::Released => (&mut self.released, state == Some(NumberState::Released)),
                Outcome::Accepted => (&mut self.accepted, state == Some(NumberState::Accepted)),
                Outcome::Absent => (&mut self.absent, released || call.injected_404),
            },
            Err(error) if error.may_have_released() => {
                self.unknown_but_released += usize::from(released);
                (&mut self.unknown, true)
            }
            Err(_) => (&mut self.failed, held),
        };
        *count += 1;
        for attempt in call.attempts() {
            self.attempts += 1;
            self.timed_out += usize::from(attempt.kind() == Some(ErrorKind::Timeout));
        }
        if !(is_true && (released || held)) {
            self.violation(&format!(
                "{:?}, but the sandbox has {state:?} after {releases} releases",
                call.result
            ));
        }
    }

    /// Each attempt sent one request. One that timed out may not have got so far.
    fn check_requests(&mut self) {
        let fewest = self.attempts - self.timed_out;
        if !(fewest..=self.attempts).contains(&self.requests) {
            self.violation(&format!(
                "{} requests for {} attempts",
                self.requests, self.attempts
            ));
        }
    }

    fn violation(&mut self, text: &str) {
        self.violations += 1;
        println!("violation: {text}");
    }
}

/// Runs one batch. Returns the resources in use before its sandbox is shut down.
async fn run_batch(numbers: std::ops::Range<usize>, seed: u64, totals: &mut Totals) -> Resources {
    let sandbox = Arc::new(Sandbox::builder().keep_requests(0).start().await.unwrap());
    let targets = Server::ALL.map(|server| Arc::new(Target::new(&sandbox, server)));
    let next = Arc::new(AtomicUsize::new(numbers.start));
    let mut workers = JoinSet::new();
    for _ in 0..CONCURRENCY {
        let (sandbox, targets) = (Arc::clone(&sandbox), targets.clone());
        let (next, end) = (Arc::clone(&next), numbers.end);
        workers.spawn(async move {
            let mut calls = Vec::new();
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                if index >= end {
                    return calls;
                }
                let mut random = fastrand::Rng::with_seed(seed.wrapping_add(index as u64));
                let target = &targets[random.usize(..targets.len())];
                calls.push(target.release(&sandbox, index, random).await);
            }
        });
    }
    for call in workers.join_all().await.iter().flatten() {
        totals.add(call, &sandbox);
    }
    totals.requests += usize::try_from(sandbox.request_count()).unwrap();
    totals.check_requests();
    let in_use = Resources::now();
    drop(targets);
    if let Some(sandbox) = Arc::into_inner(sandbox) {
        sandbox.shutdown().await;
    }
    in_use
}

/// What the process holds; unknown if there is no `/proc`.
#[derive(Debug, Clone, Copy)]
#[allow(dead_code)] // printed
struct Resources {
    rss_kib: Option<u64>,
    descriptors: Option<usize>,
}

impl Resources {
    fn now() -> Self {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let rss = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        Self {
            rss_kib: rss.and_then(|text| text.trim().trim_end_matches(" kB").parse().ok()),
            descriptors: std::fs::read_dir("/proc/self/fd").ok().map(Iterator::count),
        }
    }

    /// Lets the tasks of dropped clients close their connections. A descriptor that leaks uses up the time.
    async fn settled(before: Self) -> Self {
        let closed = async {
            while Self::now().descriptors > before.descriptors {
                tokio::task::yield_now().await;
            }
        };
        let _ = tokio::time::timeout(Duration::from_secs(10), closed).await;
        Self::now()
    }
}

/// The number in a variable. Panics if it is set to anything else.
fn number_from_env(variable: &str) -> Option<u64> {
    let value = std::env::var(variable).ok()?;
    Some(value.parse().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn random_faults_never_lead_to_a_false_report_or_a_leak() {
    let releases = number_from_env("SOAK").map_or(DEFAULT_RELEASES, |n| n.try_into().unwrap());
    let seed = number_from_env("SOAK_SEED").unwrap_or_else(|| fastrand::u64(..));
    println!("SOAK={releases} SOAK_SEED={seed}: {CONCURRENCY} at once, in batches of {BATCH}");

    let before = Resources::now();
    println!("before: {before:?}");
    let started = Instant::now();
    let mut totals = Totals::default();
    let batches = releases.div_ceil(BATCH);
    for n in 0..batches {
        let end = releases.min((n + 1) * BATCH);
        let in_use = run_batch(n * BATCH..end, seed, &mut totals).await;
        if n == 0 || (n + 1) % batches.div_ceil(8) == 0 || n + 1 == batches {
            let closed = Resources::settled(before).await;
            println!("after {end:>7}: {in_use:?}, closed {closed:?}");
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    let after = Resources::settled(before).await;
    println!("{totals:#?}");
    println!(
        "{seconds:.1} s, {:.0} requests a second",
        totals.requests as f64 / seconds
    );
    assert_eq!(totals.violations, 0);
    assert!(
        after.descriptors <= before.descriptors,
        "descriptors leaked: {before:?}, {after:?}"
    );
}
