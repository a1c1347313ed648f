//! Counts what the calls of one client ask of the allocator.
#![allow(clippy::print_stdout)]

use anyhow::Result;
use clap::Parser;
use numbers_bench::allocations::Allocations;
use numbers_bench::clients::{Client, Name};
use numbers_bench::load;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;

#[global_allocator]
static COUNTING: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

#[derive(Parser)]
struct Arguments {
    client: Name,
    url: String,
    calls: u32,
}

fn main() -> Result<()> {
    let Arguments {
        client: name,
        url,
        calls,
    } = Arguments::parse();
    let change = load::runtime()?.block_on(async {
        let client = Client::new(name, &url)?;
        load::calls(&client, name.scaled(100)).await?;
        let region = Region::new(COUNTING);
        load::calls(&client, calls).await?;
        anyhow::Ok(region.change())
    })?;
    let per_call = |total: f64| total / f64::from(calls);
    let allocations = Allocations {
        count: per_call((change.allocations + change.reallocations) as f64),
        // What a reallocation adds is among them; what it moves is not.
        bytes: per_call(change.bytes_allocated as f64),
    };
    println!("{}", serde_json::to_string(&allocations)?);
    Ok(())
}
