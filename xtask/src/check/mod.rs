//! `cargo xtask check`: everything but the tests that must hold before a change lands.

mod links;
mod tree;

use crate::codegen;
use crate::workspace::{self, Package, cargo, run};
use anyhow::{Result, ensure};

/// Runs all checks, the quick ones first, and stops at the first that fails.
///
/// # Errors
///
/// The check that failed.
pub fn check() -> Result<()> {
    let packages = workspace::packages()?;
    say("formatting");
    run(cargo().args(["fmt", "--all", "--check"]))?;
    say("what is generated");
    let stale = codegen::stale(workspace::root())?;
    let diffs: String = stale.iter().map(ToString::to_string).collect();
    ensure!(stale.is_empty(), "{diffs}`{}` mends it", codegen::COMMAND);
    say("links between pages");
    links::check()?;
    say("dependencies");
    tree::check(&packages)?;
    say("lints, everything at once");
    run(cargo()
        .args(["clippy", "--workspace", "--all-targets", "--all-features"])
        .args(DENY))?;
    for package in &packages {
        each_feature(package)?;
    }
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
        .args([
            "--no-default-features",
            "--features",
            "twochat,synthflow,exotel",
        ]))?;
    say("documentation");
    run(cargo().env("RUSTDOCFLAGS", "-D warnings").args([
        "doc",
        "--workspace",
        "--all-features",
        "--no-deps",
        "--quiet",
    ]))
}

const DENY: [&str; 4] = ["--quiet", "--", "-D", "warnings"];

/// Lints a package without features, and with each one alone: what only compiles beside another
/// feature shows here.
fn each_feature(package: &Package) -> Result<()> {
    let own = package.features.keys().filter(|name| *name != "default");
    for feature in std::iter::once("").chain(own.map(String::as_str)) {
        say(&format!("lints, {} with [{feature}] alone", package.name));
        run(cargo()
            .args([
                "clippy",
                "--no-default-features",
                "--package",
                &package.name,
            ])
            .args(["--features", feature])
            .args(DENY))?;
    }
    Ok(())
}

fn say(what: &str) {
    eprintln!("check: {what}");
}
