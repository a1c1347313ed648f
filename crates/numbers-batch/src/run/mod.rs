//! Releases the numbers of a plan at a set rate, and records each step in a journal.
//!
//! ```
//! use numbers_batch::journal::{Journal, MemoryJournal};
//! use numbers_batch::run::{Batch, End, Rate, RunOptions, Stop};
//! use numbers_core::testing::Scripted;
//! use numbers_core::{NumberId, Outcome, Vendor};
//! use std::sync::Arc;
//!
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let releaser = Scripted::new(Vendor::new("acme"))
//!     .then(Ok(Outcome::Released))
//!     .then(Ok(Outcome::Accepted));
//! let journal = Arc::new(MemoryJournal::new(["n-1", "n-2"].map(NumberId::from)));
//!
//! let options = RunOptions::default().with_rate(Rate::OFF);
//! let batch = Batch::new(Arc::new(releaser), journal.clone(), options);
//! let summary = batch.run(&Stop::new(), |event| println!("{event:?}")).await?;
//!
//! assert_eq!(summary.end, End::Done);
//! assert_eq!(journal.counts().await?.released, 1);
//! # Ok(()) }
//! ```
//!
//! # Tracing
//!
//! The target is `numbers`, and no field holds a number:
//!
//! | kind | name | level | fields |
//! |---|---|---|---|
//! | span | `batch` | INFO | `numbers.vendor`, `numbers.interval_ms`, `numbers.concurrency`; at its end `numbers.end`, `numbers.sent`, `numbers.unrecorded`, `otel.status_code` |
//! | event | `pause` | INFO | `numbers.wait_ms`, `error.type` |
//! | event | `batch_ending` | WARN | `numbers.end`, `error.type` if `numbers.end` is `fatal` |
//! | event | `journal_failed` | WARN | `numbers.journal_error`, `numbers.unrecorded` |
//! | event | `lease_lost` | WARN | |

mod attempt;
mod engine;
mod event;
mod lease;
mod options;
mod rate;
mod recorder;
mod slowdown;
mod span;
mod steps;
mod stop;
mod summary;
mod trouble;
mod verdict;

pub use event::RunEvent;
pub use options::RunOptions;
pub use rate::{InvalidRate, Rate};
pub use stop::Stop;
pub use summary::{End, NumberResult, Summary};

use crate::journal::{Journal, JournalError};
use numbers_core::Releaser;
use std::fmt;
use std::sync::Arc;
use tracing::Instrument;

/// Releases the numbers of a journal with a releaser.
#[derive(Clone)]
pub struct Batch {
    releaser: Arc<dyn Releaser>,
    journal: Arc<dyn Journal>,
    options: RunOptions,
}

impl Batch {
    /// The releaser must send at most one request a call, as a vendor's client does: the run repeats by itself, and
    /// records every attempt.
    ///
    /// So pass no `Retry`. With one, all requests of a call are a single attempt in the journal, and only the first keeps
    /// to the rate. After a 429 the run does not pause until `Retry` gives up. With `with_resend_after_unknown` in its
    /// policy, unknown numbers are sent again whatever the [`RunOptions`] say.
    pub fn new(
        releaser: Arc<dyn Releaser>,
        journal: Arc<dyn Journal>,
        options: RunOptions,
    ) -> Self {
        Self {
            releaser,
            journal,
            options,
        }
    }

    /// Releases the pending numbers. [`Summary::end`] says why it ended.
    ///
    /// `observer` is called for each event. The run waits for it, so it must be quick.
    ///
    /// To resume, call it again. A number that has a result is not sent again. The journal stays open: close it after
    /// the last run. What an aborted or dropped run left in flight stays so while the same journal is open.
    ///
    /// # Dropping the future
    ///
    /// The future may be dropped at any time, and nothing more is sent. What was in flight may have been released. It
    /// stays in flight in the journal, as after [`Stop::abort`].
    ///
    /// # Errors
    ///
    /// The journal can't be used, and nothing was sent. After something was sent, it is [`End::JournalFailed`]. A journal
    /// that is closed returns [`Unavailable`](crate::journal::JournalErrorKind::Unavailable): open it again.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime with its clock enabled.
    pub async fn run(
        &self,
        stop: &Stop,
        observer: impl FnMut(RunEvent<'_>) + Send,
    ) -> Result<Summary, JournalError> {
        let span = span::open(&self.releaser.vendor(), &self.options);
        let result = engine::run(self, stop, observer)
            .instrument(span.clone())
            .await;
        span::close(&span, &result);
        result
    }
}

impl fmt::Debug for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch")
            .field("releaser", &self.releaser)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
