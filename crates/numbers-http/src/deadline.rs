//! The time-out over a whole exchange.

use std::pin::pin;
use std::time::Duration;
use tokio::time::{Instant, timeout, timeout_at};

/// How long reading what has already arrived may take after the deadline.
const GRACE: Duration = Duration::from_millis(100);

/// Runs `exchange` until `deadline`; `None` where it is not done by then.
///
/// If the process was suspended past the deadline, both timer and response are ready. The exchange is polled
/// first; once the timer has fired, the task that reads the connection still gets a moment to read what is
/// in the socket.
pub(crate) async fn run_until<T>(
    deadline: Instant,
    exchange: impl Future<Output = T>,
) -> Option<T> {
    let mut exchange = pin!(exchange);
    match timeout_at(deadline, exchange.as_mut()).await {
        Ok(done) => Some(done),
        Err(_) => timeout(GRACE, exchange).await.ok(),
    }
}
