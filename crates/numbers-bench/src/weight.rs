//! What a dependency on us adds to a cold build, beside reqwest alone with the same features.

use crate::spread::{Spread, median};
use crate::usage;
use anyhow::{Context, Result, ensure};
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

const REQWEST: &str =
    r#"reqwest = { version = "0.13", default-features = false, features = ["rustls"] }"#;
const WITHOUT_RUSTLS: &str =
    r#"twochat-voip = { path = "ROOT/crates/twochat-voip", default-features = false }"#;

/// What is built on one build of reqwest, and the dependency that a user would write for it. The features
/// of what they share are the same in all, those of the last.
const SUBJECTS: [(&str, &str); 5] = [
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
        "numbers, one vendor",
        r#"numbers = { path = "ROOT/crates/numbers", features = ["synthflow"] }"#,
    ),
    ("numbers, all vendors", ALL),
];
const ALL: &str =
    r#"numbers = { path = "ROOT/crates/numbers", features = ["twochat", "synthflow", "exotel"] }"#;

const PROFILES: [&[&str]; 2] = [
    &["build", "--offline"],
    &["build", "--offline", "--release"],
];

/// CPU seconds of the builds of one round and profile.
struct Builds {
    /// reqwest alone.
    reqwest: f64,
    /// A vendor's crate that has no https.
    without_rustls: f64,
    /// reqwest, as our crates want it.
    ours: f64,
    /// What each subject adds to that.
    rest: [f64; SUBJECTS.len()],
}

/// Builds each subject cold, debug and release, so many times, in a package of its own with the versions
/// of our lock file. The table has CPU seconds, user and system together, as medians.
///
/// The subjects of a round are built on copies of one build of reqwest: between two whole builds the
/// noise of a machine is far larger than what one of them has more than another.
///
/// # Errors
///
/// Where a build fails.
pub fn table(rounds: u32) -> Result<String> {
    let folder = tempfile::tempdir()?;
    let folder = folder.path();
    for dependency in [REQWEST, WITHOUT_RUSTLS, ALL] {
        // Fetched beforehand, so that no download is counted.
        package(folder, dependency)?;
        cargo(folder, &folder.join("base"), &["fetch"])?;
    }
    let mut profiles = [const { Vec::new() }; PROFILES.len()];
    for round in 1..=rounds {
        for (arguments, builds) in PROFILES.iter().zip(&mut profiles) {
            let all = builds_of(folder, arguments)?;
            let Builds {
                reqwest,
                without_rustls,
                ours,
                rest,
            } = &all;
            eprintln!(
                "round {round}: {reqwest:.1}, {without_rustls:.1}, {ours:.1} and {rest:.1?} s"
            );
            builds.push(all);
        }
    }
    Ok(render(&profiles))
}

fn builds_of(folder: &Path, arguments: &[&str]) -> Result<Builds> {
    let mut builds = Builds {
        reqwest: f64::NAN,
        without_rustls: f64::NAN,
        ours: f64::NAN,
        rest: [f64::NAN; SUBJECTS.len()],
    };
    let (base, other) = (folder.join("base"), folder.join("other"));
    let only_reqwest = [arguments, &["--package", "reqwest"]].concat();
    let mut whole = [
        (REQWEST, arguments, &other, &mut builds.reqwest),
        (
            WITHOUT_RUSTLS,
            arguments,
            &other,
            &mut builds.without_rustls,
        ),
        (ALL, only_reqwest.as_slice(), &base, &mut builds.ours),
    ];
    // In an order drawn anew: what the machine does meanwhile, and how hot it is by then, shall not
    // always meet the same one.
    fastrand::shuffle(&mut whole);
    for (dependency, arguments, target, took) in whole {
        remove(target)?;
        *took = seconds(folder, dependency, target, arguments)?;
    }
    let kept = folder.join("kept");
    remove(&kept)?;
    std::fs::rename(&base, &kept)?;
    let mut turns: Vec<_> = SUBJECTS.iter().zip(&mut builds.rest).collect();
    fastrand::shuffle(&mut turns);
    for ((_, dependency), took) in turns {
        remove(&base)?;
        // With its times, by which cargo tells what is built already.
        let copied = Command::new("cp").arg("-a").args([&kept, &base]).status()?;
        ensure!(copied.success(), "cp failed");
        *took = seconds(folder, dependency, &base, arguments)?;
    }
    Ok(builds)
}

fn render(profiles: &[Vec<Builds>; PROFILES.len()]) -> String {
    let mut table = String::from(
        "| cold build | debug, s of CPU | to reqwest | beside reqwest | release, s of CPU | to reqwest | beside reqwest |\n\
         |---|--:|--:|--:|--:|--:|--:|\n",
    );
    let mut row = |name: &str, rest: Option<usize>, whole: fn(&Builds) -> f64| {
        let rest = |builds: &Builds| rest.and_then(|at| builds.rest.get(at)).copied();
        let _ = write!(table, "| {name} |");
        for builds in profiles {
            let total = |builds: &Builds| whole(builds) + rest(builds).unwrap_or_default();
            let ratios = builds.iter().map(|builds| total(builds) / builds.reqwest);
            let beside = builds.iter().filter_map(rest);
            let _ = write!(
                table,
                " {:.1} | {} | {} |",
                median(builds.iter().map(total)),
                Spread::of(ratios),
                Some(median(beside))
                    .filter(|rest| !rest.is_nan())
                    .map_or_else(|| "–".to_owned(), |rest| format!("{rest:.1}")),
            );
        }
        table.push('\n');
    };
    row("reqwest alone, with `rustls`", None, |builds| {
        builds.reqwest
    });
    for (at, (name, _)) in SUBJECTS.iter().enumerate() {
        row(name, Some(at), |builds| builds.ours);
    }
    row("twochat-voip without `rustls`", None, |builds| {
        builds.without_rustls
    });
    table
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

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    Ok(())
}

/// CPU seconds of a build on what is there.
fn seconds(folder: &Path, dependency: &str, target: &Path, arguments: &[&str]) -> Result<f64> {
    package(folder, dependency)?;
    let before = usage::children()?;
    cargo(folder, target, arguments)?;
    Ok((usage::children()? - before).as_secs_f64())
}

fn cargo(folder: &Path, target: &Path, arguments: &[&str]) -> Result<()> {
    let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(arguments)
        .arg("--quiet")
        .env("CARGO_TARGET_DIR", target)
        // As a crate of a registry is built, which ours is not by its path.
        .env("CARGO_INCREMENTAL", "0")
        // One that keeps what it has compiled would make no build cold.
        .env_remove("RUSTC_WRAPPER")
        .env_remove("RUSTC_WORKSPACE_WRAPPER")
        .current_dir(folder)
        .status()
        .context("cargo can't be started")?;
    ensure!(status.success(), "cargo {arguments:?} failed");
    Ok(())
}
