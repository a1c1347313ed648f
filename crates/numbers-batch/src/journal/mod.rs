//! What was sent, and with what result: a record that is durable before and after each request.
//!
//! A call of the releaser is one attempt, however many requests it sends. So a releaser must not be or contain `Retry`:
//! [`Batch::new`](crate::run::Batch::new) says what happens with one.

#[cfg(any(feature = "sqlite", feature = "postgres"))]
mod boxed;
#[cfg(any(feature = "sqlite", feature = "postgres"))]
mod delta;
#[cfg(any(feature = "sqlite", feature = "postgres"))]
mod effect;
#[cfg(any(feature = "sqlite", feature = "postgres"))]
mod host;
mod memory;
mod options;
#[cfg(any(feature = "sqlite", feature = "postgres"))]
mod pace;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(any(feature = "sqlite", feature = "postgres"))]
mod reader;
mod resend;
#[cfg(any(feature = "sqlite", feature = "postgres"))]
mod rows;
#[cfg(feature = "sqlite")]
mod sqlite;
mod state;
mod types;
#[cfg(any(feature = "sqlite", feature = "postgres"))]
mod url;

pub use memory::MemoryJournal;
pub use options::OpenOptions;
#[cfg(feature = "postgres")]
pub use postgres::PostgresJournal;
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub use reader::{JournalEvent, JournalReader, PaceInfo, PlanInfo, WorkerInfo};
#[cfg(feature = "sqlite")]
pub use sqlite::SqliteJournal;
pub use types::{
    AttemptId, AttemptOutcome, AttemptResult, Claim, Claimed, Counts, JournalError,
    JournalErrorKind, NumberEntry, State,
};
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub use url::JournalUrl;

use crate::plan::Header;
use async_trait::async_trait;
use std::time::Duration;

/// The journal of one plan, opened by one worker.
///
/// An implementation keeps these rules:
///
/// - A claim is durable before it is returned. If the result of a commit is lost, ask the storage again.
/// - Recording a result twice is the same as recording it once.
/// - A claim whose worker has died becomes unknown, never [`State::Pending`].
/// - A number that may have been released is pending only while a worker is alive that may send it again.
#[async_trait]
pub trait Journal: Send + Sync {
    /// The first line of the plan. A run refuses a releaser of another vendor or account; where it is `None`, any
    /// releaser may do.
    fn header(&self) -> Option<&Header> {
        None
    }

    /// Claims up to `max` pending numbers that may be sent now, and makes the intent of each attempt durable, all
    /// in one commit.
    ///
    /// The journal keeps the pace, because all workers share it: one number each
    /// [interval](Self::set_interval), and none during a [`pause`](Self::pause). What was not used in the last
    /// twentieth of a second is used now, so that one commit can serve many numbers at a high rate. What was not
    /// used before that is lost.
    ///
    /// Do not drop the future before it ends: the numbers of its claim would stay in flight until this worker ends.
    async fn claim(&self, max: usize) -> Result<Claim, JournalError>;

    /// Makes results durable, all in one commit.
    ///
    /// A result may come after its claim became unknown. It settles the number, unless another attempt has begun;
    /// then it is only kept as an event.
    async fn record(&self, results: &[AttemptResult]) -> Result<(), JournalError>;

    /// Sets the time from one claimed number to the next, for all workers together. Zero is no limit.
    async fn set_interval(&self, interval: Duration) -> Result<(), JournalError>;

    /// Lets no worker claim a number for this long from now. A longer pause that is set already stays.
    async fn pause(&self, wait: Duration) -> Result<(), JournalError>;

    /// Tells the other workers that this one is alive. Fails with [`JournalErrorKind::LeaseLost`] if another worker
    /// has made its claims unknown.
    async fn heartbeat(&self) -> Result<(), JournalError>;

    /// How long after the last heartbeat the claims stay this worker's. `None`: no other worker can take them.
    fn lease(&self) -> Option<Duration>;

    /// Makes the claims of workers that have died unknown. Returns how many.
    async fn mark_orphans_unknown(&self) -> Result<u64, JournalError>;

    /// Makes unknown numbers pending, so that they are sent again: all, or those whose first attempt that may have
    /// released them began less than `younger_than` ago. Returns how many.
    ///
    /// From then on, this worker does not claim such a number once that attempt is older. It makes it unknown again.
    async fn requeue_unknown(&self, younger_than: Option<Duration>) -> Result<u64, JournalError>;

    /// Undoes [`requeue_unknown`](Self::requeue_unknown) for the numbers that were not sent yet, unless another
    /// worker is alive, which may send them. From then on this worker claims none of them. Returns how many are
    /// unknown again.
    ///
    /// Opening and closing a journal do the same.
    async fn cancel_resend(&self) -> Result<u64, JournalError>;

    /// How many numbers are in each state.
    async fn counts(&self) -> Result<Counts, JournalError>;

    /// Up to `max` numbers in the order of the plan, those after position `after`.
    async fn numbers(
        &self,
        after: Option<u64>,
        max: usize,
    ) -> Result<Vec<NumberEntry>, JournalError>;

    /// Ends this worker, so that another need not wait for its lease. What it has in flight becomes unknown.
    ///
    /// Close it after the last run, not during one. Afterwards the journals in SQLite and PostgreSQL return
    /// [`JournalErrorKind::Unavailable`] from every other async call.
    async fn close(&self) -> Result<(), JournalError>;
}
