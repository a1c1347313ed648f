//! What a schema allows, with references resolved.

use super::document::{OpenApi, fields, is_true};
use super::facts::Field;
use serde_json::Value;
use std::collections::BTreeMap;

/// How deep a schema is followed: it may contain itself.
const DEPTH: usize = 12;

impl OpenApi {
    /// What a schema allows as a whole.
    pub(super) fn whole(&self, schema: &Value) -> Field {
        let mut field = Field::default();
        self.field(schema, true, 0, &mut field);
        field
    }

    /// The fields of a schema, including those of its alternatives.
    pub(super) fn fields(
        &self,
        schema: &Value,
        at: &str,
        documented: bool,
        found: &mut BTreeMap<String, Field>,
    ) {
        if at.matches('/').count() > DEPTH {
            return;
        }
        let mut next = vec![(schema, 0)];
        while let Some((schema, depth)) = next.pop() {
            let schema = self.resolve(schema);
            if depth < DEPTH {
                next.extend(parts(schema).map(|part| (part, depth + 1)));
            }
            let required = schema.get("required").and_then(Value::as_array);
            for (name, property) in fields(schema, "properties") {
                let required = required.map(|names| names.iter().any(|it| it == name));
                self.member(
                    property,
                    format!("{at}/{name}"),
                    documented,
                    required,
                    found,
                );
            }
            if let Some(items) = schema.get("items").filter(|items| items.is_object()) {
                self.member(items, format!("{at}/*"), documented, None, found);
            }
        }
    }

    fn member(
        &self,
        property: &Value,
        at: String,
        documented: bool,
        required: Option<bool>,
        found: &mut BTreeMap<String, Field>,
    ) {
        let documented = documented && property.get("x-source").is_none();
        let field = found.entry(at.clone()).or_default();
        field.documented |= documented;
        field.required = required.or(field.required);
        self.field(property, documented, 0, field);
        self.fields(property, &at, documented, found);
    }

    /// The types, except `null` (every field may be absent anyway), and the values that a schema allows.
    fn field(&self, schema: &Value, documented: bool, depth: usize, field: &mut Field) {
        if depth > DEPTH {
            return;
        }
        let schema = self.resolve(schema);
        for part in parts(schema) {
            self.field(part, documented, depth + 1, field);
        }
        field.deprecated |= is_true(schema, "deprecated");
        let named = match schema.get("type") {
            Some(Value::String(one)) => vec![one.as_str()],
            Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
            _ if schema.get("properties").is_some() => vec!["object"],
            _ => vec![],
        };
        let only = schema.get("const").filter(|only| !only.is_null());
        for kind in named.into_iter().filter(|kind| *kind != "null") {
            // Besides the type of its value, other types are accepted but not documented.
            let own = only.is_none_or(|only| is(kind, only));
            field.types.add(kind.to_owned(), documented && own);
        }
        let listed = schema.get("enum").and_then(Value::as_array);
        let values: Vec<_> = only
            .into_iter()
            .chain(listed.into_iter().flatten())
            .collect();
        field.free |= values.is_empty();
        for value in values.into_iter().filter(|value| !value.is_null()) {
            field.values.add(value.to_string(), documented);
        }
    }
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        _ => value.is_number(),
    }
}

fn parts(schema: &Value) -> impl Iterator<Item = &Value> {
    let keys = ["allOf", "anyOf", "oneOf"].into_iter();
    keys.filter_map(|key| schema.get(key)?.as_array()).flatten()
}
