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
        "{}\n\nA connection for each call, the default:\n\n{}\nConnections kept:\n\n{}\n\
         What a connection for each call costs:\n\n{}",
        circumstances(),
        table(rows, Mode::Fresh),
        table(rows, Mode::Kept),
        cost_of_connecting(rows)
    )
}

/// The clients in one mode, over http and then over TLS. `×` is a ratio to the same call by hand in the
/// same mode.
fn table(rows: &[Row], mode: Mode) -> String {
    let mut table = String::from(
        "| client | over | instructions | × | allocations | × | bytes | CPU µs | calls/s at 1 | at 64 |\n\
         |---|---|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for scheme in [Scheme::Http, Scheme::Https] {
        for row in rows {
            if (row.mode, row.scheme) != (mode, scheme) {
                continue;
            }
            let by_hand = row.case.and_then(|case| figures(rows, case.by_hand()));
            let ratio = |figure: fn(&Figures) -> Option<f64>| {
                let ratio = figure(&row.figures)? / figure(&by_hand?)?;
                Some(ratio)
            };
            let Figures {
                instructions,
                allocations,
                bytes,
                cpu_us,
                per_second_1,
                per_second_64,
            } = row.figures;
            let _ = writeln!(
                table,
                "| {} | {scheme} | {} | {} | {} | {} | {} | {} | {} | {} |",
                row.client,
                shown(instructions, 0),
                shown(ratio(|figures| figures.instructions), 3),
                shown(allocations, 1),
                shown(ratio(|figures| figures.allocations), 3),
                shown(bytes, 0),
                shown(cpu_us, 0),
                shown(per_second_1, 0),
                shown(per_second_64, 0),
            );
        }
    }
    table
}

/// The same call in both modes.
fn cost_of_connecting(rows: &[Row]) -> String {
    let mut table = String::from(
        "| client | over | instructions, kept | fresh | CPU µs, kept | fresh | calls/s at 1, kept | fresh | at 64, kept | fresh |\n\
         |---|---|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for scheme in [Scheme::Http, Scheme::Https] {
        for name in [Name::ReqwestJson, Name::Synthflow] {
            let [kept, fresh] = [Mode::Kept, Mode::Fresh].map(|mode| {
                let case = Case { mode, scheme, name };
                figures(rows, case).unwrap_or_default()
            });
            let both = |figure: fn(&Figures) -> Option<f64>| {
                let [kept, fresh] = [kept, fresh].map(|figures| shown(figure(&figures), 0));
                format!("{kept} | {fresh}")
            };
            let _ = writeln!(
                table,
                "| {name} | {scheme} | {} | {} | {} | {} |",
                both(|figures| figures.instructions),
                both(|figures| figures.cpu_us),
                both(|figures| figures.per_second_1),
                both(|figures| figures.per_second_64),
            );
        }
    }
    table
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

    #[test]
    fn a_ratio_is_to_the_call_by_hand_in_the_same_mode() {
        let row = |mode, name, instructions| {
            let scheme = Scheme::Http;
            let figures = Figures {
                instructions: Some(instructions),
                ..Figures::default()
            };
            Row::new(Case { mode, scheme, name }, figures)
        };
        let rows = [
            row(Mode::Fresh, Name::TwochatByHand, 200.0),
            row(Mode::Kept, Name::TwochatByHand, 100.0),
            row(Mode::Kept, Name::ReqwestJson, 50.0),
            row(Mode::Kept, Name::Twochat, 90.0),
        ];
        let table = table(&rows, Mode::Kept);
        assert!(table.contains("| twochat | http | 90 | 0.900 |"), "{table}");
        assert!(!table.contains("200"), "{table}");
    }
}
