use std::time::Duration;

/// How a journal is opened.
#[derive(Debug, Clone)]
pub struct OpenOptions {
    pub(super) journal_moved: bool,
    pub(super) lease: Duration,
}

impl OpenOptions {
    /// A lease of 30 seconds. A journal that was moved is refused.
    pub fn new() -> Self {
        Self {
            journal_moved: false,
            lease: Duration::from_secs(30),
        }
    }

    /// Accepts a SQLite journal that was moved, or that lacks attempts which were made.
    ///
    /// Never accept a copy: numbers that were released since it was made would be sent again.
    #[must_use]
    pub fn with_journal_moved(mut self, accept: bool) -> Self {
        self.journal_moved = accept;
        self
    }

    /// Sets how long after its last heartbeat a worker keeps its claims, where several share a journal. Limited to
    /// one second at least and one minute at most.
    #[must_use]
    pub fn with_lease(mut self, lease: Duration) -> Self {
        self.lease = lease.clamp(Duration::from_secs(1), Duration::from_secs(60));
        self
    }
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self::new()
    }
}
