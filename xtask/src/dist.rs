//! Packs the command for this machine: the binary, its manual pages and completions, licences, and a checksum.

use crate::files::sha256;
use crate::workspace::{root, shell, target, tree};
use anyhow::{Context, Result, ensure};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use xshell::cmd;

/// Shells, and the file name that each expects.
const COMPLETIONS: [(&str, &str); 5] = [
    ("bash", "numbers.bash"),
    ("elvish", "numbers.elv"),
    ("fish", "numbers.fish"),
    ("powershell", "_numbers.ps1"),
    ("zsh", "_numbers"),
];

/// Files to pack beside the binary, from the workspace's folder.
const FILES: [&str; 3] = ["LICENSE-APACHE", "LICENSE-MIT", "docs/cli.md"];

/// Builds the command in the profile `dist`, and packs it under `target/packages`. Returns the archive and its
/// checksum.
///
/// # Errors
///
/// If something can't be built, run or written.
pub fn dist() -> Result<Vec<PathBuf>> {
    let shell = shell()?;
    cmd!(
        shell,
        "cargo build --locked --profile dist --package numbers-cli"
    )
    .run()?;
    let target = target()?;
    let binary = target
        .join("dist")
        .join(format!("numbers{}", std::env::consts::EXE_SUFFIX));
    let name = format!("numbers-{}-{}", env!("CARGO_PKG_VERSION"), host()?);
    pack(&binary, &name, &target.join("packages"))
}

/// Packs a binary as `<name>.tar.gz` in a folder.
///
/// # Errors
///
/// If the binary can't be run, or something can't be written.
pub fn pack(binary: &Path, name: &str, folder: &Path) -> Result<Vec<PathBuf>> {
    let staged = folder.join(name);
    if staged.exists() {
        fs::remove_dir_all(&staged)?;
    }
    let [man, completions] = ["man", "completions"].map(|part| staged.join(part));
    fs::create_dir_all(&man)?;
    fs::create_dir_all(&completions)?;
    let file_name = binary.file_name().context("the binary has no name")?;
    fs::copy(binary, staged.join(file_name))?;
    let shell = shell()?;
    cmd!(shell, "{binary} man {man}").run()?;
    for (name, file) in COMPLETIONS {
        let script = cmd!(shell, "{binary} completions {name}").read()?;
        fs::write(completions.join(file), script + "\n")?;
    }
    for file in FILES {
        let path = root().join(file);
        let name = path.file_name().context("a file without a name")?;
        fs::copy(&path, staged.join(name))?;
    }
    fs::write(staged.join("THIRD-PARTY.txt"), third_party()?)?;
    let archive = format!("{name}.tar.gz");
    shell.change_dir(folder);
    cmd!(shell, "tar -czf {archive} {name}").run()?;
    let checksum = format!("{}  {archive}\n", sha256(&fs::read(folder.join(&archive))?));
    let checksum_file = folder.join(format!("{archive}.sha256"));
    fs::write(&checksum_file, checksum)?;
    Ok(vec![folder.join(archive), checksum_file])
}

/// The machine's target, as rustc names it.
fn host() -> Result<String> {
    let shell = shell()?;
    let version = cmd!(shell, "rustc -vV").read()?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc names no host")?.to_owned())
}

/// The crates inside the binary, each with its licence.
fn third_party() -> Result<String> {
    let lines = tree("numbers-cli", "{p}: {l} {r}", &[])?;
    // A crate of this workspace is listed with its path.
    let foreign = lines.lines().filter(|line| !line.contains(" ("));
    let crates: BTreeSet<_> = foreign.map(str::trim_end).collect();
    ensure!(!crates.is_empty(), "cargo tree names no crate");
    Ok(crates
        .into_iter()
        .fold(String::new(), |text, line| text + line + "\n"))
}
