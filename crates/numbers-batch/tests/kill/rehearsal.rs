//! A sandbox, a journal, and workers that are killed.

use crate::accounts;
use crate::support::postgres::Server;
use crate::worker::{Task, Worker};
use fastrand::Rng;
use numbers_batch::plan::{CreateOptions, InputFormat, create};
use numbers_core::Releaser;
use numbers_sandbox::{Fault, Sandbox, credentials};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use synthflow_numbers::Client;
use tempfile::TempDir;
use tokio::time::sleep;

/// The server whose made-up numbers are released.
pub(crate) const SERVER: numbers_sandbox::Server = numbers_sandbox::Server::SynthflowGlobal;

/// How right the workers' clocks are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clock {
    Right,
    /// That of the first worker: an hour fast or slow, another time each time it is started.
    AnHourWrong,
}

/// Debian's libfaketime.
fn faketime() -> PathBuf {
    let architecture = std::env::consts::ARCH;
    format!("/usr/lib/{architecture}-linux-gnu/faketime/libfaketime.so.1").into()
}

impl Clock {
    /// Where it can't, says so on standard error, past the test harness.
    pub(crate) fn can_be_set() -> bool {
        let can = faketime().exists();
        if !can {
            let message = "skipped: no libfaketime found. To run the tests with a wrong clock, install it \
                (on Debian: apt-get install faketime).\n";
            std::io::stderr().write_all(message.as_bytes()).unwrap();
        }
        can
    }

    pub(crate) fn set(command: &mut Command, hours: i32) {
        command
            .env("LD_PRELOAD", faketime())
            .env("FAKETIME", format!("{hours:+}h"))
            .env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    }
}

pub(crate) struct Rehearsal {
    pub(crate) sandbox: Sandbox,
    pub(crate) numbers: u32,
    pub(crate) task: Task,
    server: Option<Server>,
    random: Rng,
    _directory: TempDir,
}

impl Rehearsal {
    pub(crate) async fn in_a_file() -> Self {
        let directory = TempDir::new().unwrap();
        let journal = directory.path().join("plan.journal").display().to_string();
        Self::new(directory, journal, None).await
    }

    pub(crate) async fn in_a_database(server: Server) -> Self {
        let journal = server.url(&server.database().await, server.port());
        Self::new(TempDir::new().unwrap(), journal, Some(server)).await
    }

    async fn new(directory: TempDir, journal: String, server: Option<Server>) -> Self {
        let numbers = setting("NUMBERS", 400);
        let seed = setting("SEED", fastrand::u32(..));
        eprintln!("SEED={seed}");
        let builder = Sandbox::builder().keep_requests(0).numbers(numbers);
        let sandbox = builder.seed(seed.into()).start().await.unwrap();
        // Some numbers fail, some are released without a response, and some are refused for now.
        sandbox.inject(Fault::error(429).times(3));
        sandbox.inject(Fault::error(409).share(0.03));
        sandbox.inject(Fault::release_then_drop().share(0.02));
        let client = Client::builder()
            .with_base_url(sandbox.base_url(SERVER))
            .with_api_key(credentials::SYNTHFLOW_API_KEY)
            .build()
            .unwrap();
        let task = Task {
            plan: plan(directory.path(), numbers, &client),
            journal,
            base_url: sandbox.base_url(SERVER),
            resend_unknown: false,
        };
        Self {
            sandbox,
            numbers,
            task,
            server,
            random: Rng::with_seed(seed.into()),
            _directory: directory,
        }
    }

    /// Kills one worker after another, lets the last ones finish, and checks; then sends again what is unknown.
    pub(crate) async fn perform(mut self, workers: usize, clock: Clock) {
        let kills = setting("KILLS", 8);
        let mut running: Vec<_> = (0..workers).map(|n| self.start(n, clock)).collect();
        let mut killed = 0;
        for kill in 0..kills {
            self.wait_for_a_random_moment(kills, &mut running).await;
            let n = self.random.usize(..workers);
            killed += u32::from(running.remove(n).kill());
            if kill == kills / 2
                && let Some(server) = &self.server
            {
                server.crash_and_restart();
            }
            running.insert(n, self.start(n, clock));
        }
        finish(running).await;
        // On a slow machine all can end before the last kills.
        assert!(killed > 0, "{killed} of {kills} kills");
        let unknown = accounts::check(&self, killed).await;
        eprintln!(
            "{killed} kills of {} numbers: {unknown} unknown",
            self.numbers
        );

        self.sandbox.clear_faults();
        self.task.resend_unknown = true;
        finish(vec![self.start(workers, clock)]).await;
        accounts::check_resent(&self).await;
    }

    fn start(&mut self, n: usize, clock: Clock) -> Worker {
        let wrong = clock == Clock::AnHourWrong && n == 0;
        let hours = if self.random.bool() { 1 } else { -1 };
        self.task.start(if wrong { hours } else { 0 })
    }

    /// A share of the numbers later, or a moment after a worker was started.
    async fn wait_for_a_random_moment(&mut self, kills: u32, running: &mut [Worker]) {
        if self.random.u32(..8) == 0 {
            return sleep(Duration::from_millis(self.random.u64(..40))).await;
        }
        // So many that the numbers last for all kills.
        let most = u64::from(self.numbers) * 5 / 4 / u64::from(kills);
        let until = self.sandbox.request_count() + self.random.u64(..most.max(1));
        while self.sandbox.request_count() < until && running.iter_mut().any(Worker::is_alive) {
            sleep(Duration::from_millis(1)).await;
        }
        sleep(Duration::from_micros(self.random.u64(..3_000))).await;
    }
}

async fn finish(mut running: Vec<Worker>) {
    while running.iter_mut().any(Worker::is_alive) {
        sleep(Duration::from_millis(5)).await;
    }
}

fn plan(directory: &Path, numbers: u32, client: &dyn Releaser) -> PathBuf {
    let list: String = (1..=numbers)
        .map(|n| SERVER.made_up_number(n) + "\n")
        .collect();
    let path = directory.join("plan.jsonl");
    let options = CreateOptions::new(InputFormat::Text);
    create(list.as_bytes(), &options, client, &path).unwrap();
    path
}

/// A number from the environment.
fn setting(name: &str, default: u32) -> u32 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap())
}
