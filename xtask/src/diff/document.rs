//! The call in an OpenAPI document, ours or a vendor's. It is read as an untyped value, and only what the
//! operation refers to is looked at: the rest may be invalid.

use super::facts::{Call, Fact, Facts, Response, list};
use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};
use serde_saphyr::options::DuplicateKeyPolicy;
use std::collections::BTreeSet;

const METHODS: [&str; 5] = ["delete", "post", "put", "patch", "get"];

const JSON: &str = "application/json";

/// How deep a schema is followed: it may contain itself.
const DEPTH: usize = 12;

/// A document.
pub(super) struct OpenApi(Value);

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
    fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
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

    /// Every operation.
    pub(super) fn calls(&self) -> impl Iterator<Item = Call> {
        let paths = fields(&self.0, "paths");
        paths.flat_map(|(path, item)| {
            let item = self.resolve(item);
            let there = METHODS.into_iter().filter_map(|method| {
                let operation = item.get(method)?;
                Some(self.call(path, item, method, operation))
            });
            there.collect::<Vec<_>>()
        })
    }

    fn call(&self, path: &str, item: &Value, method: &str, operation: &Value) -> Call {
        let has_body = operation.get("requestBody").is_some();
        let mut facts = Facts::from([
            ("method".to_owned(), Fact::new(method.to_ascii_uppercase())),
            ("authentication".to_owned(), Fact::new(self.auth(operation))),
            (
                "request body".to_owned(),
                Fact::new(if has_body { "some" } else { "none" }),
            ),
        ]);
        if is_true(operation, "deprecated") {
            facts.insert("standing".to_owned(), Fact::new("deprecated"));
        }
        // Those of the operation come last and win.
        let places = [item, operation].into_iter();
        let all = places.filter_map(|place| place.get("parameters")?.as_array());
        facts.extend(all.flatten().map(|it| self.parameter(it)));
        let responses = fields(operation, "responses").filter(|(it, _)| !it.starts_with("x-"));
        Call {
            path: path.to_owned(),
            servers: self.servers(operation, item),
            operation: text(operation, "operationId"),
            facts,
            responses: responses
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

    fn parameter(&self, parameter: &Value) -> (String, Fact) {
        let parameter = self.resolve(parameter);
        let is = |key: &str, yes, no| if is_true(parameter, key) { yes } else { no };
        let mut facts = Facts::new();
        if let Some(schema) = parameter.get("schema") {
            self.schema(schema, "", true, 0, &mut facts);
        }
        let types = facts.get("body").cloned().unwrap_or_default().shown();
        let need = is("required", "required", "optional");
        let old = is("deprecated", ", deprecated", "");
        (
            format!(
                "parameter {} {}",
                text(parameter, "in"),
                text(parameter, "name")
            ),
            Fact::new(format!("{need} {types}{old}")),
        )
    }

    fn response(&self, status: &str, response: &Value) -> Response {
        let response = self.resolve(response);
        let documented = response.get("x-source").is_none();
        let mut facts = Facts::new();
        let mut media = BTreeSet::new();
        for (kind, body) in fields(response, "content") {
            let kind = kind.split(';').next().unwrap_or_default().trim();
            media.insert(kind.to_ascii_lowercase());
            if !kind.eq_ignore_ascii_case(JSON) {
                continue;
            }
            let schema = body.get("schema").unwrap_or(&Value::Null);
            // Of ours, an error body with a success status is always assumed, never documented.
            let is_ours = self.0.get("x-vendor").is_some();
            let several = schema.get("anyOf").and_then(Value::as_array);
            match several.filter(|_| is_ours && status.starts_with('2')) {
                Some(several) => {
                    for (count, schema) in several.iter().enumerate() {
                        self.schema(schema, "", documented && count == 0, 0, &mut facts);
                    }
                }
                None => self.schema(schema, "", documented, 0, &mut facts),
            }
        }
        Response {
            documented,
            media: match media.contains(JSON) {
                true => JSON.to_owned(),
                false if media.is_empty() => "none".to_owned(),
                false => list(&media),
            },
            facts,
        }
    }

    /// Adds what a schema says of the value at a JSON pointer, in which `*` is each item of an array: its types,
    /// except `null` (every field may be absent anyway), its values, and its fields.
    fn schema(&self, schema: &Value, at: &str, documented: bool, depth: usize, facts: &mut Facts) {
        if depth > DEPTH {
            return;
        }
        let schema = self.resolve(schema);
        let name = match at {
            "" => "body".to_owned(),
            at => format!("field {at}"),
        };
        let only = schema.get("const").filter(|only| !only.is_null());
        let types = facts.entry(name.clone()).or_default();
        for kind in types_of(schema).filter(|kind| *kind != "null") {
            // Besides the type of its value, other types are accepted but not documented.
            types.add(kind, documented && only.is_none_or(|only| is(kind, only)));
        }
        if is_true(schema, "deprecated") {
            facts.insert(format!("{name}, standing"), Fact::new("deprecated"));
        }
        let listed = schema.get("enum").and_then(Value::as_array);
        let listed: Vec<_> = only
            .into_iter()
            .chain(listed.into_iter().flatten())
            .collect();
        let values = facts.entry(format!("{name}, value")).or_default();
        values.open |= listed.is_empty();
        for value in listed.into_iter().filter(|value| !value.is_null()) {
            values.add(value.to_string(), documented);
        }
        for part in parts(schema) {
            self.schema(part, at, documented, depth + 1, facts);
        }
        let required = schema.get("required").and_then(Value::as_array);
        let fields = fields(schema, "properties").map(|(name, it)| (name.as_str(), it));
        let items = schema.get("items").filter(|items| items.is_object());
        for (name, property) in fields.chain(items.map(|items| ("*", items))) {
            let at = format!("{at}/{name}");
            let documented = documented && property.get("x-source").is_none();
            if let (Some(required), true) = (required, documented) {
                let is_required = required.iter().any(|it| it == name);
                let need = facts.entry(format!("field {at}, need")).or_default();
                need.add(if is_required { "required" } else { "optional" }, true);
            }
            self.schema(property, &at, documented, depth + 1, facts);
        }
    }
}

/// The members of the object `key`.
fn fields<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    value
        .get(key)
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
}

fn is_true(value: &Value, key: &str) -> bool {
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

/// The names of a schema's types.
fn types_of(schema: &Value) -> impl Iterator<Item = &str> {
    let named = match schema.get("type") {
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(one)) => vec![one.as_str()],
        _ if schema.get("properties").is_some() => vec!["object"],
        _ => vec![],
    };
    named.into_iter()
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        _ => value.is_number(),
    }
}

/// The schemas that a schema is made of.
fn parts(schema: &Value) -> impl Iterator<Item = &Value> {
    let keys = ["allOf", "anyOf", "oneOf"].into_iter();
    keys.filter_map(|key| schema.get(key)?.as_array()).flatten()
}
