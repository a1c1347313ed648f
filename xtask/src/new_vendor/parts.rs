//! What the templates leave open, from a contract.

use crate::contract::answers::Type;
use crate::contract::document::{Parameter, Variable};
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
            ("title", contract.title().to_owned()),
            ("warning", operation.warning()),
            ("page", operation.docs.url.clone()),
            ("read", contract.document.info.version.clone()),
            ("summary", operation.summary.clone()),
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
        texts.extend(answer(contract, response));
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
                .replace("@description@", &setting.description)
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

/// The reading of the answers, as far as the schemas tell it.
fn answer(contract: &Contract, response: &str) -> Vec<(&'static str, String)> {
    let response_type = pascal(response);
    let only = contract.success_schema().and_then(|(_, schema)| {
        schema
            .properties
            .iter()
            .find(|(_, property)| property.value.value.is_some())
    });
    let judge = match only {
        None => "Some(answer) => Verdict::Success(answer),".to_owned(),
        Some((field, property)) => {
            let (field, value) = (snake(field), constant(field));
            let field = if property.value.types() == [Type::String] {
                format!("{field}.as_deref()")
            } else {
                field
            };
            format!(
                "Some(answer) if answer.{field} == Some({response_type}::{value}) => Verdict::Success(answer),\n\
                 Some(_) => Verdict::Unexpected({response_type}::UNCONFIRMED),"
            )
        }
    };
    let references = contract
        .answers()
        .flat_map(|(_, response)| response.content.json.schema.value.references());
    let error = references
        .filter_map(|reference| contract.schema(reference))
        .find(|(name, _)| *name != response);
    let words = error.map(|(_, schema)| {
        let fields = schema.properties.iter();
        let texts = fields.filter(|(_, property)| property.value.types().contains(&Type::String));
        texts
            .map(|(name, _)| format!("&error.{},", snake(name)))
            .collect::<String>()
    });
    let error = error.map_or_else(|| response_type.clone(), |(name, _)| pascal(name));
    let hinted = contract
        .answers()
        .any(|(_, response)| response.hint.is_some());
    let hint = "\n    fn hint(kind: ErrorKind) -> Option<&'static str> {\n        \
                HINTS.iter().find(|(trap, _)| *trap == kind).map(|(_, hint)| *hint)\n    }";
    vec![
        ("judge", judge),
        (
            "Error_",
            if error == response_type {
                String::new()
            } else {
                error.clone()
            },
        ),
        ("Error", error),
        ("words", words.unwrap_or_default()),
        (
            "hints_import",
            if hinted {
                "HINTS,".to_owned()
            } else {
                String::new()
            },
        ),
        (
            "answer_core",
            if hinted {
                "{Endpoint, ErrorKind}"
            } else {
                "Endpoint"
            }
            .to_owned(),
        ),
        (
            "hint",
            if hinted {
                hint.to_owned()
            } else {
                String::new()
            },
        ),
    ]
}

/// The builder's fields, one by one from the variables.
fn config(contract: &Contract) -> Vec<(&'static str, String)> {
    let mut parts: [String; 7] = Default::default();
    let [fields, reads, setters, required, secrets, canaries, shown] = &mut parts;
    let (mut base_url, mut region) = ("", None);
    for Variable {
        name,
        holds,
        description,
    } in contract.document.variables.iter().map(|one| &one.value)
    {
        let field = name
            .split_once('_')
            .map_or_else(String::new, |(_, rest)| rest.to_ascii_lowercase());
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
