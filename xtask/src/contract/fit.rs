//! Whether a body matches a schema.

use super::facts::Contract;
use super::model::{Property, Schema, Type};
use serde_json::Value;
use serde_saphyr::Spanned;

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
            if let Some(property) = schema.properties.get(name) {
                self.field(&property.value, value, &at);
            } else if !schema.open {
                let what = "is not in the schema; add it, or additionalProperties: true";
                self.mismatch(&at, what);
            }
        }
    }

    fn field(&mut self, property: &Property, value: &Value, at: &str) {
        self.typed(property.to.as_ref(), property.types(), value, at);
        let only: Vec<_> = property.only().map(|only| &only.value).collect();
        if !only.is_empty() && !only.contains(&value) {
            let all: Vec<_> = only.iter().map(ToString::to_string).collect();
            self.mismatch(at, &format!("is {value}, not {}", all.join(" or ")));
        }
        if let (Some(minimum), Some(number)) = (&property.minimum, value.as_i64())
            && number < minimum.value
        {
            self.mismatch(at, &format!("is {value}, less than {}", minimum.value));
        }
        if let (Some(items), Value::Array(values)) = (&property.items, value) {
            for (count, value) in values.iter().enumerate() {
                let at = format!("{at}/{count}");
                self.typed(items.to.as_ref(), items.kind.as_slice(), value, &at);
            }
        }
    }

    fn typed(&mut self, to: Option<&Spanned<String>>, types: &[Type], value: &Value, at: &str) {
        match to.and_then(|to| self.contract.schema(&to.value)) {
            Some((_, schema)) => self.object(schema, value, at),
            None if types.iter().any(|kind| kind.fits(value)) => {}
            None => self.mismatch(at, "is of another type than the schema's"),
        }
    }
}
