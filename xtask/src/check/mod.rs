//! `cargo xtask check`: everything but the tests that must hold before a change lands.

mod consumer;
mod links;
mod tools;
mod tree;

use crate::api::{self, OtherFormat};
use crate::codegen;
use crate::contract::Contract;
use crate::files::Stale;
use crate::workspace;
use anyhow::{Result, ensure};
use xshell::cmd;

/// Runs all checks, the quick ones first, and stops at the first that fails.
///
/// # Errors
///
/// The check that failed.
pub fn check() -> Result<()> {
    let contracts = codegen::contracts(workspace::root())?;
    let features: Vec<_> = contracts.iter().map(Contract::vendor).collect();
    let features = features.join(",");
    let shell = workspace::shell()?;
    note("formatting");
    cmd!(shell, "cargo fmt --all --check").run()?;
    note("what is generated");
    none_stale(&codegen::stale(workspace::root())?, codegen::COMMAND)?;
    note("links between pages");
    links::check()?;
    note("dependencies");
    tree::check(&features)?;
    note("licences and sources");
    tools::deny()?;
    note("lints, everything at once");
    cmd!(
        shell,
        "cargo clippy --workspace --all-targets --all-features --quiet"
    )
    .args(["--", "-D", "warnings"])
    .run()?;
    note("lints, each feature alone");
    tools::each_feature()?;
    note("the public API");
    public_api()?;
    note("what users write");
    consumer::check()?;
    note("the facade without TLS, which no other run of the tests builds");
    cmd!(
        shell,
        "cargo test --quiet --package numbers --test without_tls"
    )
    .args(["--no-default-features", "--features", &features])
    .run()?;
    note("documentation");
    cmd!(
        shell,
        "cargo doc --workspace --all-features --no-deps --quiet"
    )
    .env("RUSTDOCFLAGS", "-D warnings")
    .run()?;
    Ok(())
}

fn public_api() -> Result<()> {
    match api::check() {
        Ok(stale) => none_stale(&stale, api::COMMAND),
        Err(error) if error.is::<OtherFormat>() => {
            note(&format!("SKIPPED, {error:#}"));
            Ok(())
        }
        Err(error) => Err(error),
    }
}

fn none_stale(stale: &[Stale], command: &str) -> Result<()> {
    let diffs: String = stale.iter().map(ToString::to_string).collect();
    ensure!(stale.is_empty(), "{diffs}run `{command}`");
    Ok(())
}

fn note(what: &str) {
    eprintln!("check: {what}");
}
