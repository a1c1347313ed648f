//! `cargo xtask new-vendor`: begins a vendor's crate from its contract. What the contract does not say is marked
//! `FILL IN`, and a test fails until it is filled in.

use crate::codegen;
use crate::contract::Contract;
use crate::files;
use anyhow::{Result, ensure};
use std::path::{Path, PathBuf};

/// Writes the crate `krate` from the contract in `file`, and everything that is generated. Returns the paths of
/// the written files. Where the contract is refused, nothing is written.
///
/// # Errors
///
/// [`Refusals`](crate::contract::Refusals) if the contract is invalid or its vendor has a crate already. Also if the crate's name is invalid
/// or taken, or if a file can't be read or written.
pub fn write(root: &Path, krate: &str, file: &Path) -> Result<Vec<PathBuf>> {
    let is_letter = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    let is_word = |word: &str| !word.is_empty() && word.chars().all(is_letter);
    // No name that cargo keeps, nor of another crate that we need, is of two words.
    ensure!(
        krate.starts_with(|letter: char| letter.is_ascii_lowercase())
            && krate.contains('-')
            && krate.split('-').all(is_word),
        "{krate} is not a valid crate name: expected words in lower case, joined by hyphens, such as acme-lines"
    );
    let folder = root.join("crates").join(krate);
    ensure!(!folder.exists(), "crates/{krate} exists already");
    let contract = Contract::open(krate, file, file.display().to_string(), false)?;
    codegen::ensure_new(&contract, &codegen::contracts(root)?)?;
    let mut written = files::write(root, codegen::skeleton(&contract)?)?;
    match codegen::write(root) {
        Ok(generated) => {
            written.extend(generated);
            Ok(written)
        }
        Err(error) => {
            std::fs::remove_dir_all(folder)?;
            Err(error)
        }
    }
}
