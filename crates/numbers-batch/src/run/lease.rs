//! Whether this worker may still send what it claimed.

use crate::journal::{Journal, JournalError, JournalErrorKind};
use crate::run::span;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};
use tracing::Instrument;

/// A time by both clocks. Linux stops the monotonic one while a laptop sleeps, and the other one can be set.
#[derive(Debug, Clone, Copy)]
struct Moment {
    instant: Instant,
    wall: SystemTime,
}

impl Moment {
    fn now() -> Self {
        Self {
            instant: Instant::now(),
            wall: SystemTime::now(),
        }
    }

    /// Whether more than `age` has passed until `now`, by either clock. A clock that was set back counts as more.
    fn is_older(&self, age: Duration, now: &Self) -> bool {
        let wall = now.wall.duration_since(self.wall);
        now.instant - self.instant > age || wall.map_or(true, |passed| passed > age)
    }
}

/// When a claim was made.
#[derive(Debug, Clone, Copy)]
pub(super) struct ClaimTime {
    epoch: u64,
    started: Moment,
    returned: Instant,
}

impl ClaimTime {
    /// The claim has come back from the journal.
    pub(super) fn returned(mut self) -> Self {
        self.returned = Instant::now();
        self
    }
}

/// The lease of this worker's claims, renewed by heartbeats.
pub(super) struct Lease {
    journal: Arc<dyn Journal>,
    length: Option<Duration>,
    state: Mutex<Renewal>,
    /// One heartbeat serves all that wait for one.
    heartbeat_lock: tokio::sync::Mutex<()>,
}

struct Renewal {
    /// When the last heartbeat that succeeded began.
    renewed: Moment,
    /// How often the lease was lost.
    epoch: u64,
}

impl Lease {
    pub(super) fn new(journal: Arc<dyn Journal>) -> Self {
        Self {
            length: journal.lease(),
            journal,
            state: Mutex::new(Renewal {
                renewed: Moment::now(),
                epoch: 0,
            }),
            heartbeat_lock: tokio::sync::Mutex::default(),
        }
    }

    pub(super) fn length(&self) -> Option<Duration> {
        self.length
    }

    /// Call this before a claim begins.
    pub(super) fn claim_time(&self) -> ClaimTime {
        let started = Moment::now();
        ClaimTime {
            epoch: self.lock().epoch,
            started,
            returned: started.instant,
        }
    }

    /// Makes sure that a claim is still this worker's, with a heartbeat if that is in doubt. After an error nothing of
    /// the claim may be sent.
    pub(super) async fn hold(&self, claim: &ClaimTime) -> Result<(), JournalError> {
        let Some(length) = self.length else {
            return Ok(());
        };
        while !self.is_held(claim, length / 2)? {
            let _guard = self.heartbeat_lock.lock().await;
            if !self.is_held(claim, length / 2)? {
                self.beat().await?;
            }
        }
        Ok(())
    }

    /// Whether the claim is certainly this worker's: neither it nor the last heartbeat is older than `age`.
    fn is_held(&self, claim: &ClaimTime, age: Duration) -> Result<bool, JournalError> {
        let Renewal { renewed, epoch } = *self.lock();
        if epoch != claim.epoch {
            return Err(JournalError::new(
                JournalErrorKind::LeaseLost,
                "the lease of this worker ran out, and its claims were made unknown",
            ));
        }
        let now = Moment::now();
        let recent = renewed.instant >= claim.returned || !claim.started.is_older(age, &now);
        Ok(recent && !renewed.is_older(age, &now))
    }

    /// One heartbeat.
    pub(super) async fn beat(&self) -> Result<(), JournalError> {
        let began = Moment::now();
        let result = self.journal.heartbeat().await;
        let mut state = self.lock();
        match &result {
            Ok(()) => state.renewed = began,
            Err(error) if error.kind() == JournalErrorKind::LeaseLost => {
                state.epoch += 1;
                span::lease_lost();
            }
            Err(_) => {}
        }
        result
    }

    /// Sends heartbeats until what it returns is dropped.
    pub(super) fn keep(self: &Arc<Self>) -> JoinSet<()> {
        let mut tasks = JoinSet::new();
        if let Some(length) = self.length {
            let lease = Arc::clone(self);
            let heartbeats = async move {
                let mut wait = length / 3;
                loop {
                    sleep(wait).await;
                    wait = match lease.beat().await {
                        Ok(()) => length / 3,
                        Err(_) => length / 12,
                    };
                }
            };
            tasks.spawn(heartbeats.in_current_span());
        }
        tasks
    }

    fn lock(&self) -> MutexGuard<'_, Renewal> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::Moment;
    use std::time::{Duration, SystemTime};
    use tokio::time::Instant;

    #[test]
    fn a_moment_is_as_old_as_the_clock_says_that_went_on() {
        let (instant, wall) = (Instant::now(), SystemTime::now());
        let age = Duration::from_secs(30);
        let long = Duration::from_secs(31);
        let moment = Moment { instant, wall };
        for (now, older) in [
            (moment, false),
            (
                Moment {
                    instant: instant + age,
                    wall: wall + age,
                },
                false,
            ),
            (
                Moment {
                    instant: instant + long,
                    wall,
                },
                true,
            ),
            // The machine slept, and its monotonic clock with it.
            (
                Moment {
                    instant,
                    wall: wall + long,
                },
                true,
            ),
            // Somebody set the clock back.
            (
                Moment {
                    instant,
                    wall: wall - long,
                },
                true,
            ),
        ] {
            assert_eq!(moment.is_older(age, &now), older, "{now:?}");
        }
    }
}
