//! What is generated is what is committed, and is generated alike every time.
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing)] // in what the tests share

mod common;

use common::copy;
use std::fs;
use std::path::Path;
use xtask::{codegen, workspace};

#[test]
fn nothing_generated_is_stale() {
    let stale = codegen::stale(workspace::root()).unwrap_or_else(|error| panic!("{error:#}"));
    let diffs: String = stale.iter().map(ToString::to_string).collect();
    assert!(stale.is_empty(), "{diffs}\n`{}` mends it", codegen::COMMAND);
}

#[test]
fn the_same_contracts_give_the_same_files() {
    let contracts = codegen::contracts(workspace::root()).unwrap();
    let once = codegen::generate(workspace::root(), &contracts).unwrap();
    let contracts = codegen::contracts(workspace::root()).unwrap();
    assert_eq!(
        once,
        codegen::generate(workspace::root(), &contracts).unwrap()
    );
}

fn stale(root: &Path) -> Vec<(String, String)> {
    codegen::stale(root)
        .unwrap()
        .into_iter()
        .map(|stale| (stale.path.display().to_string(), stale.diff))
        .collect()
}

#[test]
fn a_file_that_was_edited_by_hand_is_shown_as_a_diff_and_mended() {
    let root = copy();
    assert_eq!(stale(root.path()), []);
    let path = "crates/twochat-voip/src/wire.rs";
    let place = root.path().join(path);
    let text = fs::read_to_string(&place).unwrap();
    fs::write(&place, text.replace("api.p.2chat.io", "api.q.2chat.io")).unwrap();

    let found = stale(root.path());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, path);
    for line in [
        "-pub(crate) const SERVER: &str = \"https://api.q.2chat.io\";",
        "+pub(crate) const SERVER: &str = \"https://api.p.2chat.io\";",
    ] {
        assert!(found[0].1.contains(line), "{}", found[0].1);
    }
    assert_eq!(codegen::write(root.path()).unwrap(), [Path::new(path)]);
    assert_eq!(fs::read_to_string(&place).unwrap(), text);
}

#[test]
fn a_missing_file_and_one_that_is_left_over_are_stale() {
    let root = copy();
    fs::remove_file(root.path().join("docs/vendors/exotel.md")).unwrap();
    fs::copy(
        root.path().join("docs/vendors/twochat.md"),
        root.path().join("docs/vendors/acme.md"),
    )
    .unwrap();
    let paths: Vec<_> = stale(root.path())
        .into_iter()
        .map(|(path, _)| path)
        .collect();
    assert_eq!(paths, ["docs/vendors/acme.md", "docs/vendors/exotel.md"]);
    codegen::write(root.path()).unwrap();
    assert!(!root.path().join("docs/vendors/acme.md").exists());
    assert_eq!(stale(root.path()), []);
}

#[test]
fn a_file_that_only_tells_of_the_generator_is_left_alone() {
    let root = copy();
    for (path, text) in [
        (
            "docs/vendors/notes.md",
            "# Notes\n\nA page is `Written by `cargo xtask codegen` from the contract; a change belongs there.`\n",
        ),
        (
            "crates/twochat-voip/src/notes.rs",
            "// //! Written by `cargo xtask codegen` from `contract/openapi.yaml`; a change belongs there.\n",
        ),
    ] {
        let place = root.path().join(path);
        fs::write(&place, text).unwrap();
        assert_eq!(stale(root.path()), []);
        assert_eq!(codegen::write(root.path()).unwrap(), [] as [&Path; 0]);
        assert_eq!(fs::read_to_string(&place).unwrap(), text);
    }
}

#[test]
fn prose_on_several_lines_or_with_a_bar_in_it_breaks_nothing() {
    let root = copy();
    let place = root
        .path()
        .join("crates/twochat-voip/contract/openapi.yaml");
    let mut text = fs::read_to_string(&place).unwrap();
    for (from, to) in [
        (
            "description: What went wrong.\n",
            "description: \"What went | wrong.\\n\\nOr not.\"\n",
        ),
        (
            "- text: The number is deleted.\n",
            "- text: \"The number\\n\\nis deleted.\"\n",
        ),
        (
            "text: 2Chat's list of virtual numbers",
            "text: |-\n          2Chat's list\n          of virtual numbers",
        ),
    ] {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    fs::write(&place, text).unwrap();
    codegen::write(root.path()).unwrap();
    let written = |path: &str| fs::read_to_string(root.path().join(path)).unwrap();
    let page = written("docs/vendors/twochat.md");
    for line in [
        "| `ErrorResponse` | `error_message` | text | What went \\| wrong. Or not. |",
        "- The number is deleted.",
    ] {
        assert!(page.lines().any(|found| found == line), "{line}\n{page}");
    }
    for path in [
        "docs/vendors/twochat.md",
        "crates/numbers/README.md",
        "crates/twochat-voip/src/wire.rs",
    ] {
        let text = written(path);
        assert!(text.contains("2Chat's list of virtual numbers"), "{text}");
    }
}

#[test]
fn a_table_that_was_edited_is_stale_and_the_prose_around_it_stays() {
    let root = copy();
    let place = root.path().join("README.md");
    let text = fs::read_to_string(&place).unwrap();
    fs::write(
        &place,
        text.replace("200: released", "200: gone") + "\nMore prose.\n",
    )
    .unwrap();
    assert_eq!(stale(root.path()).len(), 1);
    codegen::write(root.path()).unwrap();
    assert_eq!(
        fs::read_to_string(&place).unwrap(),
        text + "\nMore prose.\n"
    );
}

#[test]
fn a_missing_region_is_named() {
    let root = copy();
    let place = root.path().join("crates/numbers/README.md");
    let text = fs::read_to_string(&place).unwrap();
    fs::write(
        &place,
        text.replace("generated: outcomes", "generated: endings"),
    )
    .unwrap();
    let error = format!("{:#}", codegen::stale(root.path()).unwrap_err());
    assert_eq!(
        error,
        "crates/numbers/README.md: nothing is generated for the region endings"
    );
    fs::write(&place, "# numbers\n").unwrap();
    let error = format!("{:#}", codegen::stale(root.path()).unwrap_err());
    assert_eq!(
        error,
        "crates/numbers/README.md: expected one region `generated: features`, found 0"
    );
}

#[test]
fn two_contracts_of_one_vendor_are_refused() {
    let root = copy();
    let twin = root.path().join("crates/zwochat/contract");
    fs::create_dir_all(&twin).unwrap();
    let first = root
        .path()
        .join("crates/twochat-voip/contract/openapi.yaml");
    fs::copy(first, twin.join("openapi.yaml")).unwrap();
    let error = codegen::contracts(root.path()).unwrap_err();
    assert!(error.is::<codegen::Invalid>(), "{error}");
    let shown = error.to_string();
    let what = ": x-vendor twochat is that of crates/twochat-voip";
    assert!(
        shown.starts_with("crates/zwochat/contract/openapi.yaml:") && shown.ends_with(what),
        "{shown}"
    );
}

#[test]
fn a_page_lists_every_example_and_marks_what_the_vendors_page_does_not_say() {
    let page = |vendor: &str| {
        let path = format!("docs/vendors/{vendor}.md");
        fs::read_to_string(workspace::root().join(path)).unwrap()
    };
    for (vendor, line) in [
        (
            "exotel",
            "| 202 | `{\"Message\":\"Accepted\",\"Status\":202}` The order was accepted. | `accepted` |",
        ),
        (
            "exotel",
            "It is for good, and the number may be given to another account. _vendor_\n",
        ),
        ("twochat", "\n| `default`, such as 400 | "),
        (
            "synthflow",
            "may be an extension or another identifier. _vendor_ |",
        ),
        (
            "synthflow",
            "A workspace lives in one of them for good. _vendor_\n",
        ),
    ] {
        let page = page(vendor);
        assert!(page.contains(line), "{line}\n{page}");
    }
}
