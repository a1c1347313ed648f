//! `cargo xtask check`: everything but the tests that must hold before a change lands.

mod consumer;
mod links;
mod tools;
mod tree;

use crate::api::{self, OtherFormat};
use crate::codegen;
use crate::contract::Contract;
use crate::files::Stale;
use crate::workspace::{self, cargo, run};
use anyhow::{Result, ensure};

/// Runs all checks, the quick ones first, and stops at the first that fails.
///
/// # Errors
///
/// The check that failed.
pub fn check() -> Result<()> {
    let contracts = codegen::contracts(workspace::root())?;
    let features: Vec<_> = contracts.iter().map(Contract::vendor).collect();
    let features = features.join(",");
    say("formatting");
    run(cargo().args(["fmt", "--all", "--check"]))?;
    say("what is generated");
    none_stale(&codegen::stale(workspace::root())?, codegen::COMMAND)?;
    say("links between pages");
    links::check()?;
    say("dependencies");
    tree::check(&features)?;
    say("licences and sources");
    tools::deny()?;
    say("lints, everything at once");
    run(cargo()
        .args(["clippy", "--workspace", "--all-targets", "--all-features"])
        .args(["--quiet", "--", "-D", "warnings"]))?;
    say("lints, each feature alone");
    tools::each_feature()?;
    say("the public API");
    public_api()?;
    say("what users write");
    consumer::check()?;
    say("the facade without TLS, which no other run of the tests builds");
    run(cargo()
        .args([
            "test",
            "--quiet",
            "--package",
            "numbers",
            "--test",
            "without_tls",
        ])
        .args(["--no-default-features", "--features", &features]))?;
    say("documentation");
    run(cargo().env("RUSTDOCFLAGS", "-D warnings").args([
        "doc",
        "--workspace",
        "--all-features",
        "--no-deps",
        "--quiet",
    ]))
}

fn public_api() -> Result<()> {
    match api::check() {
        Ok(stale) => none_stale(&stale, api::COMMAND),
        Err(error) if error.is::<OtherFormat>() => {
            say(&format!("SKIPPED, {error:#}"));
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

fn say(what: &str) {
    eprintln!("check: {what}");
}
