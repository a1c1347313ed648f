//! The figures of a run, as rows.

use crate::case::{Case, Mode, Scheme};
use crate::count::Count;
use crate::speed::Speed;
use serde::Serialize;

/// What was measured over one scheme. What was not is `None`.
#[derive(Debug, Default, Clone, Copy, Serialize)]
pub struct Figures {
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
}

impl Figures {
    /// Puts together what was counted and what was timed.
    pub fn new(count: Count, speed: Speed) -> Self {
        Self {
            instructions: count.instructions,
            allocations: Some(count.allocations),
            bytes: Some(count.bytes),
            cpu_us: Some(speed.cpu_us),
            per_second_1: Some(speed.per_second_1),
            per_second_64: Some(speed.per_second_64),
        }
    }
}

/// One line of a table.
#[derive(Debug, Clone)]
pub struct Row {
    /// The client's name.
    pub client: String,
    /// How often it connects.
    pub mode: Mode,
    /// What it connects over.
    pub scheme: Scheme,
    /// Its case; none for a client in another language.
    pub case: Option<Case>,
    /// What was measured.
    pub figures: Figures,
}

impl Row {
    /// The row of a case.
    pub fn new(case: Case, figures: Figures) -> Self {
        Self {
            client: case.name.to_string(),
            mode: case.mode,
            scheme: case.scheme,
            case: Some(case),
            figures,
        }
    }
}

/// A client in one mode: what was measured over http, and beside it over TLS.
#[derive(Serialize)]
struct Record<'a> {
    client: &'a str,
    mode: Mode,
    #[serde(flatten)]
    http: Figures,
    tls: Option<Figures>,
}

/// The figures for other programs, without the clients in other languages.
///
/// # Errors
///
/// None that can happen: the figures are strings and numbers.
pub fn json(rows: &[Row]) -> serde_json::Result<String> {
    let over = |scheme| {
        rows.iter()
            .filter_map(move |row| Some((row, row.case?)))
            .filter(move |(_, case)| case.scheme == scheme)
    };
    let records: Vec<Record<'_>> = over(Scheme::Http)
        .map(|(row, case)| Record {
            client: &row.client,
            mode: row.mode,
            http: row.figures,
            tls: over(Scheme::Https)
                .find(|(_, tls)| (tls.mode, tls.name) == (case.mode, case.name))
                .map(|(row, _)| row.figures),
        })
        .collect();
    Ok(serde_json::to_string_pretty(&records)? + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clients::Name;

    #[test]
    fn the_file_has_each_client_once_in_each_mode() {
        let cases = Case::all(Name::all());
        let rows = cases.iter().map(|case| Row::new(*case, Figures::default()));
        let python = Row {
            client: "python requests".to_owned(),
            mode: Mode::Fresh,
            scheme: Scheme::Http,
            case: None,
            figures: Figures::default(),
        };
        let rows: Vec<Row> = rows.chain([python]).collect();
        let file: serde_json::Value = serde_json::from_str(&json(&rows).unwrap()).unwrap();
        let found: Vec<String> = file
            .as_array()
            .unwrap()
            .iter()
            .map(|record| {
                let field = |name: &str| record[name].as_str().unwrap();
                let tls = if record["tls"].is_null() { "" } else { ", tls" };
                format!("{} {}{tls}", field("client"), field("mode"))
            })
            .collect();
        let clients = [
            ("hyper", ""),
            ("reqwest", ""),
            ("reqwest-json", ", tls"),
            ("reqwest-new", ", tls"),
            ("progenitor", ", tls"),
            ("twochat-by-hand", ", tls"),
            ("exotel-by-hand", ", tls"),
            ("twochat", ", tls"),
            ("synthflow", ", tls"),
            ("exotel", ", tls"),
            ("dyn", ""),
            ("retry", ""),
            ("rate-limit", ""),
        ];
        let expected: Vec<String> = ["fresh", "kept"]
            .iter()
            .flat_map(|mode| clients.map(|(client, tls)| format!("{client} {mode}{tls}")))
            .collect();
        assert_eq!(found, expected);
        let fields: Vec<&String> = file[0].as_object().unwrap().keys().collect();
        let expected = [
            "allocations",
            "bytes",
            "client",
            "cpu_us",
            "instructions",
            "mode",
            "per_second_1",
            "per_second_64",
            "tls",
        ];
        assert_eq!(fields, expected);
    }
}
