//! Files that xtask generates and git tracks: compared, shown as a diff, written.

use anyhow::{Context, Result};
use similar::TextDiff;
use std::fmt;
use std::path::{Path, PathBuf};

/// A file as it should be, by its path in the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The path.
    pub path: PathBuf,
    /// The whole text; empty if the file should not be there.
    pub text: String,
}

/// A file that is missing or differs.
#[derive(Debug)]
pub struct Stale {
    /// The path.
    pub path: PathBuf,
    /// What would change, as a unified diff.
    pub diff: String,
}

impl fmt::Display for Stale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.diff)
    }
}

/// The files that are missing or differ. Writes nothing.
pub(crate) fn stale(root: &Path, files: Vec<File>) -> Vec<Stale> {
    let mut stale = Vec::new();
    for File { path, text } in files {
        let current = std::fs::read_to_string(root.join(&path)).unwrap_or_default();
        if current != text {
            let name = path.display();
            let diff = TextDiff::from_lines(&current, &text)
                .unified_diff()
                .header(&format!("{name}"), &format!("{name} (generated)"))
                .to_string();
            stale.push(Stale { path, diff });
        }
    }
    stale
}

/// Writes the files that are missing or differ, and returns their paths.
///
/// # Errors
///
/// Where a file can't be written.
pub(crate) fn write(root: &Path, files: Vec<File>) -> Result<Vec<PathBuf>> {
    let mut changed = Vec::new();
    for File { path, text } in files {
        let place = root.join(&path);
        if std::fs::read_to_string(&place).ok().as_ref() != Some(&text) {
            if let Some(folder) = place.parent() {
                std::fs::create_dir_all(folder)?;
            }
            let done = match text.is_empty() {
                true => std::fs::remove_file(&place),
                false => std::fs::write(&place, text),
            };
            done.with_context(|| format!("could not write {}", path.display()))?;
            changed.push(path);
        }
    }
    Ok(changed)
}

/// The SHA-256 of some bytes, in hex.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    let hash = hmac_sha256::Hash::hash(bytes);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
