//! The workspace's folder and crates, and other commands.

use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the workspace.
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// The folder that this workspace is built in.
///
/// # Errors
///
/// If cargo can't read a manifest.
pub fn target() -> Result<PathBuf> {
    let json = output(cargo().args(["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: serde_json::Value = serde_json::from_str(&json)?;
    let folder = metadata.get("target_directory").and_then(|it| it.as_str());
    Ok(folder.context("cargo metadata is not as expected")?.into())
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

/// The crates that a package brings with these features, itself included: each in a line of this format.
///
/// # Errors
///
/// As for [`run`].
pub fn tree(package: &str, format: &str, features: &[&str]) -> Result<String> {
    output(
        cargo()
            .args([
                "tree",
                "--edges",
                "normal",
                "--prefix",
                "none",
                "--no-dedupe",
            ])
            .args(["--package", package, "--format", format])
            .args(features),
    )
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
