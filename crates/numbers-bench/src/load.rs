//! Makes calls.

use crate::case::Case;
use crate::clients::Client;
use crate::server::Endpoints;
use anyhow::Result;
use clap::Args;
use std::sync::Arc;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

/// How many calls are counted of a client.
pub const CALLS: u32 = 400;
/// How many it makes before those, to warm up.
pub const WARM: u32 = 100;

/// Calls that a program of their own makes.
#[derive(Debug, Args)]
pub struct Load {
    /// Which client.
    #[command(flatten)]
    pub case: Case,
    /// Where.
    pub endpoints: Endpoints,
    /// How many.
    pub calls: u32,
}

impl Load {
    /// The arguments from which the program reads it.
    pub fn arguments(&self) -> [String; 5] {
        let Case { mode, scheme, name } = self.case;
        [
            mode.to_string(),
            scheme.to_string(),
            name.to_string(),
            self.endpoints.to_string(),
            self.calls.to_string(),
        ]
    }
}

/// A runtime on this thread alone, so that every run takes the same path.
///
/// # Errors
///
/// Where the runtime can't be built.
pub fn runtime() -> Result<Runtime> {
    Ok(Builder::new_current_thread().enable_all().build()?)
}

/// A client that has made its first calls, on its runtime.
///
/// # Errors
///
/// Where it can't be made, or a call fails.
pub fn warm(case: Case, endpoints: &Endpoints) -> Result<(Runtime, Client)> {
    let runtime = runtime()?;
    let client = runtime.block_on(async {
        let client = Client::new(case, endpoints)?;
        calls(&client, case.name.scaled(WARM)).await?;
        anyhow::Ok(client)
    })?;
    Ok((runtime, client))
}

/// Makes this many calls, one after the other.
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

/// Makes at least this many calls, `concurrency` at a time.
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
