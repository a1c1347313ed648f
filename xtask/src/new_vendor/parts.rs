//! The values for the templates' placeholders.

use super::response;
use crate::codegen::line;
use crate::contract::document::Variable;
use crate::contract::{Contract, constant, pascal, snake};
use anyhow::{Context, Result};

/// Values by placeholder.
pub(super) struct Parts(Vec<(&'static str, String)>);

impl Parts {
    pub(super) fn from_contract(contract: &Contract) -> Result<Self> {
        let operation = contract.operation()?;
        let (response, _) = contract.success_schema().context("no success")?;
        let id = contract.parameters().next_back().context("no parameter")?;
        let region = match contract.document.servers_mean {
            Some(_) => "Region,",
            None => "",
        };
        let mut texts = vec![
            ("crate", contract.krate.clone()),
            ("krate", contract.krate.replace('-', "_")),
            ("vendor", contract.vendor().to_owned()),
            ("title", line(contract.title())),
            ("warning", line(&operation.warning())),
            ("page", operation.docs.url.clone()),
            ("read", contract.document.info.version.clone()),
            ("summary", line(&operation.summary)),
            ("operation_id", operation.id.value.clone()),
            ("operation", snake(&operation.id.value)),
            ("Operation", pascal(&operation.id.value)),
            ("Response", pascal(response)),
            ("Id", pascal(&id.name)),
            ("ID", constant(&id.name)),
            ("Region_", region.to_owned()),
            ("canaries", setters(contract)),
        ];
        texts.extend(response::parts(contract)?);
        Ok(Self(texts))
    }

    pub(super) fn fill(&self, template: &str) -> String {
        self.0
            .iter()
            .fold(template.to_owned(), |text, (name, value)| {
                text.replace(&format!("@{name}@"), value.trim_end())
            })
    }
}

/// Setters for credentials and path settings, for the shared tests.
fn setters(contract: &Contract) -> String {
    let prefix = contract.vendor().to_ascii_uppercase() + "_";
    let variables = contract.document.variables.iter().map(|one| &one.value);
    variables
        .filter_map(|Variable { name, holds, .. }| {
            let field = name.strip_prefix(&prefix).unwrap_or(name);
            let field = field.to_ascii_lowercase();
            match holds.as_str() {
                "base_url" | "region" => None,
                "secret" => Some(format!(".with_{field}(CANARY)\n")),
                _ => Some(format!(".with_{field}(\"FILL-IN\")\n")),
            }
        })
        .collect()
}
