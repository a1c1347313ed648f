use crate::journal::JournalError;
use crate::run::lease::{ClaimTime, Lease};
use numbers_core::{Error, NumberId, Release, Releaser};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// The result of a claimed number.
pub(super) enum Attempted {
    Sent {
        started: Instant,
        duration: Duration,
        result: Result<Release, Error>,
    },
    /// Nothing was sent, because the claim may be another worker's by now.
    NotSent(JournalError),
}

/// Releases a number, unless its claim may be another worker's by now.
pub(super) async fn attempt(
    releaser: Arc<dyn Releaser>,
    lease: Arc<Lease>,
    claim: ClaimTime,
    number: NumberId,
) -> Attempted {
    if let Err(error) = lease.hold(&claim).await {
        return Attempted::NotSent(error);
    }
    let started = Instant::now();
    let result = releaser.release(&number).await;
    Attempted::Sent {
        started,
        duration: started.elapsed(),
        result,
    }
}
