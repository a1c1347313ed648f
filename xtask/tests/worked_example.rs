//! The vendor of `docs/adding-a-vendor.md`, made as the page says and built, and one that says what else a contract
//! can say.
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing)] // in what the tests share

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use xshell::cmd;
use xtask::{codegen, new_vendor, workspace};

const PAGE: &str = include_str!("../../docs/adding-a-vendor.md");

/// The first block of the page in this language.
fn block(language: &str) -> &str {
    let (_, rest) = PAGE.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```").unwrap().0
}

/// A copy of every file that git does not ignore, always in the same place, so that a build of it serves again.
fn copy_of_the_workspace() -> PathBuf {
    let copy = workspace::target().unwrap().join("worked-example");
    let _ = fs::remove_dir_all(&copy);
    let shell = workspace::shell().unwrap();
    let git = cmd!(shell, "git ls-files --cached --others --exclude-standard");
    for path in git.read().unwrap().lines() {
        let (from, to) = (workspace::root().join(path), copy.join(path));
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        if from.is_file() {
            fs::copy(from, to).unwrap();
        }
    }
    copy
}

/// Makes a workspace of the new crates alone, which takes the others from where they are. Cargo tells packages apart
/// by their path in the workspace, so copies would be taken for the crates of this one.
fn apart(root: &Path) {
    let place = root.join("Cargo.toml");
    let text = fs::read_to_string(&place).unwrap();
    let real = workspace::root().canonicalize().unwrap();
    let text = text
        .replace(
            "members = [\"crates/*\", \"xtask\"]",
            "members = [\"crates/acme-*\"]",
        )
        .replace(
            "path = \"crates/",
            &format!("path = \"{}/crates/", real.display()),
        );
    assert!(text.contains("members = [\"crates/acme-*\"]"), "{text}");
    fs::write(place, text).unwrap();
}

fn cargo(root: &Path, arguments: &[&str]) {
    let mut cargo = Command::new("cargo");
    cargo
        .current_dir(root)
        .env("CARGO_TARGET_DIR", workspace::target().unwrap())
        .args(arguments);
    let output = cargo.output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr) + String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{arguments:?}\n{text}");
}

/// Writes a crate as the page says, with a request of its own.
fn new_vendor(root: &Path, krate: &str, contract: &str, request: &str) {
    let file = root.join("theirs.yaml");
    fs::write(&file, contract).unwrap();
    new_vendor::write(root, krate, &file).unwrap();
    let place = root.join("crates").join(krate).join("tests/request.rs");
    let draft = fs::read_to_string(&place).unwrap();
    assert!(draft.contains("FILL IN"), "{draft}");
    fs::write(&place, request).unwrap();
}

const CALLS: &str = r#"//! The request, literally.
#![cfg(feature = "rustls")]

use acme_calls::{Client, LineSid, Outcome};
use numbers_testkit::{Script, sent_lines};

#[tokio::test]
async fn it_is_the_one_that_the_page_documents() {
    let success = Script::response(202, "");
    let sent = sent_lines(success, async |url| {
        let client = Client::builder()
            .with_api_key("the-key")
            .with_tenant("road-runner")
            .with_base_url(url)
            .build()
            .unwrap();
        let id = LineSid::new("L-1001").unwrap();
        let response = client.lines_drop(&id).await.unwrap();
        assert_eq!(response.outcome(), Outcome::Accepted);
        assert_eq!(response.into_body().data, None);
    })
    .await;
    let line = "POST /tenants/road-runner/lines/L-1001.json HTTP/1.1";
    let credential = "authorization: AccessKey the-key";
    let length = "content-length: 0";
    assert_eq!(sent, [line, "accept: */*", credential, length]);
}
"#;

#[test]
fn vendors_are_built_and_pass_their_tests() {
    let root = &copy_of_the_workspace();
    new_vendor(root, "acme-lines", block("yaml"), block("rust"));
    let fixture = include_str!("fixtures/acme.yaml");
    new_vendor(root, "acme-calls", fixture, CALLS);
    assert!(codegen::stale(root).unwrap().is_empty());

    apart(root);
    let all = ["--offline", "--quiet", "--workspace", "--all-features"];
    let lint = ["clippy", "--all-targets"];
    cargo(root, &[&lint[..], &all, &["--", "-D", "warnings"]].concat());
    cargo(root, &[&["test"][..], &all].concat());
    cargo(root, &["fmt", "--check"]);
}
