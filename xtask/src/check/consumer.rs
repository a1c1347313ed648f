//! What users write: the crates in `xtask/consumer`, in a workspace of their own.

use crate::workspace::{root, shell, target};
use anyhow::Result;
use xshell::cmd;

/// Each is built alone, so that it has the features that it asks for and no more.
const PACKAGES: [&str; 3] = ["own-vendor", "one-vendor", "several-vendors"];

/// Formats, lints and tests them.
pub(super) fn check() -> Result<()> {
    let folder = root().join("xtask/consumer");
    // The same versions, so that what is built for the workspace serves here too.
    std::fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    let shell = shell()?;
    shell.change_dir(folder);
    shell.set_var("CARGO_TARGET_DIR", target()?);
    cmd!(shell, "cargo fmt --check").run()?;
    for package in PACKAGES {
        cmd!(shell, "cargo test --quiet --lib --package {package}").run()?;
    }
    Ok(())
}
