//! The tables in handwritten pages.

use super::facade;
use super::prose::{line, table};
use super::regions::Region;
use crate::contract::call::IdFormat;
use crate::contract::responses::Outcome;
use crate::contract::{Auth, Contract};
use anyhow::Result;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Each file with regions, and their content.
pub(super) fn places(contracts: &[Contract]) -> Result<Vec<(PathBuf, Vec<Region>)>> {
    let all: Vec<&Contract> = contracts.iter().collect();
    let mut places = vec![
        ("README.md".into(), vec![("vendors", vendors(&all)?)]),
        (
            "crates/numbers/README.md".into(),
            vec![("features", features(&all))],
        ),
        (
            "Cargo.toml".into(),
            vec![("vendors", facade::workspace_lines(&all))],
        ),
        (
            "crates/numbers/Cargo.toml".into(),
            vec![
                ("features", facade::feature_lines(&all)),
                ("vendors", facade::dependency_lines(&all)),
            ],
        ),
        (
            "crates/numbers/src/compiled_vendor.rs".into(),
            vec![("vendors", facade::choices(&all))],
        ),
        (
            "crates/numbers/src/lib.rs".into(),
            vec![("vendors", facade::exports(&all))],
        ),
    ];
    for contract in contracts {
        places.push((
            format!("crates/{}/README.md", contract.krate).into(),
            vec![("variables", variables(contract))],
        ));
    }
    Ok(places)
}

fn vendors(all: &[&Contract]) -> Result<String> {
    let mut rows = Vec::new();
    for contract in all {
        let operation = contract.operation()?;
        let id = contract.parameters().next_back();
        let limit = operation.requests_per_minute.as_ref();
        rows.push(vec![
            contract.title().to_owned(),
            format!("[`{0}`](crates/{0}/README.md)", contract.krate),
            format!("`{}`", contract.vendor()),
            id.map_or_else(String::new, |id| format!("`{}`", id.example.value)),
            limit.map_or("none".to_owned(), |limit| limit.value.to_string()),
            successes(contract),
            format!(
                "[page](docs/vendors/{}.md), [the vendor's]({})",
                contract.vendor(),
                operation.docs.url
            ),
        ]);
    }
    Ok(table(
        &[
            "vendor",
            "crate",
            "name and feature",
            "an id",
            "limit",
            "success",
            "more",
        ],
        rows,
    ))
}

fn features(all: &[&Contract]) -> String {
    let rows = all.iter().map(|contract| {
        vec![
            format!("`{}`", contract.vendor()),
            format!("`numbers::{}`", contract.vendor()),
            format!("[`{0}`](../{0}/README.md)", contract.krate),
        ]
    });
    table(&["feature", "module", "crate"], rows)
}

fn successes(contract: &Contract) -> String {
    let all: Vec<_> = contract
        .successes()
        .map(|(status, outcome)| match outcome {
            Outcome::Released => format!("{status}: released"),
            Outcome::Accepted => format!("{status}: accepted, not released yet"),
        })
        .collect();
    all.join(", ")
}

/// The environment variables.
fn variables(contract: &Contract) -> String {
    let rows = contract.document.variables.iter().map(|variable| {
        let variable = &variable.value;
        let values = match variable.holds.as_str() {
            "region" => contract
                .servers()
                .filter_map(|server| server.region.as_ref())
                .map(|region| format!("`{}`", region.value))
                .collect::<Vec<_>>()
                .join(", "),
            "base_url" => contract
                .servers()
                .next()
                .map(|server| format!("for example `{}`", server.url.value))
                .unwrap_or_default(),
            "secret" => "secret".to_owned(),
            _ => String::new(),
        };
        vec![
            format!("`{}`", variable.name),
            variable.description.clone(),
            values,
        ]
    });
    table(&["variable", "meaning", "values"], rows)
}

/// The request.
pub(super) fn request(contract: &Contract) -> Result<String> {
    let (header, secrets) = match contract.auth()? {
        Auth::Header(name) => (name, "the key".to_owned()),
        Auth::Bearer => (
            "Authorization".to_owned(),
            "`Bearer` and the key".to_owned(),
        ),
        Auth::Basic => (
            "Authorization".to_owned(),
            "`Basic`, with user and password".to_owned(),
        ),
    };
    let scheme = contract
        .scheme()
        .map(|scheme| scheme.description.as_str())
        .unwrap_or_default();
    let mut list = format!("- `{} {}`\n", contract.method(), contract.path());
    for server in contract.servers() {
        let url = &server.url.value;
        match &server.region {
            Some(region) => {
                let meaning = line(&server.description);
                let meaning = meaning.trim_end_matches('.');
                writeln!(list, "- Server `{}` ({meaning}): `{url}`", region.value)?;
            }
            None => writeln!(list, "- Server: `{url}`")?,
        }
    }
    writeln!(list, "- `{header}`: {secrets}. {}", line(scheme))?;
    Ok(list)
}

/// The format of an id, in words.
pub(super) fn id_format(format: &IdFormat) -> String {
    match format {
        IdFormat::Opaque => String::new(),
        IdFormat::Uuid(uuid) => format!(" Format: `{}` and a hyphenated UUID.", uuid.prefix),
        IdFormat::Without(left) => format!(" Format: without a leading `{}`.", left.prefix),
    }
}
