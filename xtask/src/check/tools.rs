//! Checks by optional tools: without one, its check says that it is skipped and how to install the tool.

use crate::workspace::shell;
use anyhow::Result;
use xshell::cmd;

/// Licences and sources of all that is in the lock file, as `deny.toml` allows them. It needs no network where the
/// crates of every platform are downloaded (`cargo fetch`).
pub(super) fn deny() -> Result<()> {
    if !installed("deny")? {
        return Ok(());
    }
    let shell = shell()?;
    let deny = cmd!(shell, "cargo deny --locked check --hide-inclusion-graph");
    Ok(deny.args(["bans", "licenses", "sources"]).run()?)
}

/// Lints every package without features, and with each one alone: what only compiles beside another feature shows
/// here.
pub(super) fn each_feature() -> Result<()> {
    if !installed("hack")? {
        return Ok(());
    }
    let shell = shell()?;
    let hack = cmd!(
        shell,
        "cargo hack clippy --quiet --workspace --each-feature"
    );
    Ok(hack
        .args(["--exclude-features", "default", "--exclude-all-features"])
        .args(["--", "-D", "warnings"])
        .run()?)
}

/// Whether cargo has a subcommand; says so where it has not.
fn installed(name: &str) -> Result<bool> {
    let shell = shell()?;
    let version = cmd!(shell, "cargo {name} --version").quiet();
    let there = version.ignore_stdout().ignore_stderr().run().is_ok();
    if !there {
        eprintln!("check: SKIPPED, no cargo-{name}: cargo install --locked cargo-{name}");
    }
    Ok(there)
}
