//! `cargo xtask contract mutate`: changes one fact at a time, generates, and sees whether a test
//! that was written by hand notices.
//!
//! The replay of the contract's own examples is left out: it is generated from the changed contract,
//! so it proves nothing here.

mod facts;

pub use facts::{FACTS, Fact};

use super::{Contract, FILE};
use crate::codegen;
use crate::workspace::{self, cargo, output};
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};

impl Fact {
    /// A contract's text with this fact changed.
    ///
    /// # Errors
    ///
    /// Where the text does not say what is to be changed.
    pub fn change(&self, text: &str) -> Result<String> {
        let mut changed = text.to_owned();
        for (from, to) in self.edits {
            ensure!(
                changed.contains(from),
                "{} of {}: the contract does not say {from:?}",
                self.name,
                self.krate
            );
            changed = changed.replace(from, to);
        }
        Ok(changed)
    }
}

/// What became of a changed fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The gate refused the contract.
    Refused,
    /// The crate does not compile any more.
    NotCompiled,
    /// A test failed.
    TestFailed,
    /// Nobody noticed.
    Survived,
}

/// Changes every fact of a vendor's crate, or of all, in a copy of the workspace, and reports each as
/// it is known.
///
/// # Errors
///
/// Where the copy can't be made, or its tests fail before anything is changed.
pub fn run(only: Option<&str>, mut report: impl FnMut(&Fact, Fate)) -> Result<()> {
    let copy = tempfile::tempdir()?;
    let root = copy.path();
    copy_to(root)?;
    for fact in FACTS
        .iter()
        .filter(|fact| only.is_none_or(|only| only == fact.krate))
    {
        let place = root.join("crates").join(fact.krate).join(FILE);
        let text = std::fs::read_to_string(&place)?;
        report(fact, fate(root, fact, &text)?);
        std::fs::write(&place, &text)?;
        codegen::write(root)?;
    }
    Ok(())
}

fn fate(root: &Path, fact: &Fact, text: &str) -> Result<Fate> {
    let changed = fact.change(text)?;
    if Contract::read(fact.krate, &changed).is_err() {
        return Ok(Fate::Refused);
    }
    std::fs::write(root.join("crates").join(fact.krate).join(FILE), changed)?;
    codegen::write(root)?;
    let passes = |arguments: &[&str]| -> Result<bool> {
        let mut cargo = cargo();
        cargo
            .current_dir(root)
            .env("CARGO_TARGET_DIR", target())
            .args(["test", "--quiet", "--offline", "--package", fact.krate])
            .args(arguments);
        let output = cargo.output().context("could not start cargo")?;
        Ok(output.status.success())
    };
    let mut tests = vec!["--lib".to_owned()];
    tests.extend(
        by_hand(root, fact.krate)?
            .into_iter()
            .map(|name| format!("--test={name}")),
    );
    let mut tests: Vec<&str> = tests.iter().map(String::as_str).collect();
    if passes(&tests)? {
        return Ok(Fate::Survived);
    }
    tests.push("--no-run");
    Ok(if passes(&tests)? {
        Fate::TestFailed
    } else {
        Fate::NotCompiled
    })
}

/// Where this workspace is built: what it depends on is there already.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| workspace::root().join("target"), PathBuf::from)
}

/// The integration tests of a crate but the generated one.
fn by_hand(root: &Path, krate: &str) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in root.join("crates").join(krate).join("tests").read_dir()? {
        let path = entry?.path();
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name != "contract"
            && (path.extension().is_some_and(|end| end == "rs") || path.join("main.rs").exists())
        {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Copies what git knows of, or would.
fn copy_to(root: &Path) -> Result<()> {
    let mut git = std::process::Command::new("git");
    git.current_dir(workspace::root()).args([
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
    ]);
    for path in output(&mut git)?.lines() {
        let (from, to) = (workspace::root().join(path), root.join(path));
        if let (Some(folder), true) = (to.parent(), from.is_file()) {
            std::fs::create_dir_all(folder)?;
            std::fs::copy(from, to).with_context(|| format!("could not copy {path}"))?;
        }
    }
    Ok(())
}
