//! The tables that are printed and kept in `docs/performance.md`.

use crate::case::{Case, Mode, Scheme};
use crate::clients::Name;
use crate::report::{Figures, Row};
use std::fmt::Write;
use std::process::Command;
use std::time::SystemTime;

/// Everything that is said of a run.
pub fn all(rows: &[Row]) -> String {
    format!(
        "{}\n\nA connection for each call, the default:\n\n{}\nConnections kept:\n\n{}",
        circumstances(),
        table(rows, Mode::Fresh),
        table(rows, Mode::Kept),
    )
}

/// The clients in one mode, with http and TLS side by side. `×` is a ratio to the same call by hand in the
/// same mode.
fn table(rows: &[Row], mode: Mode) -> String {
    let mut table = String::from(
        "| client | instructions | × | allocations × | CPU µs | calls/s | TLS: × | CPU µs |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for row in rows {
        if (row.mode, row.scheme) != (mode, Scheme::Http) || !is_compared(row, mode) {
            continue;
        }
        let of = |case: Option<Case>| {
            case.and_then(|case| figures(rows, case))
                .unwrap_or_default()
        };
        let (http, by_hand) = (row.figures, of(row.case.map(Case::by_hand)));
        let over_tls = row.case.map(|case| Case {
            scheme: Scheme::Https,
            ..case
        });
        let (tls, tls_by_hand) = (of(over_tls), of(over_tls.map(Case::by_hand)));
        let _ = writeln!(
            table,
            "| {} | {} | {} | {} | {} | {} | {} | {} |",
            row.client,
            shown(http.instructions, 0),
            shown(ratio(http, by_hand, |figures| figures.instructions), 3),
            shown(ratio(http, by_hand, |figures| figures.allocations), 3),
            shown(http.cpu_us, 0),
            shown(http.per_second_1, 0),
            shown(ratio(tls, tls_by_hand, |figures| figures.instructions), 3),
            shown(tls.cpu_us, 0),
        );
    }
    table
}

/// Whether the table of this mode shows it. The others are there for the ratios, or are near one that is
/// shown; the JSON has them all.
fn is_compared(row: &Row, mode: Mode) -> bool {
    row.case.is_none_or(|case| match case.name {
        Name::Hyper
        | Name::ReqwestJson
        | Name::Progenitor
        | Name::Twochat
        | Name::Synthflow
        | Name::Exotel => true,
        // It keeps nothing in either mode.
        Name::ReqwestNew => mode == Mode::Fresh,
        _ => false,
    })
}

fn ratio(own: Figures, by_hand: Figures, figure: fn(&Figures) -> Option<f64>) -> Option<f64> {
    Some(figure(&own)? / figure(&by_hand)?)
}

fn figures(rows: &[Row], case: Case) -> Option<Figures> {
    let row = rows.iter().find(|row| row.case == Some(case))?;
    Some(row.figures)
}

/// When, on what, and with which compiler.
fn circumstances() -> String {
    let now = humantime::format_rfc3339_seconds(SystemTime::now()).to_string();
    let date = now.split('T').next().unwrap_or_default();
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or("unknown processor", |(_, model)| model);
    let (os, arch) = (std::env::consts::OS, std::env::consts::ARCH);
    let compiler = Command::new("rustc").arg("--version").output();
    let compiler = compiler.map_or_else(
        |_| "unknown compiler".to_owned(),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    );
    format!("{date}, {model}, {os} {arch}, {compiler}")
}

fn shown(figure: Option<f64>, digits: usize) -> String {
    figure.map_or_else(|| "–".to_owned(), |figure| format!("{figure:.digits$}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(mode: Mode, scheme: Scheme, name: Name, instructions: f64) -> Row {
        let figures = Figures {
            instructions: Some(instructions),
            ..Figures::default()
        };
        Row::new(Case { mode, scheme, name }, figures)
    }

    #[test]
    fn a_ratio_is_to_the_call_by_hand_in_the_same_mode() {
        let rows = [
            row(Mode::Fresh, Scheme::Http, Name::TwochatByHand, 200.0),
            row(Mode::Kept, Scheme::Http, Name::TwochatByHand, 100.0),
            row(Mode::Kept, Scheme::Http, Name::ReqwestJson, 50.0),
            row(Mode::Kept, Scheme::Http, Name::Twochat, 90.0),
            row(Mode::Kept, Scheme::Https, Name::TwochatByHand, 500.0),
            row(Mode::Kept, Scheme::Https, Name::Twochat, 400.0),
        ];
        let table = table(&rows, Mode::Kept);
        let expected = "| twochat | 90 | 0.900 | – | – | – | 0.800 | – |";
        assert!(table.contains(expected), "{table}");
        assert!(!table.contains("200"), "{table}");
    }

    #[test]
    fn the_tables_leave_out_what_compares_no_clients() {
        let rows = Name::all()
            .iter()
            .map(|name| row(Mode::Fresh, Scheme::Http, *name, 1.0));
        let table = table(&rows.collect::<Vec<_>>(), Mode::Fresh);
        let clients = table
            .lines()
            .skip(2)
            .filter_map(|line| line.split(' ').nth(1));
        let expected = [
            "hyper",
            "reqwest-json",
            "reqwest-new",
            "progenitor",
            "twochat",
            "synthflow",
            "exotel",
        ];
        assert_eq!(clients.collect::<Vec<_>>(), expected);
    }
}
