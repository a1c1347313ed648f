//! What a dependency on us adds to a cold build, beside reqwest alone with the same features.

use crate::speed::median;
use crate::usage;
use anyhow::{Context, Result, ensure};
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// What is built, and the dependency that a user would write for it.
const SUBJECTS: [(&str, &str); 7] = [
    (
        "reqwest",
        r#"reqwest = { version = "0.13", default-features = false, features = ["rustls"] }"#,
    ),
    (
        "twochat-voip",
        r#"twochat-voip = { path = "ROOT/crates/twochat-voip" }"#,
    ),
    (
        "synthflow-numbers",
        r#"synthflow-numbers = { path = "ROOT/crates/synthflow-numbers" }"#,
    ),
    (
        "exotel-numbers",
        r#"exotel-numbers = { path = "ROOT/crates/exotel-numbers" }"#,
    ),
    (
        "twochat-voip without rustls",
        r#"twochat-voip = { path = "ROOT/crates/twochat-voip", default-features = false }"#,
    ),
    (
        "numbers, one vendor",
        r#"numbers = { path = "ROOT/crates/numbers", features = ["synthflow"] }"#,
    ),
    (
        "numbers, all vendors",
        r#"numbers = { path = "ROOT/crates/numbers", features = ["twochat", "synthflow", "exotel"] }"#,
    ),
];

/// Builds each subject cold, debug and release, so many times by turns, in a package of its own with
/// the versions of our lock file. The table has CPU seconds, user and system together, as medians.
///
/// # Errors
///
/// Where a build fails.
pub fn table(rounds: u32) -> Result<String> {
    let folder = tempfile::tempdir()?;
    let mut times = vec![[Vec::new(), Vec::new()]; SUBJECTS.len()];
    for (_, dependency) in SUBJECTS {
        // Fetched beforehand, so that no download is counted.
        package(folder.path(), dependency)?;
        cargo(folder.path(), &["fetch"])?;
    }
    for round in 1..=rounds {
        for ((name, dependency), [debug, release]) in SUBJECTS.iter().zip(&mut times) {
            package(folder.path(), dependency)?;
            let took = seconds(folder.path(), &["build", "--offline"])?;
            debug.push(took);
            let optimised = seconds(folder.path(), &["build", "--offline", "--release"])?;
            release.push(optimised);
            eprintln!("round {round}: {name}: debug {took:.1} s, release {optimised:.1} s");
        }
    }
    let medians: Vec<[f64; 2]> = times.into_iter().map(|both| both.map(median)).collect();
    let [base_debug, base_release] = medians.first().copied().unwrap_or([f64::NAN; 2]);
    let mut table = String::from(
        "| cold build | debug, s of CPU | to reqwest | release, s of CPU | to reqwest |\n|---|--:|--:|--:|--:|\n",
    );
    for ((name, _), [debug, release]) in SUBJECTS.iter().zip(medians) {
        let _ = writeln!(
            table,
            "| {name} | {debug:.1} | {:.2} | {release:.1} | {:.2} |",
            debug / base_debug,
            release / base_release,
        );
    }
    Ok(table)
}

/// Writes a package that depends on the subject and does nothing else.
fn package(folder: &Path, dependency: &str) -> Result<()> {
    let manifest = format!(
        "[package]\nname = \"cold\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{}\n\n[workspace]\n",
        dependency.replace("ROOT", ROOT),
    );
    std::fs::create_dir_all(folder.join("src"))?;
    std::fs::write(folder.join("src/lib.rs"), "")?;
    std::fs::write(folder.join("Cargo.toml"), manifest)?;
    std::fs::copy(
        Path::new(ROOT).join("Cargo.lock"),
        folder.join("Cargo.lock"),
    )?;
    Ok(())
}

/// CPU seconds of a build from nothing.
fn seconds(folder: &Path, arguments: &[&str]) -> Result<f64> {
    let target = folder.join("target");
    if target.exists() {
        std::fs::remove_dir_all(&target)?;
    }
    let before = usage::children()?;
    cargo(folder, arguments)?;
    Ok((usage::children()? - before).as_secs_f64())
}

fn cargo(folder: &Path, arguments: &[&str]) -> Result<()> {
    let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(arguments)
        .arg("--quiet")
        .env("CARGO_TARGET_DIR", folder.join("target"))
        // As a crate of a registry is built, which ours is not by its path.
        .env("CARGO_INCREMENTAL", "0")
        .current_dir(folder)
        .status()
        .context("cargo can't be started")?;
    ensure!(status.success(), "cargo {arguments:?} failed");
    Ok(())
}
