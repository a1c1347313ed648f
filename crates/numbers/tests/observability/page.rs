//! The tables of `docs/observability.md`.

use std::collections::BTreeSet;

const PAGE: &str = include_str!("../../../../docs/observability.md");

/// Kind, name, target and level of each span and event.
pub(crate) fn items() -> BTreeSet<[String; 4]> {
    let rows = rows().filter(|row| ["span", "event"].contains(&&*row[0]));
    rows.map(|row| [0, 1, 2, 3].map(|cell| row[cell].clone()))
        .collect()
}

/// Each field with the span or event that it is in, and its type.
pub(crate) fn fields() -> BTreeSet<[String; 3]> {
    let mut fields = BTreeSet::new();
    for row in rows().filter(|row| ["string", "integer"].contains(&&*row[2])) {
        for name in row[1].split(", ") {
            fields.insert([&row[0], name, &row[2]].map(str::to_owned));
        }
    }
    fields
}

fn rows() -> impl Iterator<Item = Vec<String>> {
    let rows = PAGE.lines().filter(|line| line.starts_with("| "));
    rows.map(|row| {
        let cells = row.trim_matches('|').split('|');
        cells.map(|cell| cell.trim().replace('`', "")).collect()
    })
}
