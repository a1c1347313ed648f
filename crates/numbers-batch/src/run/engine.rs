//! The loop of a run. Requests are tasks; the claim and the write that are under way are futures of the loop.

use crate::journal::{Claim, Claimed, JournalError, JournalErrorKind};
use crate::run::attempt::Attempted;
use crate::run::lease::{ClaimTime, Lease};
use crate::run::recorder::{Kept, Recorder, kept};
use crate::run::slowdown::Slowdown;
use crate::run::stop::Level;
use crate::run::trouble::Trouble;
use crate::run::{Batch, End, RunEvent, Stop, Summary};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::task::{Id, JoinSet};
use tokio::time::{Instant, sleep_until};

pub(super) struct Engine<'a, F> {
    pub(super) batch: &'a Batch,
    pub(super) observer: F,
    pub(super) lease: Arc<Lease>,
    pub(super) tasks: JoinSet<Attempted>,
    /// The numbers of the tasks.
    pub(super) in_flight: HashMap<Id, Claimed>,
    claim: Option<Kept<Result<Claims, JournalError>>>,
    /// When to claim next. `None`: nothing is pending until a result is recorded.
    pub(super) next_claim: Option<Instant>,
    /// What is not durable yet. Such a number still counts as in flight.
    pub(super) recorder: Recorder,
    pub(super) slowdown: Slowdown,
    /// The journal's trouble, while it fails.
    pub(super) trouble: Option<Trouble>,
    /// Since when the run only waits for other workers.
    pub(super) others_since: Option<Instant>,
    /// Why the run ends, and since when.
    pub(super) end: Option<(End, Instant)>,
    pub(super) summary: Summary,
    pub(super) succeeded: bool,
    pub(super) failures: u64,
}

/// The result of a claim.
pub(super) struct Claims {
    pub(super) claim: Claim,
    pub(super) time: ClaimTime,
    /// How many numbers of workers that have died became unknown before it.
    pub(super) orphans: u64,
    /// Whether nothing of this run was in flight when it began. Then its count of pending numbers is up to date.
    pub(super) idle: bool,
}

pub(super) async fn run<F: FnMut(RunEvent<'_>) + Send>(
    batch: &Batch,
    stop: &Stop,
    observer: F,
) -> Result<Summary, JournalError> {
    let (journal, options) = (&batch.journal, &batch.options);
    check_releaser(batch)?;
    journal.set_interval(options.rate().interval()).await?;
    let orphans = journal.mark_orphans_unknown().await?;
    let mut resent = 0;
    if options.resend_unknown() {
        let younger_than = options.resend_younger_than();
        resent = journal.requeue_unknown(younger_than).await?;
    } else {
        journal.cancel_resend().await?;
    }
    let counts = journal.counts().await?;
    let lease = Arc::new(Lease::new(Arc::clone(journal)));
    if lease.length().is_some() {
        match lease.beat().await {
            // The run has no claims yet, so it lost none.
            Err(error) if error.kind() != JournalErrorKind::LeaseLost => return Err(error),
            _ => {}
        }
    }
    let _heartbeats = lease.keep();
    let now = Instant::now();
    let mut engine = Engine {
        batch,
        observer,
        lease,
        tasks: JoinSet::new(),
        in_flight: HashMap::new(),
        claim: None,
        next_claim: Some(now),
        recorder: Recorder::default(),
        slowdown: Slowdown::new(now),
        trouble: None,
        others_since: None,
        end: None,
        summary: Summary::new(orphans, resent),
        succeeded: false,
        failures: 0,
    };
    engine.tell(RunEvent::Started {
        counts,
        orphans,
        resent,
    });
    engine.drive(stop).await;
    Ok(engine.finish().await)
}

/// Refuses a releaser of another vendor or account than the plan's. A key that changed is
/// [`Plan::check`](crate::plan::Plan::check)'s to refuse.
fn check_releaser(batch: &Batch) -> Result<(), JournalError> {
    let (vendor, account) = (batch.releaser.vendor(), batch.releaser.account());
    match batch.journal.header() {
        Some(header) if !header.is_of(&vendor, &account) => {
            let (theirs, planned) = (header.vendor(), header.account());
            let message =
                format!("the plan was made for {theirs}, {planned}, not for {vendor}, {account}");
            Err(JournalError::new(JournalErrorKind::OtherPlan, message))
        }
        _ => Ok(()),
    }
}

impl<F: FnMut(RunEvent<'_>) + Send> Engine<'_, F> {
    async fn drive(&mut self, stop: &Stop) {
        let mut levels = stop.subscribe();
        let mut level = Level::Run;
        loop {
            // All that have ended go into one commit.
            while let Some(joined) = self.tasks.try_join_next_with_id() {
                self.joined(joined);
            }
            let now = Instant::now();
            self.check_time(now);
            self.use_journal(now);
            if self.is_over(now) {
                return;
            }
            let wake = self.wake(now);
            tokio::select! {
                biased;
                to = higher(&mut levels, level) => {
                    level = to;
                    self.end(End::Stopped);
                    if level == Level::Abort {
                        return self.leave();
                    }
                }
                Some(joined) = self.tasks.join_next_with_id() => self.joined(joined),
                written = self.recorder.written() => self.written(written),
                claims = kept(&mut self.claim) => self.claimed(claims),
                () = wake_at(wake) => {}
            }
        }
    }

    /// Begins to claim or to record: one after the other, so that each takes along what came during the other. Claims
    /// come first, for they end where no slot is free, and only recorded results free slots.
    fn use_journal(&mut self, now: Instant) {
        if self.claim_at().is_some_and(|at| at <= now) {
            self.start_claim();
        } else if self.claim.is_none() && self.may_write(now) {
            self.recorder.start(&self.batch.journal);
        }
    }

    /// Ends the run if the vendor or the journal has failed for too long.
    fn check_time(&mut self, now: Instant) {
        let give_up_at = self.give_up_at();
        if give_up_at.is_some_and(|at| at <= now) {
            self.end(End::GaveUp);
        }
        if self.is_journal_lost(now) {
            self.end(End::JournalFailed);
        }
    }

    fn give_up_at(&self) -> Option<Instant> {
        let after = self.batch.options.give_up_after();
        self.slowdown.give_up_at(after)
    }

    /// When the run gives up on the journal.
    fn journal_lost_at(&self) -> Option<Instant> {
        let patience = self.batch.options.journal_timeout();
        let end = self.end.map(|(_, since)| since);
        self.trouble.as_ref()?.ends_at(patience, end)
    }

    fn is_journal_lost(&self, now: Instant) -> bool {
        self.journal_lost_at().is_some_and(|at| at <= now)
    }

    fn may_write(&self, now: Instant) -> bool {
        match &self.trouble {
            Some(trouble) => trouble.retry_at().is_some_and(|at| at <= now),
            None => true,
        }
    }

    fn free_slots(&self) -> usize {
        let used = self.tasks.len() + self.recorder.len();
        self.batch.options.concurrency().get().saturating_sub(used)
    }

    fn is_journal_busy(&self) -> bool {
        self.claim.is_some() || self.recorder.is_writing()
    }

    /// When to claim, unless something else must happen before.
    fn claim_at(&self) -> Option<Instant> {
        if self.end.is_some() || self.is_journal_busy() || self.free_slots() == 0 {
            return None;
        }
        let at = self.next_claim?.max(self.slowdown.until());
        match &self.trouble {
            None => Some(at),
            // Results are recorded first.
            Some(_) if self.recorder.len() > 0 => None,
            Some(trouble) => trouble.retry_at().map(|retry| retry.max(at)),
        }
    }

    fn start_claim(&mut self) {
        let max = self.free_slots();
        let idle = self.tasks.is_empty() && self.recorder.len() == 0;
        let ask_for_orphans = self.others_since.is_some();
        let journal = Arc::clone(&self.batch.journal);
        let lease = Arc::clone(&self.lease);
        self.claim = Some(Box::pin(async move {
            let mut orphans = 0;
            if ask_for_orphans {
                orphans = journal.mark_orphans_unknown().await?;
            }
            let time = lease.claim_time();
            let claim = journal.claim(max).await?;
            Ok(Claims {
                claim,
                time: time.returned(),
                orphans,
                idle,
            })
        }));
    }

    fn is_over(&self, now: Instant) -> bool {
        self.end.is_some()
            && self.tasks.is_empty()
            && !self.is_journal_busy()
            && (self.recorder.len() == 0 || self.is_journal_lost(now))
    }

    /// When to look again if nothing happens before.
    fn wake(&self, now: Instant) -> Option<Instant> {
        let give_up = self.give_up_at().filter(|_| self.end.is_none());
        let retry = self.trouble.as_ref().and_then(Trouble::retry_at);
        let retry = retry.filter(|_| self.recorder.is_waiting() && !self.is_journal_busy());
        // After it, nothing changes by time alone.
        let lost = self.journal_lost_at().filter(|at| *at > now);
        [self.claim_at(), give_up, retry, lost]
            .into_iter()
            .flatten()
            .min()
    }

    /// Ends at once, with the results that are there.
    fn leave(&mut self) {
        while let Some(joined) = self.tasks.try_join_next_with_id() {
            self.joined(joined);
        }
        self.summary.left_in_flight = self.tasks.len();
        self.tasks.abort_all();
    }

    async fn finish(self) -> Summary {
        let mut summary = self.summary;
        if let Some((end, _)) = self.end {
            summary.end = end;
        }
        summary.unrecorded = self.recorder.into_unrecorded();
        let asked = summary.end != End::JournalFailed && summary.left_in_flight == 0;
        if asked && summary.unrecorded.is_empty() {
            summary.counts = self.batch.journal.counts().await.ok();
        }
        summary
    }

    pub(super) fn tell(&mut self, event: RunEvent<'_>) {
        (self.observer)(event);
    }
}

/// Waits for a higher level of stopping.
async fn higher(levels: &mut tokio::sync::watch::Receiver<Level>, than: Level) -> Level {
    let level = levels.wait_for(|level| *level > than).await.map(|to| *to);
    match level {
        Ok(level) => level,
        // The sender lives as long as the run's borrow of its handle.
        Err(_) => std::future::pending().await,
    }
}

async fn wake_at(at: Option<Instant>) {
    match at {
        Some(at) => sleep_until(at).await,
        None => std::future::pending().await,
    }
}
