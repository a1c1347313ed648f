//! What the templates leave open, from a contract.

use super::answer;
use crate::codegen::line;
use crate::contract::call::Parameter;
use crate::contract::document::Variable;
use crate::contract::{Contract, constant, pascal, snake};
use anyhow::{Context, Result};

/// Texts by the name that the templates have for them.
pub(super) struct Parts {
    texts: Vec<(&'static str, String)>,
    /// The types of the parameters that are settings and not the number's id.
    pub(super) settings: String,
}

impl Parts {
    pub(super) fn of(contract: &Contract) -> Result<Self> {
        let operation = contract.operation()?;
        let (response, _) = contract.success_schema().context("no success")?;
        let id = contract.parameters().next_back().context("no parameter")?;
        let settings: Vec<&Parameter> = contract
            .parameters()
            .filter(|one| one.name != id.name)
            .collect();
        let names = |write: &dyn Fn(&str) -> String| -> String {
            settings
                .iter()
                .map(|setting| write(&setting.name))
                .collect()
        };
        let several = contract.document.servers_mean.is_some();
        let ids: Vec<_> = contract.parameters().map(|one| pascal(&one.name)).collect();
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
            ("ids", ids.join(", ")),
            (
                "Region_",
                if several {
                    "Region,".to_owned()
                } else {
                    String::new()
                },
            ),
            ("settings_", names(&|name| format!("{}, ", pascal(name)))),
            (
                "setting_fields",
                names(&|name| format!("pub(crate) {}: {},", snake(name), pascal(name))),
            ),
            (
                "setting_refs",
                names(&|name| format!("&self.{}, ", snake(name))),
            ),
            ("setting_names", names(&|name| format!("{}, ", snake(name)))),
            (
                "id_imports",
                if settings.is_empty() {
                    String::new()
                } else {
                    "use numbers_core::{Error, check_segment};".to_owned()
                },
            ),
        ];
        texts.extend(answer::parts(contract)?);
        texts.extend(config(contract));
        let mut parts = Self {
            texts,
            settings: String::new(),
        };
        for setting in settings {
            let variable = contract
                .document
                .variables
                .iter()
                .find(|one| one.value.holds == setting.name);
            parts.settings += &parts
                .fill(include_str!("templates/setting.rs.txt"))
                .replace("@description@", &line(&setting.description))
                .replace("@Setting@", &pascal(&setting.name))
                .replace("@setting@", &snake(&setting.name))
                .replace("@variable@", variable.map_or("", |one| &one.value.name));
        }
        Ok(parts)
    }

    pub(super) fn fill(&self, template: &str) -> String {
        self.texts
            .iter()
            .fold(template.to_owned(), |text, (name, value)| {
                text.replace(&format!("@{name}@"), value.trim_end())
            })
    }
}

/// The builder's fields, one by one from the variables.
fn config(contract: &Contract) -> Vec<(&'static str, String)> {
    let mut parts: [String; 7] = Default::default();
    let [fields, reads, setters, required, secrets, canaries, shown] = &mut parts;
    let (mut base_url, mut region) = ("", None);
    let prefix = contract.vendor().to_ascii_uppercase() + "_";
    for Variable {
        name,
        holds,
        description,
    } in contract.document.variables.iter().map(|one| &one.value)
    {
        let field = name
            .strip_prefix(&prefix)
            .unwrap_or(name)
            .to_ascii_lowercase();
        let description = line(description);
        shown.push_str(&format!("`{name}`, "));
        let setter = |value: &str, kind: &str| {
            format!(
                "/// {description}\n#[must_use]\npub fn {field}(mut self, {field}: {kind}) -> Self {{ self.{field} = Some({value}); self }}\n\n"
            )
        };
        let need = format!(
            "let {field} = required(wire::VENDOR, \"{field}\", \"{name}\", self.{field})?;\n"
        );
        match holds.as_str() {
            "base_url" => base_url = name,
            "region" => {
                region = Some(name);
                fields.push_str("region: Option<Region>,\n");
                reads.push_str(&format!("region: vars.choice(\"{name}\", Region::ALL)?,\n"));
                setters.push_str(&setter("region", "Region"));
            }
            "secret" => {
                fields.push_str(&format!("{field}: Option<SecretString>,\n"));
                reads.push_str(&format!("{field}: vars.secret(\"{name}\")?,\n"));
                setters.push_str(&setter(
                    &format!("{field}.into()"),
                    "impl Into<SecretString>",
                ));
                required.push_str(&need);
                secrets.push_str(&format!("(\"{field} ({name})\", &{field}),"));
                canaries.push_str(&format!(".{field}(CANARY)\n"));
            }
            parameter => {
                let kind = pascal(parameter);
                fields.push_str(&format!("{field}: Option<{kind}>,\n"));
                reads.push_str(&format!(
                    "{field}: vars.text(\"{name}\")?.map({kind}::new).transpose()?,\n"
                ));
                setters.push_str(&setter(&field, &kind));
                required.push_str(&need);
                canaries.push_str(&format!(".{field}({kind}::new(\"FILL-IN\")?)\n"));
            }
        }
    }
    let server = match region {
        None => "let server = wire::SERVER;".to_owned(),
        Some(name) => format!(
            "let server = server(wire::VENDOR, \"{name}\", Region::ALL, self.region.map(Region::base_url), &self.http)?;"
        ),
    };
    let import = if region.is_some() { ", server" } else { "" };
    let shown = shown.trim_end_matches(", ").to_owned();
    let [fields, reads, setters, required, secrets, canaries, _] = parts;
    vec![
        ("fields", fields),
        ("reads", reads),
        ("setters", setters),
        ("required", required),
        ("secrets", secrets),
        ("canaries", canaries),
        ("variables", shown),
        ("base_url", base_url.to_owned()),
        ("server", server),
        ("server_import", import.to_owned()),
    ]
}
