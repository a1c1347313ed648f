//! What each crate may depend on.

use crate::workspace::{self, tree};
use anyhow::{Result, ensure};
use std::collections::BTreeSet;

/// The most crates that a vendor crate, or the facade with all of them, may bring, https included and
/// itself counted. What build scripts need is not.
const MAX_CRATES: usize = 100;

/// What the common types must not depend on.
const REFUSED_IN_CORE: [&str; 4] = ["reqwest", "hyper", "rustls", "tokio"];

/// Checks the rules on dependencies and prints how many crates each library brings. `features` are those of the
/// facade that switch the vendor crates on.
pub(super) fn check(features: &str) -> Result<()> {
    let vendors = workspace::vendors(workspace::root())?;
    for vendor in &vendors {
        let others = vendors.iter().filter(|other| *other != vendor);
        let others: Vec<_> = others.map(String::as_str).collect();
        let brings = brings(vendor, &["--features", "rustls"], &others)?;
        at_most(vendor, &brings)?;
    }
    at_most(
        "numbers",
        &brings("numbers", &["--features", features], &[])?,
    )?;
    in_one_version_each(&brings("numbers", &["--all-features"], &[])?)?;
    brings("numbers-core", &["--no-default-features"], &REFUSED_IN_CORE)?;
    let vendors: Vec<_> = vendors.iter().map(String::as_str).collect();
    brings("numbers", &["--no-default-features"], &vendors)?;
    Ok(())
}

/// The crates that a package brings, itself included: each as name and version. Prints how many they are, and
/// refuses those that it must not bring.
fn brings(package: &str, features: &[&str], refused: &[&str]) -> Result<BTreeSet<String>> {
    let lines = tree(package, "{p}", features)?;
    let words = |line: &str| {
        line.split_whitespace()
            .take(2)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let crates: BTreeSet<_> = lines.lines().map(words).collect();
    let shown = features.join(" ");
    eprintln!("       {package} {shown}: {} crates", crates.len());
    for krate in crates.iter().map(|krate| name(krate)) {
        ensure!(
            !refused.contains(&krate),
            "{package} {shown} depends on {krate}"
        );
    }
    Ok(crates)
}

fn name(krate: &str) -> &str {
    krate.split(' ').next().unwrap_or_default()
}

fn at_most(whose: &str, crates: &BTreeSet<String>) -> Result<()> {
    let count = crates.len();
    ensure!(
        count <= MAX_CRATES,
        "{whose} brings {count} crates, more than {MAX_CRATES}"
    );
    Ok(())
}

/// Refuses a crate in two versions, which users would compile twice.
fn in_one_version_each(crates: &BTreeSet<String>) -> Result<()> {
    for (one, next) in crates.iter().zip(crates.iter().skip(1)) {
        ensure!(name(one) != name(next), "numbers brings {one} and {next}");
    }
    Ok(())
}
