use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use crate::Server;

/// How many requests each server serves in a window of time. What goes beyond gets a 429 and releases nothing.
///
/// A window begins with the first request after the one before has ended. Only authorized requests count, and not
/// those that get the 429. A `Retry-After` names the seconds until the window ends, rounded up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    requests: u32,
    window: Duration,
    retry_after: bool,
}

impl RateLimit {
    /// This many requests in a window of this length.
    pub fn new(requests: u32, window: Duration) -> Self {
        Self {
            requests,
            window,
            retry_after: true,
        }
    }

    /// This many requests in a minute.
    pub fn per_minute(requests: u32) -> Self {
        Self::new(requests, Duration::from_secs(60))
    }

    /// Omits the `Retry-After`.
    #[must_use]
    pub fn without_retry_after(mut self) -> Self {
        self.retry_after = false;
        self
    }
}

/// A request beyond the limit.
pub(crate) struct Refusal {
    /// The value of the header `Retry-After`.
    pub(crate) retry_after: Option<u64>,
}

/// Counts the requests in the current window of each server.
pub(crate) struct RateLimiter {
    limit: Option<RateLimit>,
    windows: Mutex<HashMap<Server, Window>>,
}

struct Window {
    ends: Instant,
    requests: u32,
}

impl RateLimiter {
    pub(crate) fn new(limit: Option<RateLimit>) -> Self {
        Self {
            limit,
            windows: Mutex::default(),
        }
    }

    /// Counts a request; a refusal if it is beyond the limit.
    pub(crate) fn check(&self, server: Server) -> Option<Refusal> {
        let limit = self.limit?;
        let now = Instant::now();
        let new = || Window {
            ends: now + limit.window,
            requests: 0,
        };
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        let window = windows.entry(server).or_insert_with(new);
        if window.ends <= now {
            *window = new();
        }
        if window.requests < limit.requests {
            window.requests += 1;
            return None;
        }
        let left = window.ends - now;
        let seconds = left.as_secs() + u64::from(left.subsec_nanos() > 0);
        Some(Refusal {
            retry_after: limit.retry_after.then_some(seconds),
        })
    }
}
