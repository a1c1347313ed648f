//! Generated regions in handwritten files.
//!
//! A region begins with a comment `generated: NAME` and ends with a comment `/generated`, each on its own
//! line.

use anyhow::{Result, bail, ensure};
use std::collections::BTreeMap;

/// Fills the regions, which are given by name. The file must have each exactly once, and no other.
pub(super) fn fill(text: &str, mut regions: BTreeMap<&str, String>) -> Result<String> {
    let mut filled = String::with_capacity(text.len());
    let mut inside = None;
    for line in text.split_inclusive('\n') {
        let comment = comment(line).unwrap_or_default();
        if comment == "/generated" {
            ensure!(inside.take().is_some(), "a region ends that did not begin");
        } else if let Some(name) = comment.strip_prefix("generated: ") {
            ensure!(inside.is_none(), "the region {name} begins inside another");
            // The second of two finds nothing either.
            let Some(content) = regions.remove(name) else {
                bail!("nothing is generated for the region {name}");
            };
            inside = Some(name);
            filled += line;
            filled += &content;
        }
        if inside.is_none() {
            filled += line;
        }
    }
    if let Some(name) = inside {
        bail!("the region {name} does not end");
    }
    if let Some(name) = regions.keys().next() {
        bail!("expected one region `generated: {name}`, found 0");
    }
    Ok(filled)
}

/// The text of a line that is a Markdown, TOML or Rust comment.
fn comment(line: &str) -> Option<&str> {
    let line = line.trim();
    let markdown = || line.strip_prefix("<!-- ")?.strip_suffix(" -->");
    markdown()
        .or_else(|| line.strip_prefix("# "))
        .or_else(|| line.strip_prefix("// "))
}
