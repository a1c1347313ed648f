//! Regions of a file that is otherwise written by hand.
//!
//! A region begins with a comment that says `generated: NAME` and ends with one that says
//! `/generated`, each on a line of its own and in the file's own language.

use anyhow::{Result, bail, ensure};

/// A region's name and what stands in it.
pub(super) type Region = (&'static str, String);

/// Puts each region's text in its place. Every region must be there once, and no other.
pub(super) fn fill(text: &str, regions: &[Region]) -> Result<String> {
    let mut filled = String::with_capacity(text.len());
    let mut found = Vec::new();
    let mut inside = None;
    for line in text.split_inclusive('\n') {
        if comment(line) == Some("/generated") {
            ensure!(inside.take().is_some(), "a region ends that did not begin");
        } else if let Some(name) = begins(line) {
            ensure!(inside.is_none(), "the region {name} begins inside another");
            let Some((name, content)) = regions.iter().find(|(known, _)| *known == name) else {
                bail!("nothing is generated for the region {name}");
            };
            found.push(*name);
            inside = Some(*name);
            filled.push_str(line);
            filled.push_str(content);
            continue;
        } else if inside.is_some() {
            continue;
        }
        filled.push_str(line);
    }
    if let Some(name) = inside {
        bail!("the region {name} does not end");
    }
    for (name, _) in regions {
        let count = found.iter().filter(|other| *other == name).count();
        ensure!(
            count == 1,
            "expected one region `generated: {name}`, found {count}"
        );
    }
    Ok(filled)
}

fn begins(line: &str) -> Option<&str> {
    comment(line)?.strip_prefix("generated: ")
}

/// What a line says that is a comment from its first letter to its last, in Markdown, TOML or Rust.
fn comment(line: &str) -> Option<&str> {
    let line = line.trim();
    let markdown = || line.strip_prefix("<!-- ")?.strip_suffix(" -->");
    markdown()
        .or_else(|| line.strip_prefix("# "))
        .or_else(|| line.strip_prefix("// "))
}
