//! Keeps the tables of a run in `docs/performance.md`.

use anyhow::{Context, Result};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/performance.md");
const START: &str = "<!-- written by cargo xtask bench --write -->\n";
const END: &str = "<!-- /written -->\n";

/// Replaces the tables.
///
/// # Errors
///
/// Where the page has no place for them, or can't be written.
pub fn write(tables: &str) -> Result<()> {
    let page = std::fs::read_to_string(FILE).context(FILE)?;
    let page = replaced(&page, tables).with_context(|| format!("{FILE}: no {START}"))?;
    std::fs::write(FILE, page).context(FILE)
}

fn replaced(page: &str, tables: &str) -> Option<String> {
    let (before, rest) = page.split_once(START)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{START}{tables}{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_marks_is_replaced() {
        let page = format!("above\n{START}old\n{END}below\n");
        let expected = format!("above\n{START}new\n{END}below\n");
        assert_eq!(replaced(&page, "new\n"), Some(expected));
        assert_eq!(replaced("above\n", "new\n"), None);
    }
}
