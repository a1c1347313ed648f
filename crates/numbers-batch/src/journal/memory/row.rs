use crate::journal::resend::Resend;
use crate::journal::{AttemptId, AttemptOutcome, AttemptResult, Claimed, NumberEntry, State};
use numbers_core::{Disposition, NumberId};
use std::time::{Duration, SystemTime};
use tokio::time::Instant;

/// A number and its last attempt.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) record: NumberEntry,
    /// The last attempt, until its result is recorded.
    pub(super) attempt: Option<AttemptId>,
    pub(super) worker: u64,
    /// When the last attempt began, or the first one that may have released the number.
    began: Option<Instant>,
    /// The same before the last attempt.
    began_before: Option<Instant>,
    /// Whether an attempt may have released the number: any, and any before the last.
    doubt: bool,
    doubt_before: bool,
}

impl Row {
    pub(super) fn new((position, number): (u64, NumberId)) -> Self {
        Self {
            record: NumberEntry {
                position,
                number,
                state: State::Pending,
                kind: None,
                status: None,
                message: None,
                request_id: None,
                attempts: 0,
                started: None,
                settled: None,
            },
            attempt: None,
            worker: 0,
            began: None,
            began_before: None,
            doubt: false,
            doubt_before: false,
        }
    }

    fn settle(&mut self, disposition: Disposition) {
        self.record.state = State::Settled(disposition);
        self.record.settled = Some(SystemTime::now());
    }

    /// Applies the result of the last attempt.
    pub(super) fn apply(&mut self, result: &AttemptResult) {
        self.attempt = None;
        self.doubt =
            self.doubt_before || result.outcome == AttemptOutcome::Settled(Disposition::Unknown);
        match result.outcome {
            AttemptOutcome::Settled(disposition) => self.settle(disposition),
            AttemptOutcome::Requeued => self.record.state = State::Pending,
            AttemptOutcome::NotSent => {
                self.record.attempts = self.record.attempts.saturating_sub(1);
                self.began = self.began_before;
                self.record.state = State::Pending;
            }
        }
        self.record.kind = result.kind;
        self.record.status = result.status;
        self.record.message.clone_from(&result.message);
        if result.request_id.is_some() {
            self.record.request_id.clone_from(&result.request_id);
        }
    }

    /// Begins an attempt.
    pub(super) fn begin(&mut self, attempt: AttemptId, worker: u64) -> Claimed {
        let attempts_before = self.record.attempts;
        self.record.state = State::InFlight;
        self.record.attempts += 1;
        self.record.started = Some(SystemTime::now());
        self.record.settled = None;
        self.attempt = Some(attempt);
        self.worker = worker;
        self.began_before = self.began;
        let first = self.began.filter(|_| self.doubt);
        self.began = first.or_else(|| Some(Instant::now()));
        self.doubt_before = self.doubt;
        Claimed {
            attempt,
            position: self.record.position,
            number: self.record.number.clone(),
            attempts_before,
            may_have_released: self.doubt,
        }
    }

    /// The worker of the attempt has died. Its result may still come.
    pub(super) fn give_up(&mut self) {
        self.settle(Disposition::Unknown);
        self.doubt = true;
    }

    /// Makes it unknown if it waits to be sent again, and must not be. Returns whether it did.
    pub(super) fn cancel_resend(&mut self, resend: Resend) -> bool {
        let age = self.began.map(|began| began.elapsed()).unwrap_or_default();
        let returned = self.doubt && self.record.state == State::Pending && !resend.allows(age);
        if returned {
            self.settle(Disposition::Unknown);
        }
        returned
    }

    /// Makes it pending if it is unknown and young enough. Returns whether it did.
    pub(super) fn requeue_unknown(&mut self, younger_than: Option<Duration>) -> bool {
        let age = self.began.map(|began| began.elapsed());
        let young = younger_than.is_none_or(|limit| age.is_some_and(|age| age < limit));
        let requeue = young && self.record.state == State::Settled(Disposition::Unknown);
        if requeue {
            self.record.state = State::Pending;
            self.record.settled = None;
        }
        requeue
    }
}
