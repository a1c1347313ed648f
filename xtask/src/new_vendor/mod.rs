//! `cargo xtask new-vendor`: the rooms of a vendor's crate, from its contract. What comes out
//! compiles; what only the vendor's page can tell is marked `FILL IN`, and its tests fail until it is.

mod parts;

use crate::codegen;
use crate::contract::Contract;
use crate::workspace::Folder;
use anyhow::{Context, Result, ensure};
use parts::Parts;
use std::path::{Path, PathBuf};

/// The files of a crate, each with its template.
const FILES: &[(&str, &str)] = &[
    ("Cargo.toml", include_str!("templates/Cargo.toml.txt")),
    ("README.md", include_str!("templates/README.md.txt")),
    (
        "contract/PROVENANCE.md",
        include_str!("templates/PROVENANCE.md.txt"),
    ),
    ("src/lib.rs", include_str!("templates/lib.rs.txt")),
    ("src/answer.rs", include_str!("templates/answer.rs.txt")),
    ("src/client.rs", include_str!("templates/client.rs.txt")),
    ("src/config.rs", include_str!("templates/config.rs.txt")),
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

/// Writes what is missing of the crate `krate`, whose contract is there already, and everything that
/// is generated. Names what it wrote.
///
/// # Errors
///
/// Where there is no contract or the gate refuses it, and where a file can't be written.
pub fn write(root: &Path, krate: &str) -> Result<Vec<PathBuf>> {
    let path = root.join("crates").join(krate);
    let contract = Contract::load(&Folder {
        name: krate.to_owned(),
        path: path.clone(),
    })
    .with_context(|| format!("write crates/{krate}/{} first", crate::contract::FILE))?;
    ensure!(
        !path.join("Cargo.toml").exists(),
        "crates/{krate} is a crate already"
    );
    let parts = Parts::of(&contract)?;
    let mut written = Vec::new();
    for (name, template) in FILES {
        let place = path.join(name);
        if place.exists() {
            continue;
        }
        if let Some(folder) = place.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut text = parts.fill(template);
        if *name == "src/id.rs" {
            text.push_str(&parts.settings);
        }
        if name.ends_with(".rs") {
            text = codegen::format(&text)?;
        }
        std::fs::write(&place, text)?;
        written.push(Path::new("crates").join(krate).join(name));
    }
    written.extend(codegen::write(root)?);
    Ok(written)
}
