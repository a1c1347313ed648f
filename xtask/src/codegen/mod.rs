//! `cargo xtask codegen`: generates code and docs from the contracts.

mod builder;
mod client;
mod facade;
mod objects;
mod page;
mod prose;
mod regions;
mod replay;
mod rust;
mod tables;
mod wire;

pub use crate::files::{File, Stale};
pub(crate) use prose::line;
pub(crate) use rust::format;
pub(crate) use wire::ident;

use crate::contract::{Contract, Refusal, Refusals};
use crate::files;
use crate::workspace;
use anyhow::{Context, Result};
use std::fmt;
use std::path::{Path, PathBuf};

/// The command that updates stale files.
pub const COMMAND: &str = "cargo xtask codegen";

/// Reads the contracts of a workspace.
///
/// # Errors
///
/// [`Invalid`] with the errors of every contract; also if a folder can't be read.
pub fn contracts(root: &Path) -> Result<Vec<Contract>> {
    let mut contracts = Vec::new();
    let mut refused = Vec::new();
    for folder in workspace::vendors(root)? {
        match Contract::load(&folder) {
            Ok(contract) => contracts.push(contract),
            Err(refusals) => refused.push(refusals),
        }
    }
    if refused.is_empty() {
        return together(contracts);
    }
    Err(Invalid(refused).into())
}

/// Sorts contracts by vendor.
///
/// # Errors
///
/// [`Invalid`] if two have the same vendor.
pub(crate) fn together(mut contracts: Vec<Contract>) -> Result<Vec<Contract>> {
    contracts.sort_by(|one, next| one.vendor().cmp(next.vendor()));
    let twins = contracts.iter().zip(contracts.iter().skip(1));
    let twins = twins.filter(|(one, next)| one.vendor() == next.vendor());
    let refused: Vec<_> = twins
        .map(|(one, next)| {
            let what = format!(
                "x-vendor {} is already the vendor of crates/{}",
                next.vendor(),
                one.krate
            );
            next.refuse(Refusal::at(&next.document.vendor, what))
        })
        .collect();
    if refused.is_empty() {
        return Ok(contracts);
    }
    Err(Invalid(refused).into())
}

/// Invalid contracts.
#[derive(Debug)]
pub struct Invalid(Vec<Refusals>);

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&all.join("\n"))
    }
}

impl std::error::Error for Invalid {}

impl From<Refusals> for Invalid {
    fn from(refusals: Refusals) -> Self {
        Self(vec![refusals])
    }
}

/// Every file that is generated as a whole or in part.
///
/// # Errors
///
/// If a file with regions can't be read or lacks one, or if rustfmt fails.
pub fn generate(root: &Path, contracts: &[Contract]) -> Result<Vec<File>> {
    generate_over(root, &[], contracts)
}

/// As [`generate`], with files that are not written yet.
pub(crate) fn generate_over(
    root: &Path,
    fresh: &[File],
    contracts: &[Contract],
) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for contract in contracts {
        files.extend(vendor_files(contract)?);
    }
    for (path, tables) in tables::places(contracts)? {
        let text = match fresh.iter().find(|file| file.path == path) {
            Some(file) => file.text.clone(),
            None => std::fs::read_to_string(root.join(&path))
                .with_context(|| format!("could not read {}", path.display()))?,
        };
        let text = regions::fill(&text, &tables).with_context(|| format!("{}", path.display()))?;
        files.push(File { path, text });
    }
    Ok(files)
}

/// The fully generated files of a vendor.
///
/// # Errors
///
/// If rustfmt fails.
pub fn vendor_files(contract: &Contract) -> Result<Vec<File>> {
    let folder = Path::new("crates").join(&contract.krate);
    let page = Path::new("docs/vendors")
        .join(contract.vendor())
        .with_extension("md");
    Ok(vec![
        File {
            path: folder.join("src/wire.rs"),
            text: wire::print(contract)?,
        },
        File {
            path: folder.join("src/builder.rs"),
            text: builder::print(contract)?,
        },
        File {
            path: folder.join("src/client.rs"),
            text: client::print(contract)?,
        },
        File {
            path: folder.join("tests/contract.rs"),
            text: replay::print(contract)?,
        },
        File {
            path: page,
            text: page::print(contract)?,
        },
    ])
}

/// Writes stale files, removes leftover ones, and returns their paths.
///
/// # Errors
///
/// As for [`stale`], and if a file can't be written.
pub fn write(root: &Path) -> Result<Vec<PathBuf>> {
    let contracts = contracts(root)?;
    put(root, generate(root, &contracts)?)
}

/// Writes the files that differ, removes leftover ones, and returns their paths.
pub(crate) fn put(root: &Path, files: Vec<File>) -> Result<Vec<PathBuf>> {
    let mut changed = Vec::new();
    for path in left_over(root, &files)? {
        std::fs::remove_file(root.join(&path))?;
        changed.push(path);
    }
    changed.extend(files::write(root, files)?);
    Ok(changed)
}

/// Files that are outdated, edited, missing or left over. Writes nothing.
///
/// # Errors
///
/// As for [`contracts`] and [`generate`].
pub fn stale(root: &Path) -> Result<Vec<Stale>> {
    let contracts = contracts(root)?;
    let files = generate(root, &contracts)?;
    let mut stale = Vec::new();
    for path in left_over(root, &files)? {
        let text = std::fs::read_to_string(root.join(&path))?;
        stale.push(Stale::new(path, &text, ""));
    }
    stale.extend(files::stale(root, files));
    Ok(stale)
}

/// Generated files without a contract.
fn left_over(root: &Path, files: &[File]) -> Result<Vec<PathBuf>> {
    let mut places = vec![root.join("docs/vendors")];
    for entry in root.join("crates").read_dir()? {
        let folder = entry?.path();
        places.extend([folder.join("src"), folder.join("tests")]);
    }
    let mut left = Vec::new();
    for folder in places.iter().filter(|folder| folder.is_dir()) {
        for entry in folder.read_dir()? {
            let place = entry?.path();
            let path = place.strip_prefix(root)?.to_owned();
            let ours = place.is_file()
                && files.iter().all(|file| file.path != path)
                && std::fs::read_to_string(&place).is_ok_and(|text| {
                    let mut head = text.lines().take(8);
                    head.any(|line| [WRITTEN_RUST, WRITTEN_PAGE].contains(&line))
                });
            if ours {
                left.push(path);
            }
        }
    }
    left.sort();
    Ok(left)
}

/// The line that marks a generated Rust file.
const WRITTEN_RUST: &str =
    "//! Generated by `cargo xtask codegen` from `contract/openapi.yaml`; edit that file instead.";

/// The line that marks a generated page.
const WRITTEN_PAGE: &str =
    "<!-- Generated by `cargo xtask codegen` from the contract; edit that file instead. -->";
