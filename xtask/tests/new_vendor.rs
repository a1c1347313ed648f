//! A fourth vendor's crate, from a made-up contract.
#![allow(clippy::unwrap_used)] // in what the tests share

mod common;

use common::copy;
use std::fs;
use std::path::Path;
use xtask::{codegen, new_vendor, workspace};

fn contract() -> std::path::PathBuf {
    workspace::root().join("xtask/tests/fixtures/acme.yaml")
}

#[test]
fn it_has_every_room_and_the_tables_and_the_facade_know_it() {
    let root = copy();
    let written = new_vendor::write(root.path(), "acme-lines", &contract()).unwrap();
    let folder = Path::new("crates/acme-lines");
    for room in ["lib", "answer", "client", "config", "id", "wire"] {
        let path = folder.join("src").join(room).with_extension("rs");
        assert!(written.contains(&path), "{room}");
        let text = fs::read_to_string(root.path().join(path)).unwrap();
        assert!(!text.contains('@'), "{text}");
    }
    for (path, line) in [
        (
            "Cargo.toml",
            "acme-lines = { path = \"crates/acme-lines\", default-features = false }",
        ),
        ("crates/numbers/Cargo.toml", "acme = [\"dep:acme-lines\"]"),
        ("crates/numbers/src/lib.rs", "pub use acme_lines as acme;"),
        ("README.md", "| Acme | `ACME_TOKEN` | The token. | secret |"),
    ] {
        let text = fs::read_to_string(root.path().join(path)).unwrap();
        assert!(text.lines().any(|found| found == line), "{text}");
    }
    assert!(codegen::stale(root.path()).unwrap().is_empty());
}

#[test]
fn a_crate_that_is_there_is_left_alone() {
    let root = copy();
    let error = new_vendor::write(root.path(), "twochat-voip", &contract()).unwrap_err();
    assert_eq!(error.to_string(), "crates/twochat-voip is there already");
    assert!(codegen::stale(root.path()).unwrap().is_empty());
}

#[test]
fn a_contract_that_can_not_be_taken_is_named_by_its_own_file_and_leaves_nothing() {
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
        assert!(error.is::<codegen::Invalid>(), "{error}");
        let expected = format!("{}{what}", file.display());
        assert!(error.to_string().starts_with(&expected), "{error}");
        assert!(!root.path().join("crates/acme-lines").exists());
    }
}
