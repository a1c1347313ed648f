//! A journal that fails when it is told to, and remembers what was asked of it.

use numbers_batch::journal::{
    AttemptResult, Claim, Counts, Journal, JournalError, JournalErrorKind, MemoryJournal,
    NumberEntry,
};
use numbers_core::async_trait;
use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;
use tokio::time::sleep;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Op {
    Claim,
    Pause,
    Record,
    Heartbeat,
    Counts,
}

pub(crate) struct Faulty {
    inner: MemoryJournal,
    faults: Mutex<HashMap<Op, Fault>>,
    log: Mutex<Vec<Op>>,
}

#[derive(Clone, Copy)]
pub(crate) struct Fault {
    /// How many calls go well before.
    pub(crate) after: usize,
    /// How many calls fail.
    pub(crate) times: usize,
    pub(crate) kind: JournalErrorKind,
    /// How long each call takes, failing or not.
    pub(crate) delay: Duration,
}

impl Fault {
    pub(crate) const UNAVAILABLE: Self = Self {
        after: 0,
        times: usize::MAX,
        kind: JournalErrorKind::Unavailable,
        delay: Duration::ZERO,
    };

    pub(crate) const SLOW: Self = Self {
        times: 0,
        ..Self::UNAVAILABLE
    };
}

impl Faulty {
    pub(crate) fn new(inner: MemoryJournal) -> Self {
        Self {
            inner,
            faults: Mutex::default(),
            log: Mutex::default(),
        }
    }

    /// The journal as it is without the faults.
    pub(crate) fn inner(&self) -> &MemoryJournal {
        &self.inner
    }

    pub(crate) fn set(&self, op: Op, fault: Fault) {
        self.faults.lock().unwrap().insert(op, fault);
    }

    pub(crate) fn heal(&self) {
        self.faults.lock().unwrap().clear();
    }

    /// What was asked of it, in order.
    pub(crate) fn log(&self) -> Vec<Op> {
        self.log.lock().unwrap().clone()
    }

    pub(crate) fn asked(&self, op: Op) -> usize {
        self.log().into_iter().filter(|asked| *asked == op).count()
    }

    async fn enter(&self, op: Op) -> Result<(), JournalError> {
        self.log.lock().unwrap().push(op);
        let delay = self
            .faults
            .lock()
            .unwrap()
            .get(&op)
            .map(|fault| fault.delay);
        if let Some(delay) = delay.filter(|delay| !delay.is_zero()) {
            sleep(delay).await;
        }
        let mut faults = self.faults.lock().unwrap();
        let Some(fault) = faults.get_mut(&op) else {
            return Ok(());
        };
        if fault.after > 0 {
            fault.after -= 1;
        } else if fault.times > 0 {
            fault.times -= 1;
            return Err(JournalError::new(fault.kind, "as the test wants"));
        }
        Ok(())
    }
}

#[async_trait]
impl Journal for Faulty {
    async fn claim(&self, max: usize) -> Result<Claim, JournalError> {
        // As a commit that takes long: the numbers are claimed at its start.
        let slow = self
            .faults
            .lock()
            .unwrap()
            .get(&Op::Claim)
            .is_some_and(|f| f.times == 0);
        if slow {
            let claim = self.inner.claim(max).await;
            self.enter(Op::Claim).await?;
            return claim;
        }
        self.enter(Op::Claim).await?;
        self.inner.claim(max).await
    }

    async fn record(&self, results: &[AttemptResult]) -> Result<(), JournalError> {
        self.enter(Op::Record).await?;
        self.inner.record(results).await
    }

    async fn set_interval(&self, interval: Duration) -> Result<(), JournalError> {
        self.inner.set_interval(interval).await
    }

    async fn pause(&self, wait: Duration) -> Result<(), JournalError> {
        self.enter(Op::Pause).await?;
        self.inner.pause(wait).await
    }

    async fn heartbeat(&self) -> Result<(), JournalError> {
        self.enter(Op::Heartbeat).await?;
        self.inner.heartbeat().await
    }

    fn lease(&self) -> Option<Duration> {
        self.inner.lease()
    }

    async fn mark_orphans_unknown(&self) -> Result<u64, JournalError> {
        self.inner.mark_orphans_unknown().await
    }

    async fn cancel_resend(&self) -> Result<u64, JournalError> {
        self.inner.cancel_resend().await
    }

    async fn requeue_unknown(&self, younger_than: Option<Duration>) -> Result<u64, JournalError> {
        self.inner.requeue_unknown(younger_than).await
    }

    async fn counts(&self) -> Result<Counts, JournalError> {
        self.enter(Op::Counts).await?;
        self.inner.counts().await
    }

    async fn numbers(
        &self,
        after: Option<u64>,
        max: usize,
    ) -> Result<Vec<NumberEntry>, JournalError> {
        self.inner.numbers(after, max).await
    }

    async fn close(&self) -> Result<(), JournalError> {
        self.inner.close().await
    }
}
