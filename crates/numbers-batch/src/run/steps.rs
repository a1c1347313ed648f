//! What a run does when a claim, a request or a write has ended.

use crate::journal::{AttemptOutcome, Claimed, JournalError};
use crate::run::attempt::{Attempted, attempt};
use crate::run::engine::{Claims, Engine};
use crate::run::lease::ClaimTime;
use crate::run::trouble::{Trouble, is_fatal};
use crate::run::verdict::{self, RunEffect, Verdict};
use crate::run::{End, NumberResult, RunEvent, span};
use numbers_core::{Disposition, Error, ErrorKind, Release};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::{Id, JoinError};
use tokio::time::Instant;
use tracing::Instrument;

/// The shortest time between two claims, if the first gave no number: another worker was faster.
const SHORTEST_WAIT: Duration = Duration::from_millis(10);
/// The longest time between two claims: other workers may have sent the rest.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// The longest time between two looks at what other workers have in flight.
const LONGEST_LOOK: Duration = Duration::from_secs(5);

impl<F: FnMut(RunEvent<'_>) + Send> Engine<'_, F> {
    /// A claim has come back.
    pub(super) fn claimed(&mut self, result: Result<Claims, JournalError>) {
        let claims = match result {
            Ok(claims) => claims,
            Err(error) => return self.claim_failed(error),
        };
        if self.recorder.len() == 0 {
            self.journal_works();
        }
        self.summary.orphans += claims.orphans;
        self.schedule(&claims);
        for claimed in claims.claim.numbers {
            self.send(claimed, claims.time);
        }
    }

    /// Sets when to claim next, or ends the run.
    fn schedule(&mut self, claims: &Claims) {
        let claim = &claims.claim;
        let now = Instant::now();
        if claim.pending > 0 {
            let shortest = match claim.numbers.is_empty() {
                true => SHORTEST_WAIT,
                false => Duration::ZERO,
            };
            self.next_claim = Some(now + claim.wait.clamp(shortest, LONGEST_WAIT));
            self.others_since = None;
            return;
        }
        self.next_claim = None;
        if !claim.numbers.is_empty() {
            self.others_since = None;
        } else if !claims.idle {
            // A number in flight may become pending again. If none is, its result is recorded already.
            if self.in_flight.is_empty() && self.recorder.len() == 0 {
                self.next_claim = Some(now);
            }
        } else {
            self.wait_for_others(claim.elsewhere, now);
        }
    }

    /// Nothing is pending, and nothing of this run is in flight.
    fn wait_for_others(&mut self, in_flight: u64, now: Instant) {
        let Some(lease) = self.lease.length().filter(|_| in_flight > 0) else {
            return self.end(End::Done);
        };
        match self.others_since {
            // Their leases would have ended, so they are alive and the vendor is slow. They finish it.
            Some(since) if now - since >= lease * 2 => return self.end(End::Done),
            Some(_) => {}
            None => {
                self.others_since = Some(now);
                self.tell(RunEvent::WaitingForOthers { in_flight });
            }
        }
        self.next_claim = Some(now + (lease / 4).min(LONGEST_LOOK).max(SHORTEST_WAIT));
    }

    /// Sends a number, unless the run has stopped or paused since it was claimed.
    fn send(&mut self, claimed: Claimed, time: ClaimTime) {
        let (outcome, why) = if self.end.is_some() {
            (
                AttemptOutcome::NotSent,
                "the run ended before the number was sent",
            )
        } else if self.slowdown.until() > Instant::now() {
            (
                AttemptOutcome::NotSent,
                "the run paused before the number was sent",
            )
        } else if self.trouble.is_some() {
            (
                AttemptOutcome::NotSent,
                "the journal failed before the number was sent",
            )
        } else if claimed.may_have_released && !self.batch.options.resend_unknown() {
            (
                AttemptOutcome::Settled(Disposition::Unknown),
                "an earlier attempt may have released the number, and it is not to be sent again",
            )
        } else {
            let (releaser, lease) = (Arc::clone(&self.batch.releaser), Arc::clone(&self.lease));
            let number = claimed.number.clone();
            let task = attempt(releaser, lease, time, number).in_current_span();
            let id = self.tasks.spawn(task).id();
            self.in_flight.insert(id, claimed);
            return;
        };
        self.unsent(claimed, outcome, ErrorKind::NotSent, why);
    }

    /// The task of a number has ended.
    pub(super) fn joined(&mut self, joined: Result<(Id, Attempted), JoinError>) {
        let id = match &joined {
            Ok((id, _)) => *id,
            Err(error) => error.id(),
        };
        let Some(claimed) = self.in_flight.remove(&id) else {
            return;
        };
        match joined {
            Ok((
                _,
                Attempted::Sent {
                    started,
                    duration,
                    result,
                },
            )) => {
                self.summary.sent += 1;
                self.settle(claimed, started, duration, &result);
            }
            Ok((_, Attempted::NotSent(error))) => {
                let why = error.to_string();
                self.unsent(claimed, AttemptOutcome::NotSent, ErrorKind::NotSent, &why);
                self.claim_failed(error);
            }
            Err(_) => {
                self.summary.sent += 1;
                self.unsent(
                    claimed,
                    AttemptOutcome::Settled(Disposition::Unknown),
                    ErrorKind::ConnectionLost,
                    "the releaser panicked; the number may have been released",
                );
                self.end(End::Panicked);
            }
        }
    }

    fn unsent(&mut self, claimed: Claimed, outcome: AttemptOutcome, kind: ErrorKind, why: &str) {
        let result = verdict::without_result(&claimed, outcome, kind, why);
        self.recorder.add(NumberResult {
            attempts: claimed.attempts_before.saturating_add(1),
            number: claimed.number,
            result,
        });
    }

    /// A request has its result.
    fn settle(
        &mut self,
        claimed: Claimed,
        started: Instant,
        duration: Duration,
        result: &Result<Release, Error>,
    ) {
        let earlier_may_have_released = claimed.may_have_released;
        let Verdict { outcome, effect } =
            verdict::classify(result, earlier_may_have_released, self.succeeded);
        let to_record = verdict::to_record(&claimed, result, outcome, duration);
        self.recorder.add(NumberResult {
            attempts: claimed.attempts_before.saturating_add(1),
            number: claimed.number,
            result: to_record,
        });
        match effect {
            RunEffect::Settled { success } => {
                self.succeeded |= success;
                self.slowdown.settled(started);
            }
            RunEffect::None => {}
            RunEffect::Pause(kind, asked) => self.pause(kind, started, asked),
            RunEffect::Fatal(kind) => self.end(End::Fatal(kind)),
        }
        let failed = matches!(
            outcome,
            AttemptOutcome::Settled(Disposition::Failed | Disposition::Unknown)
        );
        // A number that was unknown before is no new failure.
        if failed && !earlier_may_have_released {
            self.failures += 1;
            let max = self.batch.options.max_failures();
            if max.is_some_and(|max| self.failures >= max.get()) {
                self.end(End::TooManyFailures);
            }
        }
    }

    fn pause(&mut self, kind: ErrorKind, started: Instant, asked: Option<Duration>) {
        let pause = self.slowdown.refused(started, Instant::now(), asked);
        self.recorder.pause_until(self.slowdown.until());
        if let Some(wait) = pause {
            span::pause(kind, wait);
            let asked = asked.is_some();
            self.tell(RunEvent::Paused { wait, asked, kind });
        }
    }

    /// A write has ended.
    pub(super) fn written(&mut self, result: Result<Vec<NumberResult>, JournalError>) {
        let group = match result {
            Ok(group) => group,
            Err(error) => return self.journal_failed(error),
        };
        self.journal_works();
        for result in &group {
            self.tell(RunEvent::Recorded(result));
        }
        self.next_claim.get_or_insert_with(Instant::now);
    }

    /// A claim failed, or the heartbeat that it needed before it was sent.
    fn claim_failed(&mut self, error: JournalError) {
        if !is_fatal(&error) {
            return self.journal_failed(error);
        }
        // Results may still be recorded.
        let unrecorded = self.recorder.len();
        span::journal_failed(error.kind(), unrecorded);
        self.tell(RunEvent::JournalFailed {
            error: &error,
            retry: None,
            unrecorded,
        });
        self.summary.journal_error = Some(error);
        self.end(End::JournalFailed);
    }

    fn journal_failed(&mut self, error: JournalError) {
        let trouble = Trouble::add(self.trouble.take(), &error, Instant::now());
        let unrecorded = self.recorder.len();
        span::journal_failed(error.kind(), unrecorded);
        self.tell(RunEvent::JournalFailed {
            error: &error,
            retry: trouble.wait(),
            unrecorded,
        });
        self.trouble = Some(trouble);
        self.summary.journal_error = Some(error);
    }

    fn journal_works(&mut self) {
        if self.trouble.take().is_some() {
            self.summary.journal_error = None;
            self.tell(RunEvent::JournalRecovered);
        }
    }

    /// Claims nothing more. The first reason counts.
    pub(super) fn end(&mut self, end: End) {
        if self.end.is_some() {
            return;
        }
        self.end = Some((end, Instant::now()));
        if end != End::Done {
            span::ending(end);
            let in_flight = self.tasks.len();
            self.tell(RunEvent::Ending { end, in_flight });
        }
    }
}
