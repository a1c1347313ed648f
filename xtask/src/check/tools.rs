//! Checks by tools that not everybody has: without one, its check says that it is skipped and how to install the
//! tool.

use crate::workspace::{cargo, run};
use anyhow::Result;
use std::process::Stdio;

/// Licences and sources of all that is in the lock file, as `deny.toml` allows them. It needs no network where the
/// crates of every platform are downloaded (`cargo fetch`).
pub(super) fn deny() -> Result<()> {
    if !installed("deny") {
        return Ok(());
    }
    run(cargo()
        .args(["deny", "--locked", "check", "--hide-inclusion-graph"])
        .args(["bans", "licenses", "sources"]))
}

/// Lints every package without features, and with each one alone: what only compiles beside another feature shows
/// here.
pub(super) fn each_feature() -> Result<()> {
    if !installed("hack") {
        return Ok(());
    }
    run(cargo()
        .args(["hack", "clippy", "--quiet", "--workspace", "--each-feature"])
        .args(["--exclude-features", "default", "--exclude-all-features"])
        .args(["--", "-D", "warnings"]))
}

/// Whether cargo has a subcommand; says so where it has not.
fn installed(name: &str) -> bool {
    let version = cargo()
        .args([name, "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let there = version.is_ok_and(|status| status.success());
    if !there {
        eprintln!("check: SKIPPED, no cargo-{name}: cargo install --locked cargo-{name}");
    }
    there
}
