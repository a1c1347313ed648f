//! What a call of ours may cost at most: figures kept in the repository.

use crate::clients::Name;
use crate::server::Server;
use crate::{allocations, instructions};
use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/baseline.json");
/// What of the ratio may be added unnoticed. It repeats far better than this on one machine; the
/// rest is for compilers and C libraries.
const TOLERANCE: f64 = 0.02;
/// What a count of allocations moves by where a buffer is grown once in many calls.
const A_FRACTION: f64 = 0.05;

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Limit {
    /// Instructions to those of reqwest by hand with JSON, counted in the same run.
    ratio: f64,
    /// Allocations a call.
    allocations: f64,
}

/// Holds our clients against the baseline. Where valgrind is missing it says so and looks at the
/// allocations alone.
///
/// # Errors
///
/// Where a client needs more than the baseline allows, or can't be measured.
pub fn check() -> Result<()> {
    let text = std::fs::read_to_string(FILE)
        .with_context(|| format!("no {FILE}: cargo xtask bench --write-baseline makes it"))?;
    let limits: BTreeMap<Name, Limit> = serde_json::from_str(&text).context(FILE)?;
    let mut worse = 0;
    for (name, found) in measure()? {
        let limit = limits
            .get(&name)
            .with_context(|| format!("the baseline has no {name}"))?;
        let too_many = found.exceeds(*limit);
        worse += u32::from(too_many);
        println!(
            "{name:<12} instructions to reqwest-json {} (baseline {:.3}), allocations {:.1} (baseline {:.1}){}",
            found
                .ratio
                .map_or_else(|| "not counted".to_owned(), |ratio| format!("{ratio:.3}")),
            limit.ratio,
            found.allocations,
            limit.allocations,
            if too_many { "  TOO MANY" } else { "" }
        );
    }
    ensure!(
        worse == 0,
        "{worse} of our clients cost more than crates/numbers-bench/baseline.json allows; \
         if that is meant: cargo xtask bench --write-baseline"
    );
    Ok(())
}

/// Writes what is measured now as the baseline.
///
/// # Errors
///
/// Where valgrind is missing or a client can't be measured.
pub fn write() -> Result<()> {
    let limits: Result<BTreeMap<Name, Limit>> = measure()?
        .into_iter()
        .map(|(name, found)| {
            let ratio = found.ratio.context("a baseline needs valgrind")?;
            let limit = Limit {
                ratio: (ratio * 1000.0).round() / 1000.0,
                allocations: (found.allocations * 10.0).round() / 10.0,
            };
            Ok((name, limit))
        })
        .collect();
    std::fs::write(FILE, serde_json::to_string_pretty(&limits?)? + "\n").context(FILE)
}

struct Found {
    ratio: Option<f64>,
    allocations: f64,
}

impl Found {
    fn exceeds(&self, limit: Limit) -> bool {
        self.ratio
            .is_some_and(|ratio| ratio > limit.ratio * (1.0 + TOLERANCE))
            || self.allocations > limit.allocations + A_FRACTION
    }
}

fn measure() -> Result<Vec<(Name, Found)>> {
    let server = Server::start(Duration::from_millis(1))?;
    let base = if instructions::valgrind_is_installed() {
        Some(instructions::per_call(Name::ReqwestJson, &server)?)
    } else {
        println!("SKIPPED the count of instructions: valgrind is not installed");
        None
    };
    let ours = Name::all().iter().copied().filter(|name| name.is_ours());
    ours.map(|name| {
        let ratio = match base {
            Some(base) => Some(instructions::per_call(name, &server)? / base),
            None => None,
        };
        let allocations = allocations::per_call(name, &server)?.count;
        Ok((name, Found { ratio, allocations }))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_per_cent_of_instructions_pass_and_no_allocation_does() {
        let limit = Limit {
            ratio: 0.9,
            allocations: 48.0,
        };
        let exceeds = |ratio, allocations| Found { ratio, allocations }.exceeds(limit);
        assert!(!exceeds(Some(0.917), 48.0));
        assert!(exceeds(Some(0.919), 48.0));
        assert!(exceeds(Some(0.9), 48.1));
        assert!(!exceeds(None, 48.0));
        assert!(exceeds(None, 49.0));
    }
}
