//! What it costs to make a client.

use crate::spread::median;
use anyhow::Result;
use std::hint::black_box;
use std::time::Instant;
use synthflow_numbers::{Client, Region};

const SAMPLES: u32 = 20;
/// How many clones one sample is made of: a single one is shorter than the clock can tell.
const CLONES: u32 = 1000;

/// Microseconds to make a client, by the way in which it is made.
///
/// # Errors
///
/// Where one can't be made, for want of certificates.
pub fn microseconds() -> Result<Vec<(&'static str, f64)>> {
    let builder = || Client::builder().api_key("key");
    let https = || builder().region(Region::Eu);
    let first = https().build()?;
    Ok(vec![
        (
            "reqwest, the system's certificates",
            time(1, || Ok(reqwest::Client::builder().build()?))?,
        ),
        (
            "ours, https, the system's certificates",
            time(1, || Ok(https().build()?))?,
        ),
        (
            "ours, https, the pool of another client",
            time(1, || Ok(https().pool(first.pool()).build()?))?,
        ),
        (
            "ours, http to loopback",
            time(1, || {
                Ok(builder().base_url("http://127.0.0.1:1").build()?)
            })?,
        ),
        ("a clone of ours", time(CLONES, || Ok(first.clone()))?),
    ])
}

/// Makes so many a sample, and says what one takes, as the median of the samples.
fn time<T>(times: u32, make: impl Fn() -> Result<T>) -> Result<f64> {
    let samples: Result<Vec<f64>> = (0..SAMPLES)
        .map(|_| {
            let started = Instant::now();
            for _ in 0..times {
                black_box(make()?);
            }
            Ok(started.elapsed().as_secs_f64() * 1e6 / f64::from(times))
        })
        .collect();
    Ok(median(samples?))
}
