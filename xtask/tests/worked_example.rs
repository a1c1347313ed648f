//! The vendor of `docs/adding-a-vendor.md`, made as the page says and built.
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing)] // in what the tests share

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use xtask::{codegen, new_vendor, workspace};

const PAGE: &str = include_str!("../../docs/adding-a-vendor.md");

/// The first block of the page in this language.
fn block(language: &str) -> &str {
    let (_, rest) = PAGE.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```").unwrap().0
}

/// A copy of every file that git does not ignore, always in the same place: what was built there serves again.
fn copy_of_the_workspace() -> PathBuf {
    let copy = workspace::target().unwrap().join("worked-example");
    let _ = fs::remove_dir_all(&copy);
    let mut git = Command::new("git");
    git.current_dir(workspace::root()).args([
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
    ]);
    for path in workspace::output(&mut git).unwrap().lines() {
        let (from, to) = (workspace::root().join(path), copy.join(path));
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        if from.is_file() {
            fs::copy(from, to).unwrap();
        }
    }
    copy
}

fn cargo(root: &Path, arguments: &[&str]) {
    let mut cargo = workspace::cargo();
    cargo
        .current_dir(root)
        .env("CARGO_TARGET_DIR", workspace::target().unwrap())
        .args(arguments);
    let output = cargo.output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr) + String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{arguments:?}\n{text}");
}

#[test]
fn the_vendor_of_the_page_is_built_and_passes_its_tests() {
    let root = &copy_of_the_workspace();
    let contract = root.join("theirs.yaml");
    fs::write(&contract, block("yaml")).unwrap();
    new_vendor::write(root, "acme-lines", &contract).unwrap();
    let request = root.join("crates/acme-lines/tests/request.rs");
    let draft = fs::read_to_string(&request).unwrap();
    assert!(draft.contains("FILL IN"), "{draft}");
    fs::write(&request, block("rust")).unwrap();
    assert!(codegen::stale(root).unwrap().is_empty());

    let all = [
        "--offline",
        "--quiet",
        "--package",
        "acme-lines",
        "--all-features",
    ];
    let lint = ["clippy", "--all-targets"];
    cargo(root, &[&lint[..], &all, &["--", "-D", "warnings"]].concat());
    cargo(root, &[&["test"][..], &all].concat());
    cargo(root, &["fmt", "--all", "--check"]);
    let features = ["--no-default-features", "--features", "acme"];
    cargo(
        root,
        &[
            &["check", "--offline", "--quiet", "--package", "numbers"][..],
            &features,
        ]
        .concat(),
    );
}
