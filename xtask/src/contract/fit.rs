//! Whether a body matches a schema.

use super::facts::Contract;
use super::model::{Items, Property, Schema};
use serde_json::Value;

/// The mismatches between `value` and a schema, by JSON pointer.
pub(super) fn mismatches(contract: &Contract, schema: &Schema, value: &Value) -> Vec<String> {
    let mut fit = Fit {
        contract,
        mismatches: Vec::new(),
    };
    fit.object(schema, value, "");
    fit.mismatches
}

struct Fit<'a> {
    contract: &'a Contract,
    mismatches: Vec<String>,
}

impl Fit<'_> {
    fn mismatch(&mut self, at: &str, what: &str) {
        self.mismatches.push(format!("\"{at}\" {what}"));
    }

    fn object(&mut self, schema: &Schema, value: &Value, at: &str) {
        let Value::Object(fields) = value else {
            return self.mismatch(at, "is not an object");
        };
        for name in schema.required.iter().map(|name| &name.value) {
            if !fields.contains_key(name) {
                self.mismatch(&format!("{at}/{name}"), "is missing");
            }
        }
        for (name, value) in fields {
            let at = format!("{at}/{name}");
            match schema.properties.get(name) {
                Some(property) => self.field(&property.value, value, &at),
                None if schema.open => {}
                None => self.mismatch(
                    &at,
                    "is not in the schema; add it, or additionalProperties: true",
                ),
            }
        }
    }

    fn reference(&mut self, to: &str, value: &Value, at: &str) {
        if let Some((_, schema)) = self.contract.schema(to) {
            self.object(schema, value, at);
        }
    }

    fn field(&mut self, property: &Property, value: &Value, at: &str) {
        if let Some(to) = &property.to {
            return self.reference(&to.value, value, at);
        }
        if !property.types().iter().any(|kind| kind.fits(value)) {
            self.mismatch(at, "is of another type than the schema's");
        }
        let only: Vec<_> = property.only().map(|only| &only.value).collect();
        if !only.is_empty() && !only.contains(&value) {
            let all: Vec<_> = only.iter().map(ToString::to_string).collect();
            self.mismatch(at, &format!("is {value}, not {}", all.join(" or ")));
        }
        if let Some(minimum) = property.minimum.as_ref().map(|it| it.value)
            && value.as_i64().is_some_and(|value| value < minimum)
        {
            self.mismatch(at, &format!("is {value}, less than {minimum}"));
        }
        if let (Some(items), Value::Array(values)) = (&property.items, value) {
            for (count, value) in values.iter().enumerate() {
                self.item(items, value, &format!("{at}/{count}"));
            }
        }
    }

    fn item(&mut self, items: &Items, value: &Value, at: &str) {
        match (&items.to, items.kind) {
            (Some(to), _) => self.reference(&to.value, value, at),
            (None, Some(kind)) if !kind.fits(value) => {
                self.mismatch(at, "is of another type than the schema's");
            }
            _ => {}
        }
    }
}
