//! The numbers of a plan, and nothing kept of what becomes of them.

use async_trait::async_trait;
use numbers_batch::journal::{
    AttemptId, AttemptResult, Claim, Claimed, Counts, Journal, JournalError, NumberEntry,
};
use numbers_batch::plan::{Numbers, Plan, PlanError};
use std::sync::Mutex;
use std::time::Duration;

pub(crate) struct NoJournal(Mutex<State>);

struct State {
    numbers: Numbers,
    claimed: u64,
    count: u64,
    released: u64,
}

impl NoJournal {
    pub(crate) fn new(plan: &Plan) -> Result<Self, PlanError> {
        Ok(Self(Mutex::new(State {
            numbers: plan.numbers()?,
            claimed: 0,
            count: plan.header().count(),
            released: 0,
        })))
    }
}

#[async_trait]
impl Journal for NoJournal {
    async fn claim(&self, max: usize) -> Result<Claim, JournalError> {
        let mut state = self.0.lock().unwrap();
        let first = state.claimed;
        let numbers: Vec<Claimed> = (first..)
            .zip(state.numbers.by_ref().take(max))
            .map(|(position, number)| Claimed {
                attempt: AttemptId(position.cast_signed()),
                position,
                number: number.unwrap(),
                attempts_before: 0,
                may_have_released: false,
            })
            .collect();
        state.claimed += numbers.len() as u64;
        Ok(Claim {
            numbers,
            wait: Duration::ZERO,
            pending: state.count - state.claimed,
            elsewhere: 0,
        })
    }

    async fn record(&self, results: &[AttemptResult]) -> Result<(), JournalError> {
        self.0.lock().unwrap().released += results.len() as u64;
        Ok(())
    }

    async fn set_interval(&self, _: Duration) -> Result<(), JournalError> {
        Ok(())
    }

    async fn pause(&self, _: Duration) -> Result<(), JournalError> {
        Ok(())
    }

    async fn heartbeat(&self) -> Result<(), JournalError> {
        Ok(())
    }

    fn lease(&self) -> Option<Duration> {
        None
    }

    async fn mark_orphans_unknown(&self) -> Result<u64, JournalError> {
        Ok(0)
    }

    async fn requeue_unknown(&self, _: Option<Duration>) -> Result<u64, JournalError> {
        Ok(0)
    }

    async fn cancel_resend(&self) -> Result<u64, JournalError> {
        Ok(0)
    }

    async fn counts(&self) -> Result<Counts, JournalError> {
        let released = self.0.lock().unwrap().released;
        Ok(Counts {
            released,
            ..Counts::default()
        })
    }

    async fn numbers(&self, _: Option<u64>, _: usize) -> Result<Vec<NumberEntry>, JournalError> {
        Ok(Vec::new())
    }

    async fn close(&self) -> Result<(), JournalError> {
        Ok(())
    }
}
