//! The counts of all results.

use super::report::count;
use crate::output::painted;
use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, Table};
use numbers::Disposition;
use std::collections::BTreeMap;

/// How many numbers have an outcome, and what it means.
pub(crate) struct Row {
    name: &'static str,
    count: u64,
    /// The disposition whose colour it has.
    disposition: Option<Disposition>,
    meaning: &'static str,
}

impl Row {
    pub(crate) const fn new(name: &'static str, count: u64, meaning: &'static str) -> Self {
        Self {
            name,
            count,
            disposition: None,
            meaning,
        }
    }

    pub(crate) const fn for_disposition(disposition: Disposition, count: u64) -> Self {
        Self {
            name: disposition.as_str(),
            count,
            disposition: Some(disposition),
            meaning: meaning(disposition),
        }
    }

    pub(crate) const fn count(&self) -> u64 {
        self.count
    }

    fn painted(&self, color: bool) -> String {
        match self.disposition {
            Some(disposition) => painted(self.name, disposition, color),
            None => self.name.to_owned(),
        }
    }
}

/// A sentence where all numbers have the same outcome, else a table. Each line ends with a line break.
pub(crate) fn summary(counts: &BTreeMap<Disposition, usize>, color: bool) -> String {
    let rows = counts.iter().map(|(disposition, count)| {
        Row::for_disposition(*disposition, u64::try_from(*count).unwrap_or(u64::MAX))
    });
    "numbers: ".to_owned() + &table(&rows.collect::<Vec<_>>(), color)
}

/// A sentence where there is one row, else a table.
pub(crate) fn table(rows: &[Row], color: bool) -> String {
    let total = count(rows.iter().map(|row| row.count).sum());
    if let [row] = rows {
        let verb = match (row.name, row.count) {
            ("failed", _) => "",
            (_, 1) => " is",
            _ => " are",
        };
        let all = if row.count == 1 { "" } else { "all " };
        let meaning = match row.meaning {
            "" => String::new(),
            words => format!(": {words}"),
        };
        return format!("{all}{total}{verb} {}{meaning}\n", row.painted(color));
    }
    let mut table = Table::new();
    table.load_style(NOTHING);
    for row in rows {
        table.add_row([row.name, &row.count.to_string(), row.meaning]);
    }
    if let Some(column) = table.column_mut(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    let mut text = format!("{total}:\n");
    for (line, row) in table.to_string().lines().zip(rows) {
        // Painted here, because the table would count the escape sequences.
        let line = line.replacen(row.name, &row.painted(color), 1);
        text.push_str(&format!("  {}\n", line.trim()));
    }
    text
}

/// What an outcome means, beyond its name.
const fn meaning(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Released => "",
        Disposition::Accepted => "not released yet",
        Disposition::Absent => "the vendor no longer knows it",
        Disposition::Failed => "not released by this call",
        Disposition::Unknown => "may have been released",
    }
}

#[cfg(test)]
mod tests {
    use super::summary;
    use numbers::Disposition::{Accepted, Failed, Released, Unknown};

    #[test]
    fn one_outcome_is_a_sentence_and_several_are_a_table() {
        for (counts, expected) in [
            (&[(Released, 1)][..], "numbers: 1 number is released\n"),
            (
                &[(Failed, 1)],
                "numbers: 1 number failed: not released by this call\n",
            ),
            (
                &[(Accepted, 2)],
                "numbers: all 2 numbers are accepted: not released yet\n",
            ),
            (
                &[(Released, 12), (Failed, 1)],
                "numbers: 13 numbers:\n  released  12\n  failed     1  not released by this call\n",
            ),
        ] {
            assert_eq!(summary(&counts.iter().copied().collect(), false), expected);
        }
    }

    #[test]
    fn what_needs_attention_is_coloured_and_columns_stay_aligned() {
        let counts = [(Released, 1), (Failed, 1), (Unknown, 1)].into();
        let colored = summary(&counts, true);
        assert!(!colored.contains("\u{1b}[0mreleased"), "{colored:?}");
        assert!(
            colored.contains("\u{1b}[31mfailed\u{1b}[0m    1  not"),
            "{colored:?}"
        );
        assert!(colored.contains("unknown\u{1b}[0m   1  may"), "{colored:?}");
    }
}
