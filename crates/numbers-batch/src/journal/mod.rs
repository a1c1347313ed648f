//! What was asked of the vendor and what came of it, durable before and after each request.

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
pub use reader::{Event, JournalReader, PaceInfo, PlanInfo, WorkerInfo};
#[cfg(feature = "sqlite")]
pub use sqlite::SqliteJournal;
pub use types::{
    AttemptId, Claim, Claimed, Counts, Finished, JournalError, JournalErrorKind, Next, Record,
    State,
};
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub use url::JournalUrl;

use async_trait::async_trait;
use std::time::Duration;

/// The journal of one plan, opened by one worker.
///
/// An implementation keeps these rules:
///
/// - No claim is returned before it is durable. Where a commit's result is lost, the storage is asked again.
/// - Recording a result twice is the same as recording it once.
/// - A claim whose worker is gone becomes unknown, never [`State::Pending`].
#[async_trait]
pub trait Journal: Send + Sync {
    /// Claims up to `max` numbers whose turn in the pace has come, and makes the intent of each attempt durable,
    /// all in one commit.
    ///
    /// The pace is the journal's, because all workers share it: one turn each interval, none before the end of
    /// a [`pause`](Self::pause). Turns that nobody took are not saved up beyond a twentieth of a second, which
    /// lets one commit serve many numbers at a high rate.
    ///
    /// Await it to its end: the numbers of a claim whose future is dropped stay in flight until this worker ends.
    async fn claim(&self, max: usize) -> Result<Claim, JournalError>;

    /// Makes results durable, all in one commit.
    ///
    /// A result that comes after its claim was given up settles the number, unless another attempt has begun;
    /// then it is kept as an event alone.
    async fn record(&self, results: &[Finished]) -> Result<(), JournalError>;

    /// Sets the interval between two turns of all workers. Zero is no pace.
    async fn set_interval(&self, interval: Duration) -> Result<(), JournalError>;

    /// Lets no turn come for this long from now, for all workers. A longer pause that is set already stays.
    async fn pause(&self, wait: Duration) -> Result<(), JournalError>;

    /// Tells the others that this worker is alive. Fails with [`JournalErrorKind::LeaseLost`] where its claims
    /// were given up already.
    async fn heartbeat(&self) -> Result<(), JournalError>;

    /// How long claims outlive the last heartbeat, or `None` where no other worker can take them.
    fn lease(&self) -> Option<Duration>;

    /// Makes the claims of workers that are gone unknown. Returns how many.
    ///
    /// What they put back into the queue to be sent again, and did not send, is unknown again too, and not counted.
    async fn give_up_orphans(&self) -> Result<u64, JournalError>;

    /// Puts unknown numbers back into the queue, to be sent again: all, or those whose last intent is younger
    /// than `younger_than`. Returns how many.
    async fn requeue_unknown(&self, younger_than: Option<Duration>) -> Result<u64, JournalError>;

    /// How many numbers are in each state.
    async fn counts(&self) -> Result<Counts, JournalError>;

    /// Up to `max` numbers in the order of the plan, those after position `after`.
    async fn numbers(&self, after: Option<u64>, max: usize) -> Result<Vec<Record>, JournalError>;

    /// Ends this worker: nothing of it is in flight any more.
    async fn close(&self) -> Result<(), JournalError>;
}
