//! The sum of all results.

use super::report::numbers;
use crate::output::painted;
use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, Table};
use numbers::Disposition;
use std::collections::BTreeMap;

/// A sentence where all numbers have the same outcome, else a table. Each line ends with a line break.
pub(crate) fn summary(counts: &BTreeMap<Disposition, usize>, color: bool) -> String {
    let total: usize = counts.values().sum();
    let mut outcomes = counts.iter();
    if let (Some((disposition, _)), None) = (outcomes.next(), outcomes.next()) {
        let verb = match (disposition, total) {
            (Disposition::Failed, _) => "",
            (_, 1) => " is",
            _ => " are",
        };
        let all = if total == 1 { "" } else { "all " };
        let subject = format!("{all}{}{verb}", numbers(total));
        let outcome = painted(disposition.as_str(), *disposition, color);
        let meaning = match meaning(*disposition) {
            "" => String::new(),
            words => format!(": {words}"),
        };
        return format!("numbers: {subject} {outcome}{meaning}\n");
    }
    let mut table = Table::new();
    table.load_style(NOTHING);
    for (disposition, count) in counts {
        table.add_row([
            disposition.as_str(),
            &count.to_string(),
            meaning(*disposition),
        ]);
    }
    if let Some(column) = table.column_mut(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    let mut text = format!("numbers: {}:\n", numbers(total));
    for (line, disposition) in table.to_string().lines().zip(counts.keys()) {
        let name = disposition.as_str();
        // Painted here, because the table would count the escape sequences.
        let line = line.replacen(name, &painted(name, *disposition, color), 1);
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
