//! What is printed and written.

use crate::allocations::Allocations;
use crate::clients::Name;
use crate::speed::{Sample, Turn};
use crate::spread::{Spread, median};
use serde::Serialize;
use std::fmt::Write;

/// One client's figures. What was not measured is `None`.
#[derive(Debug, Default, Clone, Serialize)]
pub struct Row {
    /// Its name.
    pub client: String,
    /// Instructions a call.
    pub instructions: Option<f64>,
    /// Allocations a call.
    pub allocations: Option<f64>,
    /// Bytes allocated a call.
    pub bytes: Option<f64>,
    /// CPU time a call, in microseconds.
    pub cpu_us: Option<f64>,
    /// Calls a second, one at a time.
    pub per_second_1: Option<f64>,
    /// Calls a second, 64 at a time.
    pub per_second_64: Option<f64>,
    /// The same three as ratios to reqwest by hand.
    #[serde(skip)]
    pub ratios: Option<[Spread; 3]>,
    /// Which of the clients it is; none for a sample in another language.
    #[serde(skip)]
    pub name: Option<Name>,
}

impl Row {
    /// Puts the figures of one of the clients together.
    pub fn new(
        name: Name,
        instructions: Option<f64>,
        allocations: Allocations,
        turns: &[Turn],
    ) -> Self {
        let figures: [fn(&Sample) -> f64; 3] = [
            |sample| sample.cpu.as_secs_f64() * 1e6,
            |sample| sample.per_second_1,
            |sample| sample.per_second_64,
        ];
        let [cpu_us, per_second_1, per_second_64] =
            figures.map(|figure| Some(median(turns.iter().map(|turn| figure(&turn.own)))));
        let ratio =
            |turn: &Turn, figure: fn(&Sample) -> f64| figure(&turn.own) / figure(&turn.reqwest);
        Self {
            client: name.to_string(),
            instructions,
            allocations: Some(allocations.count),
            bytes: Some(allocations.bytes),
            cpu_us,
            per_second_1,
            per_second_64,
            ratios: Some(
                figures.map(|figure| Spread::of(turns.iter().map(|turn| ratio(turn, figure)))),
            ),
            name: Some(name),
        }
    }
}

/// The figures for other programs, without the yardsticks and the samples in other languages.
///
/// # Errors
///
/// None that can come up: the figures are text and numbers.
pub fn json(rows: &[Row]) -> serde_json::Result<String> {
    let clients: Vec<&Row> = rows
        .iter()
        .filter(|row| row.name.is_some_and(|name| !name.is_yardstick()))
        .collect();
    Ok(serde_json::to_string_pretty(&clients)? + "\n")
}

/// The table of all clients. The ratios of instructions are to Synthflow's call by hand with JSON, and to
/// the client's own.
pub fn table(rows: &[Row]) -> String {
    let instructions = |name: Name| {
        rows.iter()
            .find(|row| row.name == Some(name))
            .and_then(|row| row.instructions)
    };
    let base = instructions(Name::ReqwestJson);
    let mut table = String::from(
        "| client | instructions | to reqwest-json | to the same by hand | allocations | bytes | CPU µs, to reqwest | calls/s at 1, to reqwest | calls/s at 64, to reqwest |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for row in rows {
        let to = |base: Option<f64>| row.instructions.zip(base).map(|(own, base)| own / base);
        let _ = writeln!(
            table,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            row.client,
            shown(row.instructions, 0),
            shown(to(base), 3),
            shown(to(row.name.map(Name::by_hand).and_then(instructions)), 3),
            shown(row.allocations, 1),
            shown(row.bytes, 0),
            beside(shown(row.cpu_us, 1), row.ratios.map(|[cpu, ..]| cpu)),
            beside(
                shown(row.per_second_1, 0),
                row.ratios.map(|[_, one, _]| one)
            ),
            beside(
                shown(row.per_second_64, 0),
                row.ratios.map(|[.., many]| many)
            ),
        );
    }
    table
}

/// The table of what a client's construction costs.
pub fn startup_table(costs: &[(&str, f64)]) -> String {
    let mut table = String::from("| a client made | µs |\n|---|--:|\n");
    for (way, cost) in costs {
        let _ = writeln!(table, "| {way} | {cost:.2} |");
    }
    table
}

/// The machine, as far as the system tells.
pub fn machine() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let (os, arch) = (std::env::consts::OS, std::env::consts::ARCH);
    let model = model.map_or("unknown processor", |(_, model)| model);
    format!("{model}, {cores} cores, {os} {arch}")
}

fn beside(figure: String, ratio: Option<Spread>) -> String {
    match ratio {
        Some(ratio) => format!("{figure}, {ratio}"),
        None => figure,
    }
}

fn shown(figure: Option<f64>, digits: usize) -> String {
    figure.map_or_else(|| "–".to_owned(), |figure| format!("{figure:.digits$}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_has_the_clients_and_nothing_else() {
        let named = Name::all().iter().map(|name| Row {
            client: name.to_string(),
            name: Some(*name),
            ..Row::default()
        });
        let peer = Row {
            client: "python requests".to_owned(),
            ..Row::default()
        };
        let rows: Vec<Row> = named.chain([peer]).collect();
        let file: serde_json::Value = serde_json::from_str(&json(&rows).unwrap()).unwrap();
        let clients: Vec<&str> = file
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["client"].as_str().unwrap())
            .collect();
        let expected = [
            "hyper",
            "reqwest",
            "reqwest-json",
            "reqwest-new",
            "progenitor",
            "twochat",
            "synthflow",
            "exotel",
            "dyn",
            "retry",
            "rate-limit",
        ];
        assert_eq!(clients, expected);
        let mut fields: Vec<&str> = file[0]
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        fields.sort_unstable();
        let expected = [
            "allocations",
            "bytes",
            "client",
            "cpu_us",
            "instructions",
            "per_second_1",
            "per_second_64",
        ];
        assert_eq!(fields, expected);
    }
}
