//! The workspace's folder and packages.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the workspace.
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// A package of this workspace.
#[derive(Debug, Deserialize)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its features, each with what it enables.
    pub features: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    target_directory: PathBuf,
}

/// The packages of this workspace, by name.
///
/// # Errors
///
/// If cargo can't read a manifest.
pub fn packages() -> Result<Vec<Package>> {
    let mut packages = metadata()?.packages;
    packages.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(packages)
}

/// The folder that this workspace is built in.
///
/// # Errors
///
/// As for [`packages`].
pub fn target() -> Result<PathBuf> {
    Ok(metadata()?.target_directory)
}

fn metadata() -> Result<Metadata> {
    let json = output(cargo().args(["metadata", "--no-deps", "--format-version", "1"]))?;
    serde_json::from_str(&json).context("cargo metadata is not as expected")
}

/// The cargo that runs this command, in the workspace's folder.
pub fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    cargo
}

/// Runs a command with its output on the terminal.
///
/// # Errors
///
/// If it can't be started or fails.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("could not start {command:?}"))?;
    ensure!(status.success(), "failed: {command:?}");
    Ok(())
}

/// Runs a command and returns its stdout.
///
/// # Errors
///
/// As for [`run`], and if stdout is not UTF-8.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .with_context(|| format!("could not start {command:?}"))?;
    ensure!(
        output.status.success(),
        "failed: {command:?}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).with_context(|| format!("not UTF-8: {command:?}"))
}

/// A crate's folder.
#[derive(Debug, Clone)]
pub struct Folder {
    /// The crate's name.
    pub name: String,
    /// The folder.
    pub path: PathBuf,
}

/// The crates with a contract, sorted by name.
///
/// # Errors
///
/// If the folder of the crates can't be read.
pub fn vendors(root: &Path) -> Result<Vec<Folder>> {
    let crates = root.join("crates");
    let mut folders = Vec::new();
    for entry in crates
        .read_dir()
        .with_context(|| format!("could not read {}", crates.display()))?
    {
        let path = entry?.path();
        if path.join(crate::contract::FILE).exists() {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            folders.push(Folder { name, path });
        }
    }
    folders.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(folders)
}
