//! What users write: the crates in `xtask/consumer`, in a workspace of their own.

use crate::workspace::{cargo, root, run, target};
use anyhow::Result;

/// Each is built alone, so that it has the features that it asks for and no more.
const PACKAGES: [&str; 3] = ["own-vendor", "one-vendor", "several-vendors"];

/// Formats, lints and tests them.
pub(super) fn check() -> Result<()> {
    let folder = root().join("xtask/consumer");
    // The same versions, so that what is built for the workspace serves here too.
    std::fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    let target = target()?;
    let cargo = |arguments: &[&str]| {
        run(cargo()
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", &target)
            .args(arguments))
    };
    cargo(&["fmt", "--check"])?;
    for package in PACKAGES {
        cargo(&["test", "--quiet", "--lib", "--package", package])?;
    }
    Ok(())
}
