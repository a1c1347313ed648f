//! Text as Markdown.

/// Puts text on one line.
pub(crate) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A table. Line ends and bars in cells are escaped.
pub(super) fn table(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let row = |cells: &[String]| {
        let cells = cells.iter().map(|cell| line(cell).replace('|', "\\|"));
        format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
    };
    let head: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
    let mut table = row(&head);
    table.push_str(&format!("|{}\n", "---|".repeat(head.len())));
    for cells in rows {
        table.push_str(&row(&cells));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn a_cell_with_bars_and_line_ends_stays_one_cell() {
        let cells = vec!["a | b".to_owned(), "two\n  lines\n\nand more\n".to_owned()];
        let expected = "| x | y |\n|---|---|\n| a \\| b | two lines and more |\n";
        assert_eq!(table(&["x", "y"], [cells]), expected);
    }
}
