//! A fourth vendor's crate, from an example contract.
#![allow(clippy::unwrap_used)] // in what the tests share

mod common;

use common::copy;
use std::fs;
use std::path::{Path, PathBuf};
use xtask::{codegen, new_vendor, workspace};

fn contract() -> PathBuf {
    workspace::root().join("xtask/tests/fixtures/acme.yaml")
}

#[test]
fn a_new_crate_is_complete_and_listed_everywhere() {
    let root = copy();
    let written = new_vendor::write(root.path(), "acme-lines", &contract()).unwrap();
    let folder = Path::new("crates/acme-lines");
    for file in ["lib", "builder", "client", "id", "response", "wire"] {
        let path = folder.join("src").join(file).with_extension("rs");
        assert!(written.contains(&path), "{file}");
        let text = fs::read_to_string(root.path().join(path)).unwrap();
        assert!(!text.contains('@'), "{text}");
    }
    for (path, line) in [
        (
            "Cargo.toml",
            "acme-lines = { path = \"crates/acme-lines\", default-features = false }",
        ),
        (
            "crates/numbers/Cargo.toml",
            "acmecalls = [\"dep:acme-lines\", \"http\"]",
        ),
        (
            "crates/numbers/src/lib.rs",
            "pub use acme_lines as acmecalls;",
        ),
        (
            "README.md",
            "| Acme Calls | [`acme-lines`](crates/acme-lines/README.md) | `acmecalls` | `L-1001` | 30 | 200: released, 202: accepted, not released yet | \
             [page](docs/vendors/acmecalls.md), [the vendor's](https://acme.example/docs/drop-line) |",
        ),
        (
            "crates/acme-lines/README.md",
            "| `ACMECALLS_API_KEY` | The key. | secret |",
        ),
        (
            "crates/acme-lines/tests/request.rs",
            "            \"content-length: 0\"",
        ),
    ] {
        let text = fs::read_to_string(root.path().join(path)).unwrap();
        assert!(text.lines().any(|found| found == line), "{text}");
    }
    assert!(codegen::stale(root.path()).unwrap().is_empty());
}

#[test]
fn an_existing_crate_is_kept() {
    let root = copy();
    let error = new_vendor::write(root.path(), "twochat-voip", &contract()).unwrap_err();
    assert_eq!(error.to_string(), "crates/twochat-voip exists already");
    assert!(codegen::stale(root.path()).unwrap().is_empty());
}

#[test]
fn an_invalid_contract_is_named_and_leaves_nothing() {
    let root = copy();
    let file = root.path().join("theirs.yaml");
    for (text, what) in [
        (
            &b"openapi: 3.1.0\nnothing: more"[..],
            ":2:1: unknown field `nothing`",
        ),
        (b"openapi: \xff", ":1:1: could not be read"),
    ] {
        fs::write(&file, text).unwrap();
        let error = new_vendor::write(root.path(), "acme-lines", &file).unwrap_err();
        assert!(error.is::<xtask::contract::Refusals>(), "{error}");
        let expected = format!("{}{what}", file.display());
        assert!(error.to_string().starts_with(&expected), "{error}");
        assert!(!root.path().join("crates/acme-lines").exists());
    }
}

/// The error for the example contract with `changes`; checks that nothing was written.
fn refused(root: &Path, changes: &[(&str, &str)]) -> anyhow::Error {
    let file = changed(root, changes);
    let error = new_vendor::write(root, "acme-lines", &file).unwrap_err();
    assert!(!root.join("crates/acme-lines").exists(), "{error}");
    error
}

/// The example contract with `changes`.
fn changed(root: &Path, changes: &[(&str, &str)]) -> PathBuf {
    let mut text = fs::read_to_string(contract()).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    let file = root.join("theirs.yaml");
    fs::write(&file, text).unwrap();
    file
}

#[test]
fn a_conflict_with_the_workspace_leaves_nothing() {
    let root = copy();
    let taken = [
        ("x-vendor: acmecalls", "x-vendor: twochat"),
        ("ACMECALLS_", "TWOCHAT_"),
    ];
    let error = refused(root.path(), &taken);
    assert!(error.is::<xtask::contract::Refusals>(), "{error}");
    let file = root.path().join("theirs.yaml");
    assert_eq!(
        error.to_string(),
        format!(
            "{}:5:11: x-vendor twochat is already the vendor of crates/twochat-voip",
            file.display()
        )
    );
    assert!(codegen::stale(root.path()).unwrap().is_empty());

    let page = root.path().join("README.md");
    let text = fs::read_to_string(&page).unwrap();
    fs::write(
        &page,
        text.replace("generated: vendors", "generated: sellers"),
    )
    .unwrap();
    let error = format!("{:#}", refused(root.path(), &[]));
    assert!(error.starts_with("README.md: "), "{error}");
}

#[test]
fn an_invalid_crate_name_is_refused() {
    let root = copy();
    for name in [
        "../acme",
        "Acme",
        "acme lines",
        "4cme-lines",
        "",
        "acme-",
        "acme--lines",
        "self",
        "serde",
    ] {
        let error = new_vendor::write(root.path(), name, &contract()).unwrap_err();
        let expected = format!("{name} is not a valid crate name");
        assert!(error.to_string().starts_with(&expected), "{error}");
    }
    assert!(codegen::stale(root.path()).unwrap().is_empty());
}

#[test]
fn quotes_and_line_ends_in_names_are_escaped() {
    let root = copy();
    let changes = [
        ("title: Acme Calls", "title: \"Acme\\n\\\"Calls\\\"\""),
        ("summary: Drop a line", "summary: Drop a \"line\""),
    ];
    let file = changed(root.path(), &changes);
    new_vendor::write(root.path(), "acme-lines", &file).unwrap();
    let written = |path: &str| fs::read_to_string(root.path().join("crates/acme-lines").join(path));
    let manifest = written("Cargo.toml").unwrap();
    let line = r#"description = "Drop a \"line\" at Acme \"Calls\": one call, and "#;
    assert!(manifest.contains(line), "{manifest}");
    let client = written("src/client.rs").unwrap();
    assert!(
        client.starts_with("//! Acme \"Calls\"'s client.\n"),
        "{client}"
    );
}

#[test]
fn the_workspace_is_the_one_that_cargo_runs_the_command_in() {
    let root = tempfile::tempdir().unwrap();
    let package = root.path().join("xtask");
    fs::create_dir_all(&package).unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_xtask"));
    let command = command.args(["codegen", "--check"]);
    let done = command
        .env("CARGO_MANIFEST_DIR", &package)
        .output()
        .unwrap();
    let shown = String::from_utf8(done.stderr).unwrap();
    let crates = package.join("../crates");
    let expected = format!("could not read {}", crates.display());
    assert!(shown.starts_with(&expected), "{shown}");
}
