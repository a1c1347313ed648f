//! Time: CPU a call, and calls a second, in rounds in which every client has its turn.

use crate::clients::{Client, Name};
use crate::load::CALLS;
use crate::server::Server;
use crate::{load, usage};
use anyhow::Result;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

const AT_ONCE: u32 = 64;

/// One client's figures of one round.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// CPU time of one call, at one call at a time.
    pub cpu: Duration,
    /// Calls a second, one at a time.
    pub per_second_1: f64,
    /// Calls a second, 64 at a time.
    pub per_second_64: f64,
}

/// A client's figures beside those of reqwest by hand, taken right before.
#[derive(Debug, Clone, Copy)]
pub struct Turn {
    /// The client's.
    pub own: Sample,
    /// Reqwest's.
    pub reqwest: Sample,
}

/// The figures of each client, round by round. The clients take turns, so that a disturbance meets all
/// alike, each right after reqwest by hand, so that it meets both of a ratio.
///
/// # Errors
///
/// Where a call fails.
pub fn rounds(names: &[Name], server: &Server, rounds: u32) -> Result<Vec<(Name, Vec<Turn>)>> {
    let runtime = load::runtime()?;
    let client = |name: Name| anyhow::Ok(Arc::new(Client::new(name, server.url())?));
    let reqwest = client(Name::Reqwest)?;
    let clients: Result<Vec<_>> = names
        .iter()
        .map(|name| anyhow::Ok((*name, client(*name)?, Vec::new())))
        .collect();
    let mut clients = clients?;
    for _ in 0..rounds {
        // In an order drawn anew: what one client leaves behind shall not always meet the same other.
        let mut turns: Vec<_> = clients.iter_mut().collect();
        fastrand::shuffle(&mut turns);
        for (name, client, turns) in turns {
            turns.push(Turn {
                reqwest: sample(&runtime, Name::Reqwest, &reqwest)?,
                own: sample(&runtime, *name, client)?,
            });
        }
    }
    Ok(clients
        .into_iter()
        .map(|(name, _, turns)| (name, turns))
        .collect())
}

/// Short, so that the two of a turn see the same machine.
fn sample(runtime: &Runtime, name: Name, client: &Arc<Client>) -> Result<Sample> {
    let calls = name.scaled(CALLS);
    let (cpu, per_second_1) = timed(runtime, client, calls, 1)?;
    let (_, per_second_64) = timed(runtime, client, (4 * calls).max(AT_ONCE), AT_ONCE)?;
    Ok(Sample {
        cpu,
        per_second_1,
        per_second_64,
    })
}

/// CPU time of a call and calls a second, connections made beforehand.
fn timed(
    runtime: &Runtime,
    client: &Arc<Client>,
    calls: u32,
    at_once: u32,
) -> Result<(Duration, f64)> {
    runtime.block_on(load::calls_at_once(client, at_once, at_once))?;
    let (started, cpu) = (Instant::now(), usage::own()?);
    runtime.block_on(load::calls_at_once(client, calls, at_once))?;
    let (took, cpu) = (started.elapsed(), usage::own()? - cpu);
    let calls = calls.div_ceil(at_once) * at_once;
    Ok((cpu / calls, f64::from(calls) / took.as_secs_f64()))
}
