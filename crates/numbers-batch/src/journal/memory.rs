mod row;

use super::{
    AttemptId, AttemptResult, Claim, Claimed, Counts, Journal, JournalError, JournalErrorKind,
    NumberEntry, State,
};
use crate::journal::resend::Resend;
use async_trait::async_trait;
use numbers_core::NumberId;
use row::Row;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// A journal in memory, for tests. It is lost when the process ends.
///
/// It uses tokio's clock, so that a test can pause time.
#[derive(Debug)]
pub struct MemoryJournal {
    shared: Arc<Mutex<Shared>>,
    worker: u64,
    lease: Option<Duration>,
}

#[derive(Debug)]
struct Shared {
    rows: Vec<Row>,
    pending: BTreeSet<usize>,
    attempts: i64,
    interval: Duration,
    next_turn: Option<Instant>,
    /// The workers by id.
    workers: HashMap<u64, Worker>,
}

#[derive(Debug, Clone, Copy)]
struct Worker {
    seen: Instant,
    given_up: bool,
    resend: Resend,
}

impl MemoryJournal {
    /// The journal of these numbers, for a single worker.
    pub fn new(numbers: impl IntoIterator<Item = NumberId>) -> Self {
        let rows: Vec<Row> = (0..).zip(numbers).map(Row::new).collect();
        let shared = Shared {
            pending: (0..rows.len()).collect(),
            rows,
            attempts: 0,
            interval: Duration::ZERO,
            next_turn: None,
            workers: HashMap::new(),
        };
        Self {
            shared: Arc::new(Mutex::new(shared)),
            worker: 0,
            lease: None,
        }
    }

    /// Lets several workers share it, each with a lease of this length.
    #[must_use]
    pub fn with_lease(mut self, lease: Duration) -> Self {
        self.lease = Some(lease);
        self
    }

    /// Opens the same journal as another worker. Without a lease, this worker counts as dead, and what it has in flight
    /// can be made unknown.
    #[must_use]
    pub fn reopen(&self) -> Self {
        let mut shared = self.lock();
        shared.worker(self.worker);
        let worker = shared.workers.keys().max().map_or(0, |last| last + 1);
        shared.worker(worker);
        shared.cancel_resend(worker, self.lease);
        Self {
            shared: Arc::clone(&self.shared),
            worker,
            lease: self.lease,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shared {
    fn worker(&mut self, worker: u64) -> &mut Worker {
        self.workers.entry(worker).or_insert_with(|| Worker {
            seen: Instant::now(),
            given_up: false,
            resend: Resend::None,
        })
    }

    /// Makes numbers unknown that wait to be sent again, unless another worker is alive.
    fn cancel_resend(&mut self, worker: u64, lease: Option<Duration>) -> u64 {
        let now = Instant::now();
        let is_alive = |(id, entry): (&u64, &Worker)| {
            *id != worker && lease.is_some_and(|lease| now - entry.seen <= lease)
        };
        match self.workers.iter().any(is_alive) {
            true => 0,
            false => self.stop_resend_except(Resend::None),
        }
    }

    /// Makes unknown the numbers that wait to be sent again, except those that `resend` allows.
    fn stop_resend_except(&mut self, resend: Resend) -> u64 {
        let before = self.pending.len();
        let Self { rows, pending, .. } = self;
        pending.retain(|position| {
            let row = rows.get_mut(*position);
            row.is_none_or(|row| !row.cancel_resend(resend))
        });
        (before - pending.len()) as u64
    }

    fn in_flight(&self) -> impl Iterator<Item = &Row> {
        let in_flight = |row: &&Row| row.record.state == State::InFlight;
        self.rows.iter().filter(in_flight)
    }

    fn begin(&mut self, position: usize, worker: u64) -> Option<Claimed> {
        self.pending.remove(&position);
        self.attempts += 1;
        let attempt = AttemptId(self.attempts);
        let row = self.rows.get_mut(position)?;
        Some(row.begin(attempt, worker))
    }
}

#[async_trait]
impl Journal for MemoryJournal {
    async fn claim(&self, max: usize) -> Result<Claim, JournalError> {
        let mut shared = self.lock();
        let now = Instant::now();
        let entry = shared.worker(self.worker);
        entry.seen = now;
        let resend = entry.resend;
        shared.stop_resend_except(resend);
        let due = shared.next_turn.is_none_or(|turn| turn <= now);
        let turns = match (due, shared.interval.is_zero()) {
            (false, _) => 0,
            (true, false) => max.min(1),
            (true, true) => max,
        };
        let positions: Vec<usize> = shared.pending.iter().copied().take(turns).collect();
        let begin = |position: &usize| shared.begin(*position, self.worker);
        let numbers: Vec<Claimed> = positions.iter().filter_map(begin).collect();
        if !numbers.is_empty() && !shared.interval.is_zero() {
            shared.next_turn = Some(now + shared.interval);
        }
        let wait = match shared.next_turn {
            Some(turn) if !shared.pending.is_empty() => turn.saturating_duration_since(now),
            _ => Duration::ZERO,
        };
        let others = shared.in_flight().filter(|row| row.worker != self.worker);
        Ok(Claim {
            elsewhere: others.count() as u64,
            numbers,
            wait,
            pending: shared.pending.len() as u64,
        })
    }

    async fn record(&self, results: &[AttemptResult]) -> Result<(), JournalError> {
        let mut shared = self.lock();
        let Shared { rows, pending, .. } = &mut *shared;
        for result in results {
            let position = usize::try_from(result.position).unwrap_or(usize::MAX);
            let row = rows.get_mut(position);
            // Another attempt has begun, or this result is recorded already.
            let Some(row) = row.filter(|row| row.attempt == Some(result.attempt)) else {
                continue;
            };
            row.apply(result);
            match row.record.state {
                State::Pending => pending.insert(position),
                _ => pending.remove(&position),
            };
        }
        Ok(())
    }

    async fn set_interval(&self, interval: Duration) -> Result<(), JournalError> {
        self.lock().interval = interval;
        Ok(())
    }

    async fn pause(&self, wait: Duration) -> Result<(), JournalError> {
        let mut shared = self.lock();
        shared.next_turn = shared.next_turn.max(Instant::now().checked_add(wait));
        Ok(())
    }

    async fn heartbeat(&self) -> Result<(), JournalError> {
        let mut shared = self.lock();
        let entry = shared.worker(self.worker);
        entry.seen = Instant::now();
        if std::mem::take(&mut entry.given_up) {
            let message = "the lease of this worker ran out, and its claims were made unknown";
            return Err(JournalError::new(JournalErrorKind::LeaseLost, message));
        }
        Ok(())
    }

    fn lease(&self) -> Option<Duration> {
        self.lease
    }

    async fn mark_orphans_unknown(&self) -> Result<u64, JournalError> {
        let mut shared = self.lock();
        let now = Instant::now();
        let Shared { rows, workers, .. } = &mut *shared;
        let mut count = 0;
        for row in rows {
            let entry = workers.get_mut(&row.worker);
            let gone = row.worker != self.worker
                && match (self.lease, &entry) {
                    (Some(lease), Some(entry)) => now - entry.seen > lease,
                    _ => true,
                };
            if gone && row.record.state == State::InFlight {
                row.give_up();
                if let Some(entry) = entry {
                    entry.given_up = true;
                }
                count += 1;
            }
        }
        Ok(count)
    }

    async fn requeue_unknown(&self, younger_than: Option<Duration>) -> Result<u64, JournalError> {
        let mut shared = self.lock();
        shared.worker(self.worker).resend = Resend::new(younger_than);
        let Shared { rows, pending, .. } = &mut *shared;
        let before = pending.len();
        for (position, row) in rows.iter_mut().enumerate() {
            if row.requeue_unknown(younger_than) {
                pending.insert(position);
            }
        }
        Ok((pending.len() - before) as u64)
    }

    async fn cancel_resend(&self) -> Result<u64, JournalError> {
        let mut shared = self.lock();
        shared.worker(self.worker).resend = Resend::None;
        Ok(shared.cancel_resend(self.worker, self.lease))
    }

    async fn counts(&self) -> Result<Counts, JournalError> {
        let mut counts = Counts::default();
        for row in &self.lock().rows {
            *counts.get_mut(row.record.state) += 1;
        }
        Ok(counts)
    }

    async fn numbers(
        &self,
        after: Option<u64>,
        max: usize,
    ) -> Result<Vec<NumberEntry>, JournalError> {
        let shared = self.lock();
        let records = shared.rows.iter().map(|row| &row.record);
        let rest = records.filter(|record| after.is_none_or(|after| record.position > after));
        Ok(rest.take(max).cloned().collect())
    }

    async fn close(&self) -> Result<(), JournalError> {
        let mut shared = self.lock();
        shared.workers.remove(&self.worker);
        shared.cancel_resend(self.worker, self.lease);
        Ok(())
    }
}
