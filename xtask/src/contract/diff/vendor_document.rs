//! The facts of a document that a vendor publishes. It is read as an untyped value, and only what our
//! operation refers to is looked at: the rest may be invalid.

use super::facts::{Facts, ResponseFacts};
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

/// The facts of the operation that corresponds to ours, or `None` if there is none.
pub(super) fn facts(document: &Value, ours: &Facts) -> Result<Option<Facts>> {
    let paths = document
        .get("paths")
        .and_then(Value::as_object)
        .context("the document has no paths")?;
    let theirs = VendorDocument { document };
    let operations = paths.iter().flat_map(|(path, item)| {
        let item = theirs.resolve(item);
        let there = METHODS.iter().filter(|method| item.get(**method).is_some());
        there.map(move |method| (path.as_str(), item, *method))
    });
    let found = operations
        .filter_map(|(path, item, method)| {
            let likeness = theirs.likeness(path, item, method, ours)?;
            Some((likeness, (path, item, method)))
        })
        // Of several equally similar ones, the first is taken.
        .min_by_key(|(likeness, _)| *likeness);
    Ok(found.map(|(_, (path, item, method))| theirs.facts(path, item, method)))
}

/// How one of the document's operations matches ours, best match first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// Path and method.
    Same,
    /// The same method and path, except for parameter names and where the server's prefix ends.
    Shape,
    /// The same `operationId`.
    Name,
    /// The same path, with another method.
    Path,
}

pub(super) struct VendorDocument<'a> {
    document: &'a Value,
}

impl<'a> VendorDocument<'a> {
    /// What a reference points to, or the value itself. `null` if the reference can't be resolved.
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

    fn likeness(
        &self,
        path: &str,
        item: &'a Value,
        method: &str,
        ours: &Facts,
    ) -> Option<Likeness> {
        let operation = item.get(method).unwrap_or(&Value::Null);
        let mut facts = Facts {
            path: path.to_owned(),
            ..Facts::default()
        };
        facts.servers = self.servers(operation, item);
        let shape = shape::nameless(path) == shape::nameless(&ours.path)
            || facts.addresses() == ours.addresses();
        let same_method = method.eq_ignore_ascii_case(&ours.method);
        if same_method && path == ours.path {
            Some(Likeness::Same)
        } else if same_method && shape {
            Some(Likeness::Shape)
        } else if shape::plain(&text(operation, "operationId")) == shape::plain(&ours.operation) {
            Some(Likeness::Name)
        } else {
            shape.then_some(Likeness::Path)
        }
    }

    fn facts(&self, path: &str, item: &'a Value, method: &str) -> Facts {
        let operation = item.get(method).unwrap_or(&Value::Null);
        Facts {
            method: method.to_ascii_uppercase(),
            path: path.to_owned(),
            operation: text(operation, "operationId"),
            servers: self.servers(operation, item),
            auth: self.auth(operation),
            deprecated: operation.get("deprecated") == Some(&Value::Bool(true)),
            body: if operation.get("requestBody").is_some() {
                "some"
            } else {
                "none"
            }
            .to_owned(),
            parameters: self.parameters(operation, item),
            responses: self.responses(operation),
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
                let need = if required { "required" } else { "optional" };
                (
                    format!("{} {}", text(parameter, "in"), text(parameter, "name")),
                    format!("{need} {}", shape::list(&self.types(schema))),
                )
            })
            .collect()
    }

    fn responses(&self, operation: &'a Value) -> BTreeMap<String, ResponseFacts> {
        let mut found = BTreeMap::new();
        let responses = operation.get("responses").and_then(Value::as_object);
        for (status, response) in responses
            .into_iter()
            .flatten()
            .filter(|(status, _)| !status.starts_with("x-"))
        {
            let mut facts = ResponseFacts {
                documented: true,
                ..ResponseFacts::default()
            };
            let content = self
                .resolve(response)
                .get("content")
                .and_then(Value::as_object);
            for (kind, body) in content.into_iter().flatten() {
                let kind = kind.split(';').next().unwrap_or_default().trim();
                facts.media.insert(kind.to_ascii_lowercase());
                if kind.eq_ignore_ascii_case("application/json") {
                    let schema = body.get("schema").unwrap_or(&Value::Null);
                    facts.body = self.types(schema);
                    self.fields(schema, "", 0, &mut facts.fields);
                }
            }
            found.insert(status.clone(), facts);
        }
        found
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

/// A server's URLs, with every combination of its variables' values.
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
