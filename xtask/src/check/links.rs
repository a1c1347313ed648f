//! The links between the pages of this repository.

use crate::workspace;
use anyhow::{Result, ensure};
use std::path::Path;
use xshell::cmd;

/// Sees that every relative link of a tracked Markdown page leads to a file.
///
/// # Errors
///
/// Where one does not; the message lists them.
pub(super) fn check() -> Result<()> {
    let shell = workspace::shell()?;
    let pages = cmd!(shell, "git ls-files *.md").read()?;
    let mut broken = Vec::new();
    for page in pages.lines() {
        let path = workspace::root().join(page);
        let folder = path.parent().unwrap_or(Path::new("."));
        let text = std::fs::read_to_string(&path)?;
        broken.extend(
            targets(&text)
                .filter(|link| !folder.join(link).exists())
                .map(|link| format!("{page}: {link}")),
        );
    }
    ensure!(
        broken.is_empty(),
        "links that lead nowhere:\n{}",
        broken.join("\n")
    );
    Ok(())
}

/// What the links of a page point at, addresses and anchors left out.
fn targets(text: &str) -> impl Iterator<Item = &str> {
    let after = text.split("](").skip(1);
    let links = after
        .filter_map(|rest| rest.split_once(')'))
        .map(|(link, _)| link);
    // What is written like a link but names an item of the code is rustdoc's to check.
    let files = links
        .filter(|link| !link.contains("://") && !link.contains("::") && !link.starts_with('#'));
    files.filter_map(|link| link.split('#').next())
}

#[cfg(test)]
mod tests {
    use super::targets;

    #[test]
    fn only_links_to_files_are_followed() {
        let text =
            "[a](docs/a.md) [b](https://b.example) [c](#c) [d](e.md#d) [f](crate::F) `g]` (h)";
        assert_eq!(targets(text).collect::<Vec<_>>(), ["docs/a.md", "e.md"]);
    }
}
