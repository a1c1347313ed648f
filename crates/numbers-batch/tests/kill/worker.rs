//! A worker in a process of its own: the test starts itself once more with [`WORKER`] set.

use crate::rehearsal::Clock;
use numbers_batch::journal::{Journal, JournalError, JournalErrorKind, JournalUrl, OpenOptions};
use numbers_batch::plan::Plan;
use numbers_batch::run::{Batch, End, RunOptions, Stop};
use numbers_core::Releaser;
use numbers_sandbox::credentials;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use synthflow_numbers::Client;

/// What a worker is to do: lines of plan, journal, base URL, and whether it sends unknown numbers again.
const WORKER: &str = "NUMBERS_TEST_WORKER";

/// How many numbers a worker has in flight at most.
pub(crate) const CONCURRENCY: usize = 16;

/// What a worker is to do.
#[derive(Debug, Clone)]
pub(crate) struct Task {
    pub(crate) plan: PathBuf,
    pub(crate) journal: String,
    pub(crate) base_url: String,
    pub(crate) resend_unknown: bool,
}

impl Task {
    /// Starts a worker. `hours` is how wrong its clock is.
    pub(crate) fn start(&self, hours: i32) -> Worker {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", "worker::worker", "--nocapture"])
            .env(
                WORKER,
                format!(
                    "{}\n{}\n{}\n{}",
                    self.plan.display(),
                    self.journal,
                    self.base_url,
                    self.resend_unknown
                ),
            )
            .stdout(Stdio::null());
        if hours != 0 {
            Clock::set(&mut command, hours);
        }
        Worker(command.spawn().unwrap())
    }
}

/// Killed when it is dropped.
pub(crate) struct Worker(Child);

impl Worker {
    /// SIGKILL. Returns whether it had not ended before.
    pub(crate) fn kill(mut self) -> bool {
        let was_alive = self.is_alive();
        self.0.kill().unwrap();
        self.0.wait().unwrap();
        was_alive
    }

    pub(crate) fn is_alive(&mut self) -> bool {
        match self.0.try_wait().unwrap() {
            Some(status) => {
                assert!(status.success(), "a worker failed: {status}");
                false
            }
            None => true,
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Releases what is pending, as fast as it can. Where the database is away at the start, it is tried again.
#[tokio::test]
async fn worker() {
    let Ok(task) = std::env::var(WORKER) else {
        return;
    };
    let lines: Vec<&str> = task.lines().collect();
    let [plan, journal, base_url, resend_unknown] = lines.try_into().unwrap();
    let client = Client::builder()
        .with_base_url(base_url)
        .with_api_key(credentials::SYNTHFLOW_API_KEY)
        .build()
        .unwrap();
    let plan = Plan::open(plan).unwrap();
    let url: JournalUrl = journal.parse().unwrap();
    let options = RunOptions::default()
        // Slow enough that the numbers last while workers start.
        .with_rate("400/s".parse().unwrap())
        .with_concurrency(NonZeroUsize::new(CONCURRENCY).unwrap())
        .with_resend_unknown(resend_unknown == "true")
        // The clock jumps by an hour.
        .with_resend_of_any_age(true);
    let client: Arc<dyn Releaser> = Arc::new(client);
    while let Err(error) = run(&url, &plan, &client, &options).await {
        assert_eq!(error.kind(), JournalErrorKind::Unavailable, "{error}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn run(
    url: &JournalUrl,
    plan: &Plan,
    client: &Arc<dyn Releaser>,
    options: &RunOptions,
) -> Result<(), JournalError> {
    let lease = OpenOptions::new().with_lease(Duration::from_secs(3));
    let journal: Arc<dyn Journal> = url.open(plan, &lease).await?;
    let batch = Batch::new(Arc::clone(client), Arc::clone(&journal), options.clone());
    let summary = batch.run(&Stop::new(), |_| {}).await?;
    assert_eq!(summary.end, End::Done, "{summary:?}");
    journal.close().await
}
