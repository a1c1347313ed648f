//! `cargo xtask new-vendor`: creates a vendor's crate from its contract. The crate compiles. What the contract
//! does not contain is marked `FILL IN`, and its tests fail until it is filled in.

mod parts;
mod response;

use crate::codegen::{self, File, Invalid};
use crate::contract::{Contract, FILE};
use anyhow::{Context, Result, ensure};
use parts::Parts;
use std::path::{Path, PathBuf};

/// The files of a crate and their templates.
const FILES: &[(&str, &str)] = &[
    ("Cargo.toml", include_str!("templates/Cargo.toml.txt")),
    ("README.md", include_str!("templates/README.md.txt")),
    (
        "contract/PROVENANCE.md",
        include_str!("templates/PROVENANCE.md.txt"),
    ),
    ("src/lib.rs", include_str!("templates/lib.rs.txt")),
    ("src/response.rs", include_str!("templates/response.rs.txt")),
    ("src/id.rs", include_str!("templates/id.rs.txt")),
    (
        "examples/release.rs",
        include_str!("templates/release.rs.txt"),
    ),
    (
        "tests/common/mod.rs",
        include_str!("templates/common.rs.txt"),
    ),
    (
        "tests/outcomes.rs",
        include_str!("templates/outcomes.rs.txt"),
    ),
    ("tests/request.rs", include_str!("templates/request.rs.txt")),
];

/// Writes the crate `krate` from the contract in `file`, and everything that is generated. Returns the paths
/// of the written files. On an error, nothing of the crate is written.
///
/// # Errors
///
/// [`Invalid`] if the contract is invalid or can't be read, if its vendor has a crate already, or if its
/// success schema accepts any object. Also if the crate's name is invalid or taken, or if a file can't be
/// written.
pub fn write(root: &Path, krate: &str, file: &Path) -> Result<Vec<PathBuf>> {
    ensure!(
        is_name(krate),
        "{krate} is not a valid crate name: expected lower-case letters, digits and hyphens"
    );
    let folder = Path::new("crates").join(krate);
    ensure!(
        !root.join(&folder).exists(),
        "crates/{krate} exists already"
    );
    let contract = Contract::open(krate, file).map_err(Invalid::from)?;
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("could not read {}", file.display()))?;
    let mut files = vec![File {
        path: folder.join(FILE),
        text,
    }];
    files.extend(from_templates(&folder, &contract)?);
    let mut contracts = codegen::contracts(root)?;
    contracts.push(contract);
    let contracts = codegen::together(contracts)?;
    let generated = codegen::generate_over(root, &files, &contracts)?;
    files.retain(|file| generated.iter().all(|other| other.path != file.path));
    files.extend(generated);
    codegen::put(root, files)
}

/// The handwritten files, from templates.
fn from_templates(folder: &Path, contract: &Contract) -> Result<Vec<File>> {
    let parts = Parts::from_contract(contract)?;
    let mut files = Vec::new();
    for (name, template) in FILES {
        let mut text = parts.fill(template);
        if name.ends_with(".rs") {
            text = codegen::format(&text)?;
        }
        let path = folder.join(name);
        files.push(File { path, text });
    }
    Ok(files)
}

/// Whether it is a valid crate name.
fn is_name(krate: &str) -> bool {
    krate.starts_with(|letter: char| letter.is_ascii_lowercase())
        && krate
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-')
}
