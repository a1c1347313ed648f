//! The call in an OpenAPI document, ours or a vendor's. It is read as an untyped value, and only what the
//! operation refers to is looked at: the rest may be invalid.

use super::facts::{Call, Fact, Facts, Response, list};
use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};
use serde_saphyr::options::DuplicateKeyPolicy;
use std::collections::{BTreeMap, BTreeSet};

const METHODS: [&str; 5] = ["delete", "post", "put", "patch", "get"];

const JSON: &str = "application/json";

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
    fn resolve<'a>(&'a self, mut value: &'a Value) -> &'a Value {
        for _ in 0..16 {
            let Some(to) = value.get("$ref").and_then(Value::as_str) else {
                return value;
            };
            let to = to.trim().strip_prefix('#');
            value = to.and_then(|at| self.0.pointer(at)).unwrap_or(&Value::Null);
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
        let body = operation.get("requestBody").map_or("none", |_| "some");
        let mut facts = Facts::from([
            ("method".to_owned(), Fact::new(method.to_ascii_uppercase())),
            ("authentication".to_owned(), Fact::new(self.auth(operation))),
            ("request body".to_owned(), Fact::new(body)),
        ]);
        if is_true(operation, "deprecated") {
            facts.insert("deprecation".to_owned(), Fact::new("deprecated"));
        }
        // Those of the operation come last and win.
        let all = [item, operation]
            .into_iter()
            .flat_map(|place| items(place, "parameters"));
        facts.extend(all.map(|it| self.parameter(it)));
        let responses = fields(operation, "responses").filter(|(it, _)| !it.starts_with("x-"));
        Call {
            path: path.to_owned(),
            servers: self.servers(operation, item),
            operation: text(operation, "operationId"),
            facts,
            responses: responses
                .map(|(status, response)| (status.clone(), self.response(response)))
                .collect(),
        }
    }

    fn servers(&self, operation: &Value, item: &Value) -> BTreeSet<String> {
        let mut places = [operation, item, &self.0].into_iter();
        let place = places.find(|place| place.get("servers").is_some());
        let servers = place.into_iter().flat_map(|place| items(place, "servers"));
        servers.flat_map(expand).collect()
    }

    fn auth(&self, operation: &Value) -> String {
        let components = self.0.get("components").unwrap_or(&Value::Null);
        let declared: BTreeMap<_, _> = fields(components, "securitySchemes")
            .map(|(name, it)| (name, scheme(self.resolve(it))))
            .collect();
        let name = |name: &String| declared.get(name).cloned().unwrap_or_default();
        let all = |way: &Map<String, Value>| way.keys().map(name).collect::<Vec<_>>();
        let join = |schemes: Vec<String>, word: &str| match schemes.is_empty() {
            true => "none".to_owned(),
            false => schemes.join(word),
        };
        let mut places = [operation, &self.0].into_iter();
        match places.find(|place| place.get("security").is_some()) {
            Some(place) => {
                let ways = items(place, "security").filter_map(Value::as_object);
                join(ways.map(|way| join(all(way), " and ")).collect(), " or ")
            }
            None if declared.is_empty() => "none".to_owned(),
            None => {
                let schemes: Vec<_> = declared.into_values().collect();
                format!("{}, declared but not applied", schemes.join(", "))
            }
        }
    }

    fn parameter(&self, parameter: &Value) -> (String, Fact) {
        let parameter = self.resolve(parameter);
        let is = |key: &str, yes, no| if is_true(parameter, key) { yes } else { no };
        let mut facts = Facts::new();
        if let Some(schema) = parameter.get("schema") {
            self.schema(schema, "", true, &[], &mut facts);
        }
        let types = facts.get("body").cloned().unwrap_or_default().shown();
        let need = is("required", "required", "optional");
        let old = is("deprecated", ", deprecated", "");
        let (place, name) = (text(parameter, "in"), text(parameter, "name"));
        let fact = Fact::new(format!("{need} {types}{old}"));
        (format!("parameter {place} {name}"), fact)
    }

    fn response(&self, response: &Value) -> Response {
        let response = self.resolve(response);
        let documented = response.get("x-source").is_none();
        let mut facts = Facts::new();
        let mut media = BTreeSet::new();
        for (kind, body) in fields(response, "content") {
            let kind = kind.split(';').next().unwrap_or_default().trim();
            media.insert(kind.to_ascii_lowercase());
            if let (true, Some(schema)) = (kind.eq_ignore_ascii_case(JSON), body.get("schema")) {
                self.schema(schema, "", documented, &[], &mut facts);
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
    /// A schema within itself is followed no further.
    fn schema<'a>(
        &'a self,
        schema: &'a Value,
        at: &str,
        documented: bool,
        within: &[&'a Value],
        facts: &mut Facts,
    ) {
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
            facts.insert(format!("{name}, deprecation"), Fact::new("deprecated"));
        }
        let listed: Vec<_> = only.into_iter().chain(items(schema, "enum")).collect();
        let values = facts.entry(format!("{name}, value")).or_default();
        values.open |= listed.is_empty();
        for value in listed.into_iter().filter(|value| !value.is_null()) {
            values.add(value.to_string(), documented);
        }
        if within.iter().any(|outer| std::ptr::eq(*outer, schema)) {
            return;
        }
        let within = &[within, &[schema]].concat();
        // Of ours the success is the first, and an error with a success status is always assumed.
        let is_ours = self.0.get("x-vendor").is_some();
        let parts = ["allOf", "anyOf", "oneOf"].into_iter();
        for (count, part) in parts.flat_map(|key| items(schema, key)).enumerate() {
            let documented = documented && (count == 0 || !is_ours);
            self.schema(part, at, documented, within, facts);
        }
        let required = schema.get("required").and_then(Value::as_array);
        let fields = fields(schema, "properties").map(|(name, it)| (name.as_str(), it));
        let item = schema.get("items").filter(|item| item.is_object());
        for (name, property) in fields.chain(item.map(|item| ("*", item))) {
            let at = format!("{at}/{name}");
            let documented = documented && property.get("x-source").is_none();
            if let (Some(required), true) = (required, documented) {
                let is_required = required.iter().any(|it| it == name);
                let need = facts.entry(format!("field {at}, need")).or_default();
                need.add(if is_required { "required" } else { "optional" }, true);
            }
            self.schema(property, &at, documented, within, facts);
        }
    }
}

/// The members of the object `key`.
fn fields<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    let object = value.get(key).and_then(Value::as_object);
    object.into_iter().flatten()
}

/// The items of the array `key`.
fn items<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    let array = value.get(key).and_then(Value::as_array);
    array.into_iter().flatten()
}

fn is_true(value: &Value, key: &str) -> bool {
    value.get(key) == Some(&Value::Bool(true))
}

fn text(value: &Value, key: &str) -> String {
    let text = value.get(key).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}

fn scheme(scheme: &Value) -> String {
    let kind = text(scheme, "type");
    match kind.as_str() {
        "http" => text(scheme, "scheme").to_ascii_lowercase(),
        "apiKey" => text(scheme, "in") + " " + &text(scheme, "name").to_ascii_lowercase(),
        _ => kind,
    }
}

/// A server's URLs, with every combination of its variables' values.
fn expand(server: &Value) -> Vec<String> {
    let mut urls = vec![text(server, "url").trim_end_matches('/').to_owned()];
    for (name, variable) in fields(server, "variables") {
        let default = variable.get("default").into_iter();
        let values: Vec<&str> = match variable.get("enum") {
            Some(_) => items(variable, "enum").filter_map(Value::as_str).collect(),
            None => default.filter_map(Value::as_str).collect(),
        };
        let placeholder = format!("{{{name}}}");
        let with = |url: &String| -> Vec<_> {
            let urls = values.iter().map(|value| url.replace(&placeholder, value));
            urls.collect()
        };
        urls = urls.iter().flat_map(with).collect();
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
