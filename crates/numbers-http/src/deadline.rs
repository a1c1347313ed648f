//! The time-out over a whole exchange.

use std::pin::pin;
use std::time::Duration;
use tokio::time::{Instant, timeout, timeout_at};

/// How long after the deadline what has already arrived may take to be read.
const GRACE: Duration = Duration::from_millis(100);

/// Runs `exchange` until `deadline`; `None` where it is not done by then.
///
/// A process that was stopped or starved past the deadline finds the timer and the response ready at once.
/// It looks at the exchange first, and once the timer has fired it still gives the task that reads the
/// connection a moment to pass on what lies in the socket.
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
