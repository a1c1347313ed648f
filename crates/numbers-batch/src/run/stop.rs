use std::sync::Arc;
use tokio::sync::watch;

/// Stops a run from a signal handler or another task. Clones stop the same runs.
///
/// ```
/// use numbers_batch::run::Stop;
///
/// let stop = Stop::new();
/// // For each signal:
/// stop.request();
/// ```
#[derive(Debug, Clone)]
pub struct Stop(Arc<watch::Sender<Level>>);

/// How far a run is to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Run,
    Drain,
    Abort,
}

impl Stop {
    /// A handle that stops nothing yet.
    pub fn new() -> Self {
        Self(Arc::new(watch::Sender::new(Level::Run)))
    }

    /// The first call is [`drain`](Self::drain), the second [`abort`](Self::abort).
    pub fn request(&self) {
        self.0.send_modify(|level| {
            *level = match level {
                Level::Run => Level::Drain,
                Level::Drain | Level::Abort => Level::Abort,
            }
        });
    }

    /// Sends nothing more. What is in flight may finish, and its results are recorded.
    pub fn drain(&self) {
        self.raise(Level::Drain);
    }

    /// Ends the run at once. What is in flight may have been released: treat it as unknown, as `numbers status` does.
    ///
    /// It stays in flight in the journal, and becomes unknown when the journal is closed. If it is not closed, it becomes
    /// unknown when the journal has been opened again and the next run begins; in PostgreSQL, during a run of another
    /// worker after the lease has ended.
    pub fn abort(&self) {
        self.raise(Level::Abort);
    }

    fn raise(&self, to: Level) {
        self.0.send_modify(|level| *level = to.max(*level));
    }

    pub(super) fn subscribe(&self) -> watch::Receiver<Level> {
        self.0.subscribe()
    }
}

impl Default for Stop {
    fn default() -> Self {
        Self::new()
    }
}
