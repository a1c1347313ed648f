//! `cargo xtask contract mutate`: changes one fact at a time, regenerates, and checks that a handwritten
//! test fails.
//!
//! Generated tests do not count: they come from the changed contract.

use super::{Contract, FILE};
use crate::codegen;
use crate::workspace::{self, Folder, cargo, output};
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::path::Path;

/// The facts of a contract, and how to change them.
const MUTATIONS: &str = "contract/mutations.yaml";

/// A fact of a contract, and how to change it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Which fact.
    #[serde(rename = "fact")]
    pub name: String,
    /// Replacements. Several if one alone would make the contract invalid.
    edits: Vec<Edit>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    from: String,
    to: String,
}

impl Fact {
    /// The facts of a vendor's contract.
    ///
    /// # Errors
    ///
    /// If their file can't be read.
    pub fn all(folder: &Folder) -> Result<Vec<Self>> {
        let path = folder.path.join(MUTATIONS);
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("could not read {}", path.display()))?;
        serde_saphyr::from_str(&text).with_context(|| format!("{}", path.display()))
    }

    /// A contract's text with this fact changed.
    ///
    /// # Errors
    ///
    /// If the text does not contain what is to be replaced.
    pub fn change(&self, text: &str) -> Result<String> {
        let mut changed = text.to_owned();
        for Edit { from, to } in &self.edits {
            ensure!(
                changed.contains(from),
                "{}: the contract does not say {from:?}",
                self.name
            );
            changed = changed.replace(from, to);
        }
        Ok(changed)
    }
}

/// The result of a changed fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MutationResult {
    /// The contract is invalid.
    Refused,
    /// The crate does not compile.
    NotCompiled,
    /// A test of the crate failed.
    TestFailed,
    /// Only the check against `contract/literals.txt` failed.
    LiteralFailed,
    /// Nothing failed.
    Survived,
}

/// Changes every fact of one vendor's crate, or of all, in a copy of the workspace. Reports each result
/// with the name of the crate.
///
/// # Errors
///
/// If no vendor has a crate of that name, or if the copy fails.
pub fn run(only: Option<&str>, mut report: impl FnMut(&str, &Fact, MutationResult)) -> Result<()> {
    if let Some(only) = only {
        let folders = workspace::vendors(workspace::root())?;
        let names: Vec<_> = folders.iter().map(|folder| folder.name.as_str()).collect();
        ensure!(
            names.contains(&only),
            "no vendor's crate {only}; expected one of: {}",
            names.join(", ")
        );
    }
    let copy = tempfile::tempdir()?;
    let root = copy.path();
    copy_to(root)?;
    for folder in workspace::vendors(root)? {
        if only.is_some_and(|only| only != folder.name) {
            continue;
        }
        let place = folder.path.join(FILE);
        let text = std::fs::read_to_string(&place)?;
        for fact in Fact::all(&folder)? {
            report(&folder.name, &fact, result(root, &folder, &fact, &text)?);
        }
        std::fs::write(&place, &text)?;
        codegen::write(root)?;
    }
    Ok(())
}

fn result(root: &Path, folder: &Folder, fact: &Fact, text: &str) -> Result<MutationResult> {
    let changed = fact.change(text)?;
    if Contract::read(&folder.name, &changed).is_err() {
        return Ok(MutationResult::Refused);
    }
    std::fs::write(folder.path.join(FILE), changed)?;
    codegen::write(root)?;
    let passes = |package: &str, arguments: &[&str]| -> Result<bool> {
        let mut cargo = cargo();
        cargo
            .current_dir(root)
            .env("CARGO_TARGET_DIR", workspace::target()?)
            .args(["test", "--quiet", "--offline", "--package", package])
            .args(arguments);
        let output = cargo.output().context("could not start cargo")?;
        Ok(output.status.success())
    };
    let mut tests = vec!["--lib".to_owned()];
    tests.extend(
        by_hand(folder)?
            .into_iter()
            .map(|name| format!("--test={name}")),
    );
    let mut tests: Vec<&str> = tests.iter().map(String::as_str).collect();
    if passes(&folder.name, &tests)? {
        let agree = passes(
            "xtask",
            &[
                "--test=facts",
                "generated_files_contain_the_facts_of_the_pages",
            ],
        )?;
        return Ok(if agree {
            MutationResult::Survived
        } else {
            MutationResult::LiteralFailed
        });
    }
    tests.push("--no-run");
    Ok(if passes(&folder.name, &tests)? {
        MutationResult::TestFailed
    } else {
        MutationResult::NotCompiled
    })
}

/// The integration tests of a crate, except the generated one.
fn by_hand(folder: &Folder) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in folder.path.join("tests").read_dir()? {
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

/// Copies every file that git does not ignore.
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
