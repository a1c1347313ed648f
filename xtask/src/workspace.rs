//! The workspace's folder and crates.

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use xshell::{Shell, cmd};

/// The folder of the workspace that cargo runs this in. Where two share a target folder, the other may have built it.
pub fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        let package = std::env::var_os("CARGO_MANIFEST_DIR");
        Path::new(&package.unwrap_or(env!("CARGO_MANIFEST_DIR").into())).join("..")
    });
    &ROOT
}

/// A shell in the workspace's folder.
///
/// # Errors
///
/// If the current folder is not there.
pub fn shell() -> Result<Shell> {
    let shell = Shell::new()?;
    shell.change_dir(root());
    Ok(shell)
}

/// The folder that this workspace is built in.
///
/// # Errors
///
/// If cargo can't read a manifest.
pub fn target() -> Result<PathBuf> {
    let shell = shell()?;
    let json = cmd!(shell, "cargo metadata --no-deps --format-version 1").read()?;
    let metadata: serde_json::Value = serde_json::from_str(&json)?;
    let folder = metadata.get("target_directory").and_then(|it| it.as_str());
    Ok(folder.context("cargo metadata is not as expected")?.into())
}

/// The crates that a package brings with these features, itself included: each in a line of this format.
///
/// # Errors
///
/// If cargo can't tell.
pub fn tree(package: &str, format: &str, features: &[&str]) -> Result<String> {
    let shell = shell()?;
    let tree = cmd!(shell, "cargo tree --edges normal --prefix none --no-dedupe");
    let tree = tree.args(["--package", package, "--format", format]);
    Ok(tree.args(features).read()?)
}

/// The contract's path in a vendor's crate.
pub const CONTRACT: &str = "contract/openapi.yaml";

/// The names of the crates with a contract, sorted.
///
/// # Errors
///
/// If the folder of the crates can't be read.
pub fn vendors(root: &Path) -> Result<Vec<String>> {
    let crates = root.join("crates");
    let mut names = Vec::new();
    for entry in crates
        .read_dir()
        .with_context(|| format!("could not read {}", crates.display()))?
    {
        let entry = entry?;
        if entry.path().join(CONTRACT).exists() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}
