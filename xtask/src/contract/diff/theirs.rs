//! The facts of a document that a vendor publishes. It is read as an untyped value: only what the
//! operation refers to is looked at, so that whatever else it holds may be invalid.

use super::facts::{Answer, Facts, Field};
use super::shape;
use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};
use serde_saphyr::options::DuplicateKeyPolicy;
use std::collections::{BTreeMap, BTreeSet};

const METHODS: [&str; 5] = ["delete", "post", "put", "patch", "get"];

/// Reads a document.
pub(super) fn read(text: &str) -> Result<Value> {
    let document: Value = match serde_json::from_str(text) {
        Ok(document) => document,
        Err(_) => {
            let mut options = serde_saphyr::Options::default();
            options.duplicate_keys = DuplicateKeyPolicy::LastWins;
            options.budget = None;
            serde_saphyr::from_str_with_options(text, options)
                .map_err(|error| anyhow::anyhow!("{}", error.without_snippet()))?
        }
    };
    match document.get("openapi").and_then(Value::as_str) {
        Some(version) if version.starts_with("3.") => {}
        _ => bail!("not an OpenAPI 3 document: expected `openapi: 3.…` at its top"),
    }
    document
        .get("paths")
        .and_then(Value::as_object)
        .context("the document has no paths")?;
    Ok(document)
}

/// The facts of their operation that is ours, or nothing where there is none.
pub(super) fn facts(document: &Value, ours: &Facts) -> Result<Option<Facts>> {
    let paths = document
        .get("paths")
        .and_then(Value::as_object)
        .context("the document has no paths")?;
    let theirs = Theirs { document };
    let items = || {
        paths
            .iter()
            .map(|(path, item)| (path.as_str(), theirs.resolve(item)))
    };
    let same_path = items().find(|(path, item)| {
        let mut facts = Facts {
            path: (*path).to_owned(),
            ..Facts::default()
        };
        facts.servers = theirs.servers(&Value::Null, item);
        shape::nameless(path) == shape::nameless(&ours.path)
            || facts.addresses() == ours.addresses()
    });
    let called = |operation: &Value| {
        operation
            .get("operationId")
            .and_then(Value::as_str)
            .map(plain)
            == Some(plain(&ours.operation))
    };
    let same_name = || {
        items().find_map(|(path, item)| {
            let method = METHODS
                .iter()
                .find(|method| item.get(**method).is_some_and(called))?;
            Some((path, item, *method))
        })
    };
    let own = ours.method.to_ascii_lowercase();
    let found = match same_path {
        Some((path, item)) => {
            let there = |method: &&&str| item.get(**method).is_some();
            let method = METHODS
                .iter()
                .find(|method| **method == own && item.get(**method).is_some())
                .or_else(|| {
                    METHODS
                        .iter()
                        .find(|method| item.get(**method).is_some_and(called))
                })
                .or_else(|| METHODS.iter().find(there));
            method.map(|method| (path, item, *method))
        }
        None => None,
    };
    Ok(found
        .or_else(same_name)
        .map(|(path, item, method)| theirs.facts(path, item, method)))
}

/// A name without case and hyphens.
fn plain(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase()
}

pub(super) struct Theirs<'a> {
    document: &'a Value,
}

impl<'a> Theirs<'a> {
    /// What a reference points to, or the value itself. A reference that leads nowhere is empty.
    pub(super) fn resolve(&self, value: &'a Value) -> &'a Value {
        let mut value = value;
        for _ in 0..16 {
            match value.get("$ref").and_then(Value::as_str) {
                None => return value,
                Some(to) => {
                    let pointer = to.trim().strip_prefix('#');
                    value = pointer
                        .and_then(|at| self.document.pointer(at))
                        .unwrap_or(&Value::Null);
                }
            }
        }
        &Value::Null
    }

    fn facts(&self, path: &str, item: &'a Value, method: &str) -> Facts {
        let operation = item.get(method).unwrap_or(&Value::Null);
        Facts {
            method: method.to_ascii_uppercase(),
            path: path.to_owned(),
            operation: text(operation, "operationId"),
            servers: self.servers(operation, item),
            auth: self.auth(operation),
            body: if operation.get("requestBody").is_some() {
                "some"
            } else {
                "none"
            }
            .to_owned(),
            parameters: self.parameters(operation, item),
            answers: self.answers(operation),
        }
    }

    fn servers(&self, operation: &'a Value, item: &'a Value) -> BTreeSet<String> {
        let places = [operation, item, self.document];
        let servers = places
            .iter()
            .find_map(|place| place.get("servers")?.as_array());
        servers.into_iter().flatten().flat_map(expand).collect()
    }

    fn auth(&self, operation: &'a Value) -> String {
        let applied = operation
            .get("security")
            .or_else(|| self.document.get("security"));
        let declared = self
            .document
            .pointer("/components/securitySchemes")
            .and_then(Value::as_object);
        let name = |name: &String| {
            let scheme = declared
                .and_then(|declared| declared.get(name))
                .unwrap_or(&Value::Null);
            scheme_of(self.resolve(scheme))
        };
        match (applied.and_then(Value::as_array), declared) {
            (Some(all), _) if all.is_empty() => "none".to_owned(),
            (Some(all), _) => {
                let ways = all.iter().filter_map(Value::as_object).map(|way| {
                    let schemes: Vec<_> = way.keys().map(name).collect();
                    if schemes.is_empty() {
                        "none".to_owned()
                    } else {
                        schemes.join(" and ")
                    }
                });
                ways.collect::<Vec<_>>().join(" or ")
            }
            (None, Some(declared)) if !declared.is_empty() => {
                let schemes: Vec<_> = declared.keys().map(name).collect();
                format!("{}, declared but not applied", schemes.join(", "))
            }
            (None, _) => "none".to_owned(),
        }
    }

    fn parameters(&self, operation: &'a Value, item: &'a Value) -> BTreeMap<String, String> {
        let of = |place: &'a Value| {
            place
                .get("parameters")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
        };
        // Those of the operation come last and win.
        of(item)
            .chain(of(operation))
            .map(|parameter| {
                let parameter = self.resolve(parameter);
                let schema = parameter.get("schema").unwrap_or(&Value::Null);
                let required = parameter
                    .get("required")
                    .and_then(Value::as_bool)
                    .unwrap_or_default();
                let mut field = Field::default();
                self.types(schema, 0, &mut field);
                let need = if required { "required" } else { "optional" };
                (
                    format!("{} {}", text(parameter, "in"), text(parameter, "name")),
                    format!("{need} {}", shape::list(&field.types)),
                )
            })
            .collect()
    }

    fn answers(&self, operation: &'a Value) -> BTreeMap<String, Answer> {
        let mut answers = BTreeMap::new();
        let responses = operation.get("responses").and_then(Value::as_object);
        for (status, response) in responses
            .into_iter()
            .flatten()
            .filter(|(status, _)| !status.starts_with("x-"))
        {
            let mut answer = Answer {
                documented: true,
                ..Answer::default()
            };
            let content = self
                .resolve(response)
                .get("content")
                .and_then(Value::as_object);
            let json = content
                .into_iter()
                .flatten()
                .find(|(kind, _)| kind.contains("json"));
            if let Some(schema) = json.and_then(|(_, body)| body.get("schema")) {
                self.fields(schema, "", 0, &mut answer.fields);
            }
            answers.insert(status.clone(), answer);
        }
        answers
    }
}

fn scheme_of(scheme: &Value) -> String {
    let kind = text(scheme, "type");
    match kind.as_str() {
        "http" => text(scheme, "scheme").to_ascii_lowercase(),
        "apiKey" => format!(
            "{} {}",
            text(scheme, "in"),
            text(scheme, "name").to_ascii_lowercase()
        ),
        _ => kind,
    }
}

/// The addresses that a server stands for, its variables filled with each value that they may have.
fn expand(server: &Value) -> Vec<String> {
    let mut urls = vec![text(server, "url").trim_end_matches('/').to_owned()];
    let none = Map::new();
    let variables = server
        .get("variables")
        .and_then(Value::as_object)
        .unwrap_or(&none);
    for (name, variable) in variables {
        let listed = variable.get("enum").and_then(Value::as_array);
        let values: Vec<&str> = match listed {
            Some(listed) => listed.iter().filter_map(Value::as_str).collect(),
            None => variable
                .get("default")
                .and_then(Value::as_str)
                .into_iter()
                .collect(),
        };
        let hole = format!("{{{name}}}");
        urls = urls
            .iter()
            .flat_map(|url| {
                values
                    .iter()
                    .map(|value| url.replace(&hole, value))
                    .collect::<Vec<_>>()
            })
            .collect();
    }
    urls
}

fn text(value: &Value, key: &str) -> String {
    value
        .get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}
