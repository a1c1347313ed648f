//! What a schema in a vendor's document allows, with references resolved.

use super::facts::Field;
use super::vendor_document::VendorDocument;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

impl<'a> VendorDocument<'a> {
    /// The fields of a schema, including those of its alternatives.
    pub(super) fn fields(
        &self,
        schema: &'a Value,
        at: &str,
        depth: u8,
        fields: &mut BTreeMap<String, Field>,
    ) {
        // A schema may contain itself.
        if depth > 12 {
            return;
        }
        let schema = self.resolve(schema);
        for part in parts(schema) {
            self.fields(part, at, depth + 1, fields);
        }
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            let at = format!("{at}/{name}");
            let field = fields.entry(at.clone()).or_default();
            field.documented = true;
            self.field(property, 0, field);
            self.fields(property, &at, depth + 1, fields);
        }
    }

    /// The types that a schema allows, except `null`: every field may be absent anyway.
    pub(super) fn types(&self, schema: &'a Value) -> BTreeSet<String> {
        let mut field = Field::default();
        self.field(schema, 0, &mut field);
        field.types.allowed
    }

    /// The types and the values that a schema allows.
    fn field(&self, schema: &'a Value, depth: u8, field: &mut Field) {
        if depth > 12 {
            return;
        }
        let schema = self.resolve(schema);
        for part in parts(schema) {
            self.field(part, depth + 1, field);
        }
        let named = match schema.get("type") {
            Some(Value::String(one)) => vec![one.as_str()],
            Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
            _ if schema.get("properties").is_some() => vec!["object"],
            _ => vec![],
        };
        for kind in named.into_iter().filter(|kind| *kind != "null") {
            field.types.add(kind.to_owned(), true);
        }
        let listed = schema.get("enum").and_then(Value::as_array);
        for value in schema
            .get("const")
            .into_iter()
            .chain(listed.into_iter().flatten())
            .filter(|value| !value.is_null())
        {
            field.values.add(value.to_string(), true);
        }
    }
}

fn parts(schema: &Value) -> impl Iterator<Item = &Value> {
    ["allOf", "anyOf", "oneOf"]
        .iter()
        .filter_map(|key| schema.get(*key)?.as_array())
        .flatten()
}
