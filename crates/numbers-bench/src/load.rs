//! Calls, many of them.

use crate::clients::Client;
use anyhow::Result;
use std::sync::Arc;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

/// How many calls are counted of a client, besides those that warm it up.
pub const CALLS: u32 = 400;

/// A runtime on this thread alone, so that every run takes the same way.
///
/// # Errors
///
/// Where the system has no poll for it.
pub fn runtime() -> Result<Runtime> {
    Ok(Builder::new_current_thread().enable_all().build()?)
}

/// Makes so many calls, one after the other.
///
/// # Errors
///
/// Where one fails.
pub async fn calls(client: &Client, calls: u32) -> Result<()> {
    for _ in 0..calls {
        client.call().await?;
    }
    Ok(())
}

/// Makes so many calls, about as many at a time as `concurrency` says.
///
/// # Errors
///
/// Where one fails.
pub async fn calls_at_once(client: &Arc<Client>, total: u32, concurrency: u32) -> Result<()> {
    let each = total.div_ceil(concurrency);
    let mut tasks = JoinSet::new();
    for _ in 0..concurrency {
        let client = Arc::clone(client);
        tasks.spawn(async move { calls(&client, each).await });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    Ok(())
}
