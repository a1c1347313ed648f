//! The call in an OpenAPI document, ours or a vendor's. It is read as an untyped value, and only what the
//! operation refers to is looked at: the rest may be invalid.

use super::facts::{Call, Response, list, plain};
use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};
use serde_saphyr::options::DuplicateKeyPolicy;
use std::collections::{BTreeMap, BTreeSet};

const METHODS: [&str; 5] = ["delete", "post", "put", "patch", "get"];

/// A document.
pub(super) struct OpenApi(Value);

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

impl OpenApi {
    /// Reads a document.
    pub(super) fn read(text: &str) -> Result<Self> {
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
        let paths = document.get("paths").and_then(Value::as_object);
        paths.context("the document has no paths")?;
        Ok(Self(document))
    }

    /// What a reference points to, or the value itself. `null` if the reference can't be resolved.
    pub(super) fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        let mut value = value;
        for _ in 0..16 {
            let Some(to) = value.get("$ref").and_then(Value::as_str) else {
                return value;
            };
            let found = to
                .trim()
                .strip_prefix('#')
                .and_then(|at| self.0.pointer(at));
            value = found.unwrap_or(&Value::Null);
        }
        &Value::Null
    }

    /// Every operation, with its path and method.
    fn operations(&self) -> impl Iterator<Item = (&str, &Value, &'static str)> {
        let paths = fields(&self.0, "paths");
        paths.flat_map(|(path, item)| {
            let item = self.resolve(item);
            let there = METHODS
                .into_iter()
                .filter(|method| item.get(*method).is_some());
            there.map(move |method| (path.as_str(), item, method))
        })
    }

    /// The only operation.
    pub(super) fn only_call(&self) -> Option<Call> {
        let (path, item, method) = self.operations().next()?;
        Some(self.call(path, item, method))
    }

    /// The operation that corresponds to ours. Of several equally similar ones, the first is taken.
    pub(super) fn call_like(&self, ours: &Call) -> Option<Call> {
        let likely = self.operations().filter_map(|(path, item, method)| {
            let likeness = self.likeness(path, item, method, ours)?;
            Some((likeness, (path, item, method)))
        });
        let (_, (path, item, method)) = likely.min_by_key(|(likeness, _)| *likeness)?;
        Some(self.call(path, item, method))
    }

    fn likeness(&self, path: &str, item: &Value, method: &str, ours: &Call) -> Option<Likeness> {
        let operation = item.get(method).unwrap_or(&Value::Null);
        let there = Call {
            path: path.to_owned(),
            servers: self.servers(operation, item),
            ..Call::default()
        };
        let same_method = method.eq_ignore_ascii_case(&ours.method);
        if same_method && path == ours.path {
            Some(Likeness::Same)
        } else if same_method && ours.is_at(&there) {
            Some(Likeness::Shape)
        } else if plain(&text(operation, "operationId")) == plain(&ours.operation) {
            Some(Likeness::Name)
        } else {
            ours.is_at(&there).then_some(Likeness::Path)
        }
    }

    fn call(&self, path: &str, item: &Value, method: &str) -> Call {
        let operation = item.get(method).unwrap_or(&Value::Null);
        let has_body = operation.get("requestBody").is_some();
        Call {
            method: method.to_ascii_uppercase(),
            path: path.to_owned(),
            operation: text(operation, "operationId"),
            servers: self.servers(operation, item),
            auth: self.auth(operation),
            deprecated: is_true(operation, "deprecated"),
            body: if has_body { "some" } else { "none" },
            parameters: self.parameters(operation, item),
            responses: fields(operation, "responses")
                .filter(|(status, _)| !status.starts_with("x-"))
                .map(|(status, response)| (status.clone(), self.response(status, response)))
                .collect(),
        }
    }

    fn servers(&self, operation: &Value, item: &Value) -> BTreeSet<String> {
        let mut places = [operation, item, &self.0].into_iter();
        let servers = places.find_map(|place| place.get("servers")?.as_array());
        servers.into_iter().flatten().flat_map(expand).collect()
    }

    fn auth(&self, operation: &Value) -> String {
        let none = Value::Null;
        let declared = self
            .0
            .pointer("/components/securitySchemes")
            .unwrap_or(&none);
        let name = |name: &String| scheme(self.resolve(declared.get(name).unwrap_or(&none)));
        let applied = operation.get("security").or_else(|| self.0.get("security"));
        let join = |schemes: Vec<String>, word: &str| match schemes.is_empty() {
            true => "none".to_owned(),
            false => schemes.join(word),
        };
        match (applied.and_then(Value::as_array), declared.as_object()) {
            (Some(all), _) => {
                let ways = all.iter().filter_map(Value::as_object);
                let ways = ways.map(|way| join(way.keys().map(name).collect(), " and "));
                join(ways.collect(), " or ")
            }
            (None, Some(declared)) if !declared.is_empty() => {
                let schemes = join(declared.keys().map(name).collect(), ", ");
                format!("{schemes}, declared but not applied")
            }
            (None, _) => "none".to_owned(),
        }
    }

    fn parameters(&self, operation: &Value, item: &Value) -> BTreeMap<String, String> {
        // Those of the operation come last and win.
        let places = [item, operation].into_iter();
        let all = places.flat_map(|place| place.get("parameters").and_then(Value::as_array));
        all.flatten()
            .map(|parameter| {
                let parameter = self.resolve(parameter);
                let schema = parameter.get("schema").unwrap_or(&Value::Null);
                let need = if is_true(parameter, "required") {
                    "required"
                } else {
                    "optional"
                };
                let old = if is_true(parameter, "deprecated") {
                    ", deprecated"
                } else {
                    ""
                };
                let types = self.whole(schema).types.allowed;
                (
                    format!("{} {}", text(parameter, "in"), text(parameter, "name")),
                    format!("{need} {}{old}", list(&types)),
                )
            })
            .collect()
    }

    fn response(&self, status: &str, response: &Value) -> Response {
        let response = self.resolve(response);
        let mut facts = Response {
            documented: response.get("x-source").is_none(),
            ..Response::default()
        };
        for (kind, body) in fields(response, "content") {
            let kind = kind.split(';').next().unwrap_or_default().trim();
            facts.media.insert(kind.to_ascii_lowercase());
            if kind.eq_ignore_ascii_case("application/json") {
                let schema = body.get("schema").unwrap_or(&Value::Null);
                facts.body = self.whole(schema);
                let is_ours = self.0.get("x-vendor").is_some();
                // Of ours, an error body with a success status is always assumed, never documented.
                let several = schema.get("anyOf").and_then(Value::as_array);
                match several.filter(|_| is_ours && status.starts_with('2')) {
                    Some(several) => {
                        for (count, schema) in several.iter().enumerate() {
                            let documented = facts.documented && count == 0;
                            self.fields(schema, "", documented, &mut facts.fields);
                        }
                    }
                    None => self.fields(schema, "", facts.documented, &mut facts.fields),
                }
            }
        }
        facts
    }
}

/// The members of the object `key`.
pub(super) fn fields<'a>(
    value: &'a Value,
    key: &str,
) -> impl Iterator<Item = (&'a String, &'a Value)> {
    value
        .get(key)
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
}

pub(super) fn is_true(value: &Value, key: &str) -> bool {
    value.get(key) == Some(&Value::Bool(true))
}

fn text(value: &Value, key: &str) -> String {
    value
        .get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

fn scheme(scheme: &Value) -> String {
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
        let default = variable.get("default").into_iter();
        let values: Vec<&str> = match listed {
            Some(listed) => listed.iter().filter_map(Value::as_str).collect(),
            None => default.filter_map(Value::as_str).collect(),
        };
        let placeholder = format!("{{{name}}}");
        let replaced = urls.iter().flat_map(|url| {
            let urls = values.iter().map(|value| url.replace(&placeholder, value));
            urls.collect::<Vec<_>>()
        });
        urls = replaced.collect();
    }
    urls
}
