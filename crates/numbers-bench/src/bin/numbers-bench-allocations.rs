//! Counts what the calls of one client ask of the allocator.
#![allow(clippy::print_stdout)]

use anyhow::Result;
use clap::Parser;
use numbers_bench::load::{self, Load};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;

#[global_allocator]
static COUNTING: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    load: Load,
}

fn main() -> Result<()> {
    let Load {
        case,
        endpoints,
        calls,
    } = Arguments::parse().load;
    let (runtime, client) = load::warm(case, &endpoints)?;
    let region = Region::new(COUNTING);
    runtime.block_on(load::calls(&client, calls))?;
    let change = region.change();
    let per_call = |total: usize| total as f64 / f64::from(calls);
    let allocations = per_call(change.allocations + change.reallocations);
    // What a reallocation adds is among them; what it moves is not.
    let bytes = per_call(change.bytes_allocated);
    println!("{}", serde_json::to_string(&(allocations, bytes))?);
    Ok(())
}
