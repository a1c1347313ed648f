//! Rustdoc's JSON from a stable compiler, and what is read from it.

use crate::workspace::{self, shell};
use anyhow::{Context, Result};
use public_api::Builder;
use rustdoc_types::{Crate, FORMAT_VERSION, Item, ItemEnum};
use serde::Deserialize;
use std::fmt;
use std::io;
use std::path::Path;
use std::process::{Command, ExitCode};
use xshell::cmd;

/// A compiler whose rustdoc writes the format that the library `public-api` reads.
const RUST: &str = "1.95";

/// Set where this executable wraps rustdoc: the rustdoc to run.
const WRAPPED_RUSTDOC: &str = "XTASK_RUSTDOC";

/// The features with which a crate is documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Features {
    Default,
    All,
}

/// The public API of a crate.
#[derive(Debug)]
pub(super) struct Document {
    /// The crate's name.
    pub krate: String,
    /// The API, one item a line. Without what the compiler implements by itself, such as `Send` and `Sync`: the
    /// crates assert these.
    pub text: String,
    /// The paths that it re-exports, as they are where they are defined.
    pub reexports: Vec<String>,
}

/// A rustdoc whose JSON can't be read.
#[derive(Debug)]
pub struct OtherFormat(u32);

impl fmt::Display for OtherFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "this rustdoc writes JSON of format {}; format {FORMAT_VERSION} is needed, which is that of Rust {RUST}",
            self.0
        )
    }
}

impl std::error::Error for OtherFormat {}

/// Reads the public API of the crates.
///
/// # Errors
///
/// [`OtherFormat`], and where a crate does not compile.
pub(super) fn read(crates: &[String], features: Features) -> Result<Vec<Document>> {
    let folder = workspace::target()?.join("doc");
    let place = |krate: &String| folder.join(krate.replace('-', "_"));
    for krate in crates {
        // While its HTML is there, cargo does not document a crate again.
        remove(std::fs::remove_dir_all(place(krate)))?;
        remove(std::fs::remove_file(place(krate).with_extension("json")))?;
    }
    write_json(crates, features)?;
    let read = |krate: &String| {
        let json = place(krate).with_extension("json");
        document(krate, &json).with_context(|| format!("could not read {}", json.display()))
    };
    crates.iter().map(read).collect()
}

/// Ignores that it does not exist.
fn remove(done: io::Result<()>) -> io::Result<()> {
    done.or_else(|error| match error.kind() {
        io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    })
}

/// Has rustdoc write the JSON of the crates.
///
/// The format is unstable, so rustdoc wants `RUSTC_BOOTSTRAP`. Were it set for cargo, build scripts would see it and
/// every dependency would be built again. So this executable wraps rustdoc, and sets it there.
fn write_json(crates: &[String], features: Features) -> Result<()> {
    let rustdoc = std::env::var_os("RUSTDOC").unwrap_or_else(|| "rustdoc".into());
    let packages = crates.iter().flat_map(|krate| ["--package", krate]);
    let all = (features == Features::All).then_some("--all-features");
    let shell = shell()?;
    cmd!(shell, "cargo doc --quiet --no-deps {packages...} {all...}")
        .env(WRAPPED_RUSTDOC, rustdoc)
        .env("RUSTDOC", std::env::current_exe()?)
        .env(
            "RUSTDOCFLAGS",
            "-Z unstable-options --output-format json --cap-lints allow",
        )
        .run()?;
    Ok(())
}

/// What to return from `main` where this process wraps rustdoc.
#[must_use]
pub fn wrap_rustdoc() -> Option<ExitCode> {
    let rustdoc = std::env::var_os(WRAPPED_RUSTDOC)?;
    let status = Command::new(rustdoc)
        .args(std::env::args_os().skip(1))
        .env("RUSTC_BOOTSTRAP", "1")
        .status();
    let succeeded = status.is_ok_and(|status| status.success());
    Some(ExitCode::from(u8::from(!succeeded)))
}

fn document(krate: &str, json: &Path) -> Result<Document> {
    let text = std::fs::read_to_string(json)?;
    let Format { format_version } = serde_json::from_str(&text)?;
    if format_version != FORMAT_VERSION {
        return Err(OtherFormat(format_version).into());
    }
    let Crate { index, paths, .. } = serde_json::from_str(&text)?;
    let api = Builder::from_rustdoc_json(json)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .build()?;
    let reexport = |item: &Item| match &item.inner {
        ItemEnum::Use(it) => {
            let defined = it.id.and_then(|id| paths.get(&id));
            Some(defined.map_or_else(|| it.source.clone(), |it| it.path.join("::")))
        }
        _ => None,
    };
    Ok(Document {
        krate: krate.to_owned(),
        text: api.to_string(),
        reexports: index.values().filter_map(reexport).collect(),
    })
}

#[derive(Deserialize)]
struct Format {
    format_version: u32,
}
