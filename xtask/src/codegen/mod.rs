//! `cargo xtask codegen`: generates code and docs from the contracts.

mod fixture;
mod format;
mod objects;
mod places;
mod reading;
mod regions;
mod template;
mod view;

use crate::contract::{Contract, Refusal, Refusals};
use crate::files::{self, File, Stale};
use crate::workspace::{self, Folder, is_generated};
use anyhow::{Context, Result};
use minijinja::context;
use minijinja::value::Value;
use std::fmt;
use std::path::{Path, PathBuf};
use template::render;

/// The command that updates stale files.
pub const COMMAND: &str = "cargo xtask codegen";

/// Reads the contracts of a workspace, sorted by vendor.
///
/// # Errors
///
/// [`Invalid`] with the errors of every contract; also if a folder can't be read.
pub fn contracts(root: &Path) -> Result<Vec<Contract>> {
    let (mut contracts, mut refused): (Vec<Contract>, Vec<_>) = (Vec::new(), Vec::new());
    for folder in workspace::vendors(root)? {
        match Contract::load(&folder) {
            Ok(contract) => contracts.push(contract),
            Err(refusals) => refused.push(refusals),
        }
    }
    if !refused.is_empty() {
        return Err(Invalid(refused).into());
    }
    contracts.sort_by(|one, next| one.vendor().cmp(next.vendor()));
    for (at, contract) in contracts.iter().enumerate() {
        ensure_new(contract, contracts.get(..at).unwrap_or_default())?;
    }
    Ok(contracts)
}

/// Checks that none of `others` is of the same vendor.
pub(crate) fn ensure_new(contract: &Contract, others: &[Contract]) -> Result<(), Invalid> {
    let vendor = &contract.document.vendor;
    let Some(other) = others.iter().find(|it| it.vendor() == vendor.value) else {
        return Ok(());
    };
    let (name, krate) = (&vendor.value, &other.krate);
    let what = format!("x-vendor {name} is already the vendor of crates/{krate}");
    Err(Invalid(vec![Refusals {
        file: contract.file.clone(),
        found: vec![Refusal::at(vendor, what)],
    }]))
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
    let mut files = drafts(root, contracts)?;
    format::format(&mut files)?;
    files.extend(filled(root, contracts)?);
    Ok(files)
}

/// The files that are generated as a whole, before they are formatted.
///
/// # Errors
///
/// Never for a valid contract.
pub fn drafts(root: &Path, contracts: &[Contract]) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for contract in contracts {
        let facts = alone(contract)?;
        let folder = Folder {
            name: contract.krate.clone(),
            path: root.join("crates").join(&contract.krate),
        };
        for (path, template) in places::FILES {
            if !(places::MAY_BE_BY_HAND.contains(path) && folder.is_by_hand(path)) {
                let path = Path::new("crates").join(&contract.krate).join(path);
                let text = render(template, &facts)?;
                files.push(File { path, text });
            }
        }
        let path = Path::new("docs/vendors").join(contract.vendor());
        files.push(File {
            path: path.with_extension("md"),
            text: render("page.md", &facts)?,
        });
    }
    Ok(files)
}

/// The files with regions, filled.
fn filled(root: &Path, contracts: &[Contract]) -> Result<Vec<File>> {
    let views = contracts
        .iter()
        .map(view::view)
        .collect::<Result<Vec<_>>>()?;
    let all = lists(&views)?;
    let mut files = Vec::new();
    let mut fill = |path: PathBuf, regions: &[places::Region], facts: &Value| -> Result<()> {
        let text = std::fs::read_to_string(root.join(&path))
            .with_context(|| format!("could not read {}", path.display()))?;
        let one = |(name, template): &places::Region| Ok((*name, render(template, facts)?));
        let regions = regions.iter().map(one).collect::<Result<Vec<_>>>()?;
        let text = regions::fill(&text, &regions).with_context(|| path.display().to_string())?;
        files.push(File { path, text });
        Ok(())
    };
    for (path, regions) in places::REGIONS {
        fill(path.into(), regions, &all)?;
    }
    for contract in contracts {
        let path = Path::new("crates").join(&contract.krate).join("README.md");
        fill(path, places::README, &alone(contract)?)?;
    }
    Ok(files)
}

/// The facts of one vendor, which is also the whole list.
fn alone(contract: &Contract) -> Result<Value> {
    let facts = view::view(contract)?;
    let list = lists(std::slice::from_ref(&facts))?;
    Ok(context! { ..facts, ..list })
}

/// The lists of vendors: by name, and by crate as rustfmt and cargo sort them.
fn lists(views: &[Value]) -> Result<Value> {
    let mut by_crate = views.to_vec();
    by_crate.sort_by_key(|view| view.get_attr("krate").map(|it| it.to_string()).ok());
    Ok(context! { vendors => views, by_crate })
}

/// The files of a vendor's crate that are written by hand, as a first draft.
///
/// # Errors
///
/// Never for a valid contract.
pub fn skeleton(contract: &Contract) -> Result<Vec<File>> {
    let facts = alone(contract)?;
    let folder = Path::new("crates").join(&contract.krate);
    let mut files = vec![File {
        path: folder.join(Folder::CONTRACT),
        text: contract.text.clone(),
    }];
    for (path, template) in places::NEW {
        files.push(File {
            path: folder.join(path),
            text: render(template, &facts)?,
        });
    }
    format::format(&mut files)?;
    Ok(files)
}

/// Writes stale files, removes leftover ones, and returns their paths.
///
/// # Errors
///
/// As for [`stale`], and if a file can't be written.
pub fn write(root: &Path) -> Result<Vec<PathBuf>> {
    let contracts = contracts(root)?;
    let files = generate(root, &contracts)?;
    let mut changed = left_over(root, &files)?;
    for path in &changed {
        std::fs::remove_file(root.join(path))?;
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
        let inner = ["", "src", "examples", "tests", "tests/common"];
        places.extend(inner.map(|inner| folder.join(inner)));
    }
    let mut left = Vec::new();
    for folder in places.iter().filter(|folder| folder.is_dir()) {
        for entry in folder.read_dir()? {
            let place = entry?.path();
            let path = place.strip_prefix(root)?.to_owned();
            if place.is_file()
                && files.iter().all(|file| file.path != path)
                && std::fs::read_to_string(&place).is_ok_and(|text| is_generated(&text))
            {
                left.push(path);
            }
        }
    }
    left.sort();
    Ok(left)
}
