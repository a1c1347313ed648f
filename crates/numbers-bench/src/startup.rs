//! What it costs to make a client.

use crate::server::Server;
use crate::speed::median;
use anyhow::Result;
use std::time::Instant;
use synthflow_numbers::{Client, Region};

const TIMES: u32 = 20;

/// Microseconds to make a client, by the way in which it is made.
///
/// # Errors
///
/// Where one can't be made.
pub fn microseconds(server: &Server) -> Result<Vec<(&'static str, f64)>> {
    let builder = || Client::builder().api_key("key");
    let first = builder().region(Region::Eu).build()?;
    Ok(vec![
        (
            "reqwest, the system's certificates",
            time(|| drop(reqwest::Client::builder().build())),
        ),
        (
            "ours, https, the system's certificates",
            time(|| drop(builder().region(Region::Eu).build())),
        ),
        (
            "ours, https, the pool of another client",
            time(|| drop(builder().region(Region::Eu).pool(first.pool()).build())),
        ),
        (
            "ours, http to loopback",
            time(|| drop(builder().base_url(server.url()).build())),
        ),
        ("a clone of ours", time(|| drop(first.clone()))),
    ])
}

fn time(make: impl Fn()) -> f64 {
    median((0..TIMES).map(|_| {
        let started = Instant::now();
        make();
        started.elapsed().as_secs_f64() * 1e6
    }))
}
