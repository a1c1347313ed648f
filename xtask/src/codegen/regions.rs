//! Generated regions in handwritten files.
//!
//! A region begins with a comment `generated: NAME` and ends with a comment `/generated`, each on its own
//! line.

use anyhow::{Result, bail, ensure};

/// A region's name and content.
pub(super) type Region = (&'static str, String);

/// Fills the regions. The file must have each exactly once, and no other.
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

/// The text of a line that is a Markdown, TOML or Rust comment.
fn comment(line: &str) -> Option<&str> {
    let line = line.trim();
    let markdown = || line.strip_prefix("<!-- ")?.strip_suffix(" -->");
    markdown()
        .or_else(|| line.strip_prefix("# "))
        .or_else(|| line.strip_prefix("// "))
}
