//! Time: CPU a call, and calls a second, in rounds in which every client has its turn.

use crate::clients::{Client, Name};
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

/// The figures of each client, round by round. The rounds are interleaved, so that a disturbance
/// meets all clients alike.
///
/// # Errors
///
/// Where a call fails.
pub fn rounds(
    names: &[Name],
    server: &Server,
    rounds: u32,
    calls: u32,
) -> Result<Vec<(Name, Vec<Sample>)>> {
    let runtime = load::runtime()?;
    let clients: Result<Vec<_>> = names
        .iter()
        .map(|name| {
            Ok((
                *name,
                Arc::new(Client::new(*name, server.url())?),
                Vec::new(),
            ))
        })
        .collect();
    let mut clients = clients?;
    for _ in 0..rounds {
        // In an order drawn anew: what one client leaves behind shall not always meet the same other.
        let mut turns: Vec<_> = clients.iter_mut().collect();
        fastrand::shuffle(&mut turns);
        for (name, client, samples) in turns {
            samples.push(sample(&runtime, client, name.scaled(calls))?);
        }
    }
    Ok(clients
        .into_iter()
        .map(|(name, _, samples)| (name, samples))
        .collect())
}

fn sample(runtime: &Runtime, client: &Arc<Client>, calls: u32) -> Result<Sample> {
    let (cpu, per_second_1) = timed(runtime, client, calls, 1)?;
    let (_, per_second_64) = timed(runtime, client, calls.max(AT_ONCE), AT_ONCE)?;
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

/// The one in the middle; zero of none.
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    let low = values.get(values.len().saturating_sub(1) / 2);
    let high = values.get(values.len() / 2);
    low.zip(high).map_or(0.0, |(low, high)| (low + high) / 2.0)
}
