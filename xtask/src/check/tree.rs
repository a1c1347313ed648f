//! What each crate may depend on.

use crate::workspace::{self, Package, cargo, output};
use anyhow::{Result, ensure};
use std::collections::BTreeSet;

/// The most crates that a vendor crate, or the facade with all of them, may bring, https included and
/// itself counted. What build scripts need is not.
const MOST: usize = 100;

/// What the common types must not bring.
const HEAVY: [&str; 4] = ["reqwest", "hyper", "rustls", "tokio"];

/// Checks the rules on dependencies and prints how many crates each library brings.
pub(super) fn check(packages: &[Package]) -> Result<()> {
    let vendors = workspace::vendors(workspace::root())?;
    let vendors: Vec<_> = vendors.into_iter().map(|folder| folder.name).collect();
    for vendor in &vendors {
        let tree = tree(vendor, &["--features", "rustls"])?;
        for other in vendors.iter().filter(|other| *other != vendor) {
            ensure!(
                !tree.contains(other),
                "{vendor} depends on {other}, another vendor"
            );
        }
        tree.at_most(MOST, vendor)?;
    }
    let all = features(packages)?;
    ensure!(!all.is_empty(), "the facade has no feature for a vendor");
    tree("numbers", &["--features", &all])?.at_most(MOST, "numbers with all vendors")?;
    tree("numbers", &["--all-features"])?.in_one_version_each()?;
    let core = tree("numbers-core", &["--no-default-features"])?;
    for heavy in HEAVY {
        ensure!(
            !core.contains(heavy),
            "numbers-core without features depends on {heavy}"
        );
    }
    eprintln!("       numbers-core: {} crates", core.len());
    let facade = tree("numbers", &["--no-default-features"])?;
    for vendor in &vendors {
        ensure!(
            !facade.contains(vendor),
            "numbers without features depends on {vendor}"
        );
    }
    eprintln!("       numbers without features: {} crates", facade.len());
    Ok(())
}

/// The features of the facade that switch the vendor crates on.
///
/// # Errors
///
/// If a folder can't be read.
pub(super) fn features(packages: &[Package]) -> Result<String> {
    let vendors = workspace::vendors(workspace::root())?;
    let facade = packages.iter().filter(|package| package.name == "numbers");
    let features = facade.flat_map(|facade| &facade.features);
    let brings_one = |enables: &[String]| {
        let mut enables = enables.iter().filter_map(|it| it.strip_prefix("dep:"));
        enables.any(|name| vendors.iter().any(|vendor| vendor.name == name))
    };
    let names = features
        .filter(|(_, enables)| brings_one(enables))
        .map(|(feature, _)| feature.as_str());
    Ok(names.collect::<Vec<_>>().join(","))
}

/// The crates that a package brings, itself included: each as name and version.
fn tree(package: &str, features: &[&str]) -> Result<Tree> {
    let lines = output(
        cargo()
            .args([
                "tree",
                "--edges",
                "normal",
                "--prefix",
                "none",
                "--no-dedupe",
                "--format",
                "{p}",
            ])
            .args(["--package", package])
            .args(features),
    )?;
    let words = |line: &str| line.split_whitespace().take(2).map(str::to_owned).collect();
    Ok(Tree(lines.lines().map(words).collect()))
}

struct Tree(BTreeSet<Vec<String>>);

impl Tree {
    fn len(&self) -> usize {
        self.0.len()
    }

    /// Prints how many crates it has, and refuses more of them than `most`.
    fn at_most(&self, most: usize, whose: &str) -> Result<()> {
        eprintln!("       {whose}: {} crates", self.len());
        ensure!(
            self.len() <= most,
            "{whose} brings {} crates, more than {most}",
            self.len()
        );
        Ok(())
    }

    /// Refuses a crate in two versions, which everybody would compile twice.
    fn in_one_version_each(&self) -> Result<()> {
        let mut names = self.0.iter().filter_map(|krate| krate.first());
        let mut before = names.next();
        for name in names {
            ensure!(
                before != Some(name),
                "numbers brings {name} in two versions"
            );
            before = Some(name);
        }
        Ok(())
    }

    fn contains(&self, name: &str) -> bool {
        self.0
            .iter()
            .any(|krate| krate.first().is_some_and(|first| first == name))
    }
}
