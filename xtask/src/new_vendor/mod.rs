//! `cargo xtask new-vendor`: the rooms of a vendor's crate, from its contract. What comes out
//! compiles; what only the vendor's page can tell is marked `FILL IN`, and its tests fail until it is.

mod parts;

use crate::codegen::{self, Invalid};
use crate::contract::{Contract, FILE};
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
    (
        "contract/literals.txt",
        include_str!("templates/literals.txt.txt"),
    ),
    (
        "contract/mutations.yaml",
        include_str!("templates/mutations.yaml.txt"),
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

/// Writes the crate `krate` from a contract that stands in `file`, and everything that is generated.
/// Names what it wrote.
///
/// # Errors
///
/// [`Invalid`] where the gate refuses the contract or it can't be read; also where the crate is there
/// already, and where a file can't be written.
pub fn write(root: &Path, krate: &str, file: &Path) -> Result<Vec<PathBuf>> {
    let path = root.join("crates").join(krate);
    ensure!(!path.exists(), "crates/{krate} is there already");
    let contract = Contract::open(krate, file).map_err(Invalid::from)?;
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("could not read {}", file.display()))?;
    let parts = Parts::of(&contract)?;
    let mut files = vec![(FILE, text)];
    for (name, template) in FILES {
        let mut text = parts.fill(template);
        if *name == "src/id.rs" {
            text.push_str(&parts.settings);
        }
        if name.ends_with(".rs") {
            text = codegen::format(&text)?;
        }
        files.push((name, text));
    }
    let mut written = Vec::new();
    for (name, text) in files {
        let place = path.join(name);
        if let Some(folder) = place.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&place, text)?;
        written.push(Path::new("crates").join(krate).join(name));
    }
    written.extend(codegen::write(root)?);
    Ok(written)
}
