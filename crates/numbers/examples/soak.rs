//! Gives a great many numbers back to the sandbox, most of them with something going wrong, and holds
//! what the clients said against what the sandbox knows.
//!
//! `cargo run --release -p numbers --all-features --example soak -- [RELEASES] [SEED]`
//!
//! The exit code is 1 where a client said what is not so, or a descriptor stayed open. It goes in batches,
//! each with a sandbox and clients of its own, so that what the sandbox remembers does not grow. A
//! connection that stalls at once is left out, for that fault can't be narrowed to a number.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::indexing_slicing)] // it is a test, run by hand

#[path = "../tests/matrix/client.rs"]
mod client;

use numbers::{Error, NumberId, Outcome, Release, Releaser, Retry, RetryPolicy};
use numbers_sandbox::{Fault, NumberState, Sandbox, Server};
use std::num::NonZeroU32;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

const AT_ONCE: usize = 64;
const BATCH: usize = 5_000;
/// One number in so many meets a fault that ends by the client's time-out alone.
const STALL_IN: usize = 500;
const PATIENT: Duration = Duration::from_secs(60);
const IMPATIENT: Duration = Duration::from_millis(100);

/// One vendor's server and the ways to call it.
struct Desk {
    server: Server,
    faults: Vec<Fault>,
    stalls: Vec<Fault>,
    /// Without `Retry`, with it, and with it after an unknown fate too.
    patient: [Arc<dyn Releaser>; 3],
    impatient: [Arc<dyn Releaser>; 3],
}

impl Desk {
    fn open(sandbox: &Sandbox, server: Server) -> Self {
        let layered = |timeout| {
            let client = client::client(sandbox, server, timeout);
            let moment = Duration::from_millis(1);
            let policy = RetryPolicy::default()
                .with_max_attempts(NonZeroU32::new(3).unwrap())
                .with_backoff(moment, moment)
                .with_max_retry_after(moment);
            [
                Arc::clone(&client),
                Arc::new(Retry::new(Arc::clone(&client), policy.clone())),
                Arc::new(Retry::new(client, policy.with_resend_after_unknown(true))),
            ]
        };
        let (stalls, faults) = Fault::all(server)
            .into_iter()
            .filter(|fault| *fault != Fault::stall_accept())
            .partition(|fault| {
                let name = fault.to_string();
                name.starts_with("stall") || name == "one byte a second"
            });
        Self {
            server,
            faults,
            stalls,
            patient: layered(PATIENT),
            impatient: layered(IMPATIENT),
        }
    }

    /// Seeds a number, lets something go wrong for it (or not), and gives it back.
    async fn release(&self, sandbox: &Sandbox, index: usize, mut random: fastrand::Rng) -> Told {
        let id = client::id(self.server, index);
        sandbox.hold(self.server, &id);
        let stall = random.usize(..STALL_IN) == 0;
        let (faults, clients) = if stall {
            (&self.stalls, &self.impatient)
        } else {
            (&self.faults, &self.patient)
        };
        let mut may_say_absent = false;
        // None, one, or one after another; each for one request or more.
        for _ in 0..random.usize(..3) {
            let fault = &faults[random.usize(..faults.len())];
            may_say_absent |= matches!(fault.status(self.server), Some(404 | 410));
            let times = random.u64(1..=3);
            sandbox.inject(fault.clone().at(self.server).on(&*id).times(times));
        }
        let client = &clients[random.usize(..clients.len())];
        let result = client.release(&NumberId::new(&*id)).await;
        Told {
            server: self.server,
            id,
            may_say_absent,
            result,
        }
    }
}

/// What the caller was told of a number.
struct Told {
    server: Server,
    id: String,
    may_say_absent: bool,
    result: Result<Release, Error>,
}

/// Counts.
#[derive(Debug, Default)]
#[allow(dead_code)] // printed
struct Tally {
    released: usize,
    accepted: usize,
    absent: usize,
    failed: usize,
    unknown: usize,
    /// Of the unknown, those that were gone.
    unknown_and_gone: usize,
    attempts: usize,
    requests: u64,
    violations: usize,
}

impl Tally {
    fn add(&mut self, told: &Told, sandbox: &Sandbox) {
        let state = sandbox.state(told.server, &told.id);
        let acted = sandbox.times_acted(told.server, &told.id);
        let gone = acted == 1 && state != Some(NumberState::Held);
        let kept = acted == 0 && state == Some(NumberState::Held);
        let (attempts, count, true_to_fact) = match &told.result {
            Ok(release) => {
                let (count, fits) = match release.outcome() {
                    Outcome::Released => (&mut self.released, state == Some(NumberState::Released)),
                    Outcome::Accepted => (&mut self.accepted, state == Some(NumberState::Accepted)),
                    Outcome::Absent => (&mut self.absent, gone || told.may_say_absent),
                };
                (release.attempts(), count, fits)
            }
            Err(error) if error.may_have_released() => {
                self.unknown_and_gone += usize::from(gone);
                (error.attempts(), &mut self.unknown, true)
            }
            Err(error) => (error.attempts(), &mut self.failed, kept),
        };
        *count += 1;
        self.attempts += attempts.len();
        if !(true_to_fact && (gone || kept)) {
            self.violations += 1;
            println!(
                "violation: {:?}; the sandbox says {state:?}, acted {acted}",
                told.result
            );
        }
    }
}

/// Runs one batch. What is open is counted before the sandbox goes.
async fn batch(numbers: std::ops::Range<usize>, seed: u64, tally: &mut Tally) -> Resources {
    let sandbox = Arc::new(Sandbox::builder().keep_requests(0).start().await.unwrap());
    let desks = Server::ALL.map(|server| Arc::new(Desk::open(&sandbox, server)));
    let next = Arc::new(AtomicUsize::new(numbers.start));
    let mut workers = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (sandbox, desks) = (Arc::clone(&sandbox), desks.clone());
        let (next, end) = (Arc::clone(&next), numbers.end);
        workers.spawn(async move {
            let mut all = Vec::new();
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                if index >= end {
                    return all;
                }
                let mut random = fastrand::Rng::with_seed(seed.wrapping_add(index as u64));
                let desk = &desks[random.usize(..desks.len())];
                all.push(desk.release(&sandbox, index, random).await);
            }
        });
    }
    let attempts = tally.attempts;
    for told in workers.join_all().await.iter().flatten() {
        tally.add(told, &sandbox);
    }
    let requests = sandbox.request_count();
    tally.requests += requests;
    if requests != (tally.attempts - attempts) as u64 {
        tally.violations += 1;
        println!("violation: {requests} requests are not one for each attempt");
    }
    let open = Resources::now();
    drop(desks);
    if let Some(sandbox) = Arc::into_inner(sandbox) {
        sandbox.shutdown().await;
    }
    open
}

/// What the process holds: unknown where there is no `/proc`.
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

    /// The connections' tasks close them a moment after their clients went: waits for that, but not long.
    async fn settled(before: Self) -> Self {
        for _ in 0..500 {
            if Self::now().descriptors <= before.descriptors {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Self::now()
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let releases: usize = arguments
        .next()
        .map_or(200_000, |text| text.parse().unwrap());
    let seed: u64 = arguments
        .next()
        .map_or_else(|| fastrand::u64(..), |text| text.parse().unwrap());
    println!("seed {seed}: {releases} releases, {AT_ONCE} at once, in batches of {BATCH}");

    let before = Resources::now();
    println!("before: {before:?}");
    let started = Instant::now();
    let mut tally = Tally::default();
    let batches = releases.div_ceil(BATCH);
    for n in 0..batches {
        let numbers = n * BATCH..releases.min((n + 1) * BATCH);
        let end = numbers.end;
        let open = batch(numbers, seed, &mut tally).await;
        // The first is the warm-up.
        if n == 0 || (n + 1) % batches.div_ceil(8) == 0 || n + 1 == batches {
            let closed = Resources::settled(before).await;
            println!("after {end:>7}: with its connections {open:?}, without {closed:?}");
        }
    }
    let elapsed = started.elapsed();
    let after = Resources::settled(before).await;
    let leaked = after.descriptors > before.descriptors;
    println!("{tally:#?}");
    println!(
        "{:.1} s, {:.0} requests a second; descriptors leaked: {leaked}",
        elapsed.as_secs_f64(),
        tally.requests as f64 / elapsed.as_secs_f64()
    );
    if leaked || tally.violations > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
