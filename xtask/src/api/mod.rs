//! `cargo xtask api`: the public API of the library crates as text, one committed file a crate, and
//! the list of third-party crates that it may name.

mod foreign;
mod rustdoc;

pub use rustdoc::{OtherFormat, wrap_rustdoc};

use crate::files::{self, File, Stale};
use crate::workspace::{self, root};
use anyhow::{Result, ensure};
use rustdoc::{Document, Features};
use std::path::{Path, PathBuf};

/// The command that writes the files.
pub const COMMAND: &str = "cargo xtask api";

/// The file in a crate's folder.
const FILE: &str = "public-api.txt";

/// The library crates that are not a vendor's.
const COMMON: [&str; 3] = ["numbers", "numbers-core", "numbers-http"];

/// Writes the files that are missing or differ, and returns their paths.
///
/// # Errors
///
/// [`OtherFormat`]; also where a crate does not compile or a file can't be written.
pub fn write() -> Result<Vec<PathBuf>> {
    files::write(root(), files(read(Features::All)?))
}

/// Returns the files that are missing or differ. Writes nothing.
///
/// # Errors
///
/// Where the API names what is not on the list; also as for [`write()`].
pub fn check() -> Result<Vec<Stale>> {
    let (default, all) = (read(Features::Default)?, read(Features::All)?);
    let mut refused = foreign::refused(&default, Features::Default);
    refused.extend(foreign::refused(&all, Features::All));
    ensure!(
        refused.is_empty(),
        "the public API names what is not on the list in xtask/src/api/foreign.rs:\n{}",
        refused.join("\n")
    );
    Ok(files::stale(root(), files(all)))
}

fn files(documents: Vec<Document>) -> Vec<File> {
    let file = |document: Document| File {
        path: Path::new("crates").join(document.krate).join(FILE),
        text: document.text,
    };
    documents.into_iter().map(file).collect()
}

fn read(features: Features) -> Result<Vec<Document>> {
    let vendors = workspace::vendors(root())?;
    let crates = [COMMON.map(str::to_owned).to_vec(), vendors].concat();
    let mut documents = rustdoc::read(&crates, features)?;
    // Apart, because it switches on features of the others.
    documents.extend(rustdoc::read(&["numbers-batch".to_owned()], features)?);
    Ok(documents)
}
