//! Time: CPU a call, and calls a second, in rounds in which every case has its turn.

use crate::case::Case;
use crate::clients::Client;
use crate::load::CALLS;
use crate::server::Server;
use crate::{load, usage};
use anyhow::Result;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

const AT_ONCE: u32 = 64;

/// What was timed of one case.
#[derive(Debug, Clone, Copy)]
pub struct Speed {
    /// CPU time of one call in microseconds, at one call at a time.
    pub cpu_us: f64,
    /// Calls a second, one at a time.
    pub per_second_1: f64,
    /// Calls a second, 64 at a time.
    pub per_second_64: f64,
}

/// Keeps this thread, and what it starts from now on, on one core. A call takes twice as long while the
/// scheduler has client and server on different ones, and it moves them as it likes.
///
/// # Errors
///
/// Where the system refuses.
pub fn stay_on_one_core() -> Result<()> {
    #[cfg(target_os = "linux")]
    {
        use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
        use nix::unistd::Pid;
        let this = Pid::from_raw(0);
        let allowed = sched_getaffinity(this)?;
        let last = (0..CpuSet::count()).rfind(|core| allowed.is_set(*core).unwrap_or_default());
        let mut one = CpuSet::new();
        one.set(last.unwrap_or_default())?;
        sched_setaffinity(this, &one)?;
    }
    Ok(())
}

/// The medians of each case. The cases take turns, so that a disturbance affects all alike.
///
/// # Errors
///
/// Where a call fails.
pub fn all(cases: &[Case], server: &Server, rounds: u32) -> Result<BTreeMap<Case, Speed>> {
    let runtime = load::runtime()?;
    let clients: Result<Vec<_>> = cases
        .iter()
        .map(|&case| {
            let client = Arc::new(Client::new(case, server.endpoints())?);
            anyhow::Ok((case, client, Vec::new()))
        })
        .collect();
    let mut clients = clients?;
    for _ in 0..rounds {
        // In random order, so that no client always runs after the same other.
        fastrand::shuffle(&mut clients);
        for (case, client, samples) in &mut clients {
            samples.push(sample(&runtime, *case, client)?);
        }
    }
    let medians = clients.into_iter().map(|(case, _, samples)| {
        let of = |figure: fn(&Speed) -> f64| median(samples.iter().map(figure));
        let speed = Speed {
            cpu_us: of(|sample| sample.cpu_us),
            per_second_1: of(|sample| sample.per_second_1),
            per_second_64: of(|sample| sample.per_second_64),
        };
        (case, speed)
    });
    Ok(medians.collect())
}

fn sample(runtime: &Runtime, case: Case, client: &Arc<Client>) -> Result<Speed> {
    let calls = case.name.scaled(CALLS);
    let (cpu, per_second_1) = timed(runtime, client, calls, 1)?;
    let (_, per_second_64) = timed(runtime, client, (4 * calls).max(AT_ONCE), AT_ONCE)?;
    Ok(Speed {
        cpu_us: cpu.as_secs_f64() * 1e6,
        per_second_1,
        per_second_64,
    })
}

/// CPU time of a call and calls a second, after a call of each task to warm up.
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

/// The middle one; not a number where there are none.
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    let low = values.get(values.len().saturating_sub(1) / 2);
    let high = values.get(values.len() / 2);
    low.zip(high)
        .map_or(f64::NAN, |(low, high)| (low + high) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_lies_between_the_middle_two_of_an_even_number() {
        assert_eq!(median([3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median([4.0, 1.0, 2.0, 3.0]), 2.5);
        assert!(median([]).is_nan());
    }
}
