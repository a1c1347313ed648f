//! What our clients cost when the baseline was written, in a file of the repository.

use crate::case::Case;
use crate::clients::Name;
use crate::count::{self, Count};
use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/baseline.json");
/// How much more than the baseline passes.
const TOLERANCE: f64 = 1.05;
/// No more than the same call by hand.
const GOAL: f64 = 1.0;

/// Ratios to the same call by hand in the same mode, counted in the same run: counts move with the
/// compiler and the C library, ratios hardly.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Cost {
    /// Not counted where valgrind is missing.
    instructions: Option<f64>,
    allocations: f64,
}

impl Cost {
    /// Whether one of the two is more than so many times the limit's.
    fn exceeds(self, limit: Self, times: f64) -> bool {
        let instructions = self.instructions.zip(limit.instructions);
        instructions.is_some_and(|(own, limit)| own > limit * times)
            || self.allocations > limit.allocations * times
    }
}

/// Compares our clients with the baseline and with the goal.
///
/// # Errors
///
/// Where a client costs over 5 % more than the baseline says, or can't be measured. A client that
/// misses the goal is no error.
pub fn check() -> Result<()> {
    let text = std::fs::read_to_string(FILE)
        .with_context(|| format!("no {FILE}: cargo xtask bench --write makes it"))?;
    let baseline: BTreeMap<String, Cost> = serde_json::from_str(&text).context(FILE)?;
    let names: Vec<Name> = Name::all()
        .iter()
        .copied()
        .filter(|name| name.is_ours() || name.by_hand() == *name)
        .collect();
    let (mut worse, mut missed) = (0, 0);
    let goal = Cost {
        instructions: Some(GOAL),
        allocations: GOAL,
    };
    println!("× the same call by hand in the same mode (baseline)");
    for (case, cost) in costs(&count::all(&Case::all(&names))?)? {
        let limit = *baseline
            .get(&case)
            .with_context(|| format!("the baseline has no {case}"))?;
        let more = cost.exceeds(limit, TOLERANCE);
        let over = cost.exceeds(goal, 1.0);
        worse += u32::from(more);
        missed += u32::from(over);
        println!(
            "{case:<22} instructions {} ({}), allocations {:.3} ({:.3}){}{}",
            shown(cost.instructions),
            shown(limit.instructions),
            cost.allocations,
            limit.allocations,
            if over { "  misses the goal" } else { "" },
            if more { "  OVER 5 % MORE" } else { "" },
        );
    }
    println!("the goal, no more than by hand: {missed} miss it");
    ensure!(
        worse == 0,
        "{worse} cost over 5 % more than crates/numbers-bench/baseline.json says; \
         if that is meant: cargo xtask bench --write"
    );
    Ok(())
}

/// Writes what was counted as the baseline.
///
/// # Errors
///
/// Where valgrind is missing, a call by hand was not counted, or the file can't be written.
pub fn write(counts: &BTreeMap<Case, Count>) -> Result<()> {
    let rounded = |ratio: f64| (ratio * 1000.0).round() / 1000.0;
    let costs: Result<BTreeMap<String, Cost>> = costs(counts)?
        .into_iter()
        .map(|(case, cost)| {
            let instructions = cost.instructions.context("a baseline needs valgrind")?;
            let cost = Cost {
                instructions: Some(rounded(instructions)),
                allocations: rounded(cost.allocations),
            };
            Ok((case, cost))
        })
        .collect();
    std::fs::write(FILE, serde_json::to_string_pretty(&costs?)? + "\n").context(FILE)
}

fn costs(counts: &BTreeMap<Case, Count>) -> Result<Vec<(String, Cost)>> {
    let ours = counts.iter().filter(|(case, _)| case.name.is_ours());
    ours.map(|(case, own)| {
        let by_hand = counts
            .get(&case.by_hand())
            .with_context(|| format!("{} was not counted", case.by_hand()))?;
        let instructions = own.instructions.zip(by_hand.instructions);
        let cost = Cost {
            instructions: instructions.map(|(own, by_hand)| own / by_hand),
            allocations: own.allocations / by_hand.allocations,
        };
        Ok((case.to_string(), cost))
    })
    .collect()
}

fn shown(ratio: Option<f64>) -> String {
    ratio.map_or_else(|| "SKIPPED".to_owned(), |ratio| format!("{ratio:.3}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_per_cent_more_than_the_baseline_passes() {
        let limit = Cost {
            instructions: Some(0.9),
            allocations: 0.8,
        };
        let exceeds = |instructions, allocations| {
            let cost = Cost {
                instructions,
                allocations,
            };
            cost.exceeds(limit, TOLERANCE)
        };
        assert!(!exceeds(Some(0.944), 0.839));
        assert!(exceeds(Some(0.946), 0.8));
        assert!(exceeds(Some(0.9), 0.841));
        assert!(!exceeds(None, 0.8));
        assert!(exceeds(None, 0.841));
    }
}
