//! `cargo xtask codegen`: generates code and docs from the contracts.
//!
//! A template under `templates/crate` makes the file at the same path of each vendor's crate, and one under `new` a
//! first draft of one that is then written by hand. One under `regions`, or `crate-regions` for a vendor's crate, is
//! named after a file and a region of it.

mod fixture;
mod format;
mod objects;
mod reading;
mod regions;
mod template;
mod view;

use crate::contract::{Contract, Refusal, Refusals};
use crate::files::{self, File, Stale};
use crate::workspace::{self, CONTRACT};
use anyhow::{Context, Result};
use minijinja::context;
use minijinja::value::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use template::render;

/// The command that updates stale files.
pub const COMMAND: &str = "cargo xtask codegen";

/// The generated files of a vendor's crate that may be handwritten. One without the generator's mark is left alone.
const MAY_BE_BY_HAND: [&str; 2] = ["src/id.rs", "src/response.rs"];

/// Reads the contracts of a workspace, sorted by vendor.
///
/// # Errors
///
/// [`Refusals`] with the errors of every contract; also if a folder can't be read.
pub fn contracts(root: &Path) -> Result<Vec<Contract>> {
    let (mut contracts, mut refused) = (Vec::<Contract>::new(), Refusals::default());
    for name in workspace::vendors(root)? {
        let by_hand = is_by_hand(root, &name, "src/response.rs");
        let file = format!("crates/{name}/{CONTRACT}");
        match Contract::open(&name, &root.join(&file), file, by_hand) {
            Ok(contract) => contracts.push(contract),
            Err(refusals) => refused.extend(refusals),
        }
    }
    refused.none()?;
    contracts.sort_by(|one, next| one.vendor().cmp(next.vendor()));
    for (at, contract) in contracts.iter().enumerate() {
        ensure_new(contract, contracts.get(..at).unwrap_or_default())?;
    }
    Ok(contracts)
}

/// Checks that none of `others` is of the same vendor.
pub(crate) fn ensure_new(contract: &Contract, others: &[Contract]) -> Result<(), Refusals> {
    let vendor = &contract.document.vendor;
    let duplicates = others.iter().filter(|it| it.vendor() == vendor.value);
    let what = |other: &Contract| {
        let krate = &other.krate;
        format!(
            "x-vendor {} is already the vendor of crates/{krate}",
            vendor.value
        )
    };
    let found: Vec<_> = duplicates.map(|it| Refusal::at(vendor, what(it))).collect();
    Refusals::new(&contract.file, &found).none()
}

/// Every file that is generated as a whole or in part.
///
/// # Errors
///
/// If a file with regions can't be read or lacks one, or if rustfmt fails.
pub fn generate(root: &Path, contracts: &[Contract]) -> Result<Vec<File>> {
    let mut files = drafts(root, contracts)?;
    format::format(&mut files)?;
    let views: Vec<_> = contracts.iter().map(view::view).collect::<Result<_>>()?;
    files.extend(filled(root, Path::new(""), "regions", &lists(&views)?)?);
    for contract in contracts {
        let (folder, facts) = (folder(contract), alone(contract)?);
        files.extend(filled(root, &folder, "crate-regions", &facts)?);
    }
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
        let is_by_hand =
            |path: &str| MAY_BE_BY_HAND.contains(&path) && is_by_hand(root, &contract.krate, path);
        let mut paths = template::within("crate")?;
        paths.retain(|path| !is_by_hand(path));
        files.extend(whole(contract, "crate", paths, &facts)?);
        let page = Path::new("docs/vendors").join(contract.vendor());
        files.push(File {
            path: page.with_extension("md"),
            text: render("page.md", &facts)?,
        });
    }
    Ok(files)
}

/// The files of a vendor's crate that are written by hand, as a first draft.
///
/// # Errors
///
/// Never for a valid contract.
pub fn skeleton(contract: &Contract) -> Result<Vec<File>> {
    let paths = template::within("new")?;
    let mut files = whole(contract, "new", paths, &alone(contract)?)?;
    files.push(File {
        path: folder(contract).join(CONTRACT),
        text: contract.text.clone(),
    });
    format::format(&mut files)?;
    Ok(files)
}

/// The folder of a vendor's crate.
fn folder(contract: &Contract) -> PathBuf {
    Path::new("crates").join(&contract.krate)
}

/// The files at these paths in a vendor's crate, from the templates of a folder.
fn whole(
    contract: &Contract,
    templates: &str,
    paths: BTreeSet<&str>,
    facts: &Value,
) -> Result<Vec<File>> {
    let file = |path: &str| {
        let text = render(&format!("{templates}/{path}"), facts)?;
        let path = folder(contract).join(path);
        Ok(File { path, text })
    };
    paths.into_iter().map(file).collect()
}

/// Whether a file of a crate is there and not generated.
fn is_by_hand(root: &Path, krate: &str, file: &str) -> bool {
    let place = root.join("crates").join(krate).join(file);
    std::fs::read_to_string(place).is_ok_and(|text| !is_generated(&text))
}

/// Whether one of the first lines of a file is a comment that says so.
fn is_generated(text: &str) -> bool {
    let says_so = |line: &str| {
        ["//! ", "// ", "# ", "<!-- "]
            .iter()
            .filter_map(|start| line.strip_prefix(start))
            .any(|rest| rest.starts_with("Generated by `cargo xtask codegen` from "))
    };
    text.lines().take(8).any(says_so)
}

/// The files in `folder` whose regions have templates in the folder `templates`, filled.
fn filled(root: &Path, folder: &Path, templates: &str, facts: &Value) -> Result<Vec<File>> {
    let mut regions: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
    for name in template::within(templates)? {
        let (file, region) = name
            .rsplit_once('.')
            .context("a template without a region")?;
        let text = render(&format!("{templates}/{name}"), facts)?;
        regions
            .entry(folder.join(file))
            .or_default()
            .insert(region, text);
    }
    let files = regions.into_iter().map(|(path, regions)| {
        let text = std::fs::read_to_string(root.join(&path));
        let text = text
            .map_err(anyhow::Error::from)
            .and_then(|text| regions::fill(&text, regions));
        let text = text.with_context(|| path.display().to_string())?;
        Ok(File { path, text })
    });
    files.collect()
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

/// Writes stale files, removes leftover ones, and returns their paths.
///
/// # Errors
///
/// As for [`stale`], and if a file can't be written.
pub fn write(root: &Path) -> Result<Vec<PathBuf>> {
    files::write(root, all(root)?)
}

/// Files that are outdated, edited, missing or left over. Writes nothing.
///
/// # Errors
///
/// As for [`contracts`] and [`generate`].
pub fn stale(root: &Path) -> Result<Vec<Stale>> {
    Ok(files::stale(root, all(root)?))
}

/// Every generated file, and with no text the leftover ones.
fn all(root: &Path) -> Result<Vec<File>> {
    let mut files = generate(root, &contracts(root)?)?;
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
            if files.iter().all(|file| file.path != path)
                && std::fs::read_to_string(&place).is_ok_and(|text| is_generated(&text))
            {
                let text = String::new();
                left.push(File { path, text });
            }
        }
    }
    left.sort_by(|one, next| one.path.cmp(&next.path));
    left.append(&mut files);
    Ok(left)
}
