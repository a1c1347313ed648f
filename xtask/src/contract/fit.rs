//! Whether a body matches a schema.

use super::Contract;
use super::responses::{Property, Schema, Type};
use serde_json::Value;

/// The mismatches between `value` and a schema, by JSON pointer. A field that the schema lacks is a mismatch.
pub(super) fn faults(contract: &Contract, schema: &Schema, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    object(contract, schema, value, "", &mut faults);
    faults
}

fn object(contract: &Contract, schema: &Schema, value: &Value, at: &str, faults: &mut Vec<String>) {
    let Value::Object(fields) = value else {
        faults.push(format!("\"{at}\" is not an object"));
        return;
    };
    for name in schema.required.iter().map(|name| &name.value) {
        if !fields.contains_key(name) {
            faults.push(format!("\"{at}/{name}\" is missing"));
        }
    }
    for (name, value) in fields {
        let at = format!("{at}/{name}");
        match schema.properties.get(name) {
            None => faults.push(format!("\"{at}\" is not in the schema")),
            Some(property) => field(contract, &property.value, value, &at, faults),
        }
    }
}

fn field(
    contract: &Contract,
    property: &Property,
    value: &Value,
    at: &str,
    faults: &mut Vec<String>,
) {
    if let Some(to) = &property.to {
        if let Some((_, schema)) = contract.schema(&to.value) {
            object(contract, schema, value, at, faults);
        }
        return;
    }
    if !property.types().iter().any(|kind| is(*kind, value)) {
        faults.push(format!("\"{at}\" is of another type than the schema's"));
    }
    match (&property.value, &property.minimum) {
        (Some(only), _) if only.value != *value => {
            faults.push(format!("\"{at}\" is {value}, not {}", only.value));
        }
        (_, Some(minimum)) if value.as_i64().is_some_and(|value| value < minimum.value) => {
            faults.push(format!("\"{at}\" is {value}, less than {}", minimum.value));
        }
        _ => {}
    }
}

/// Whether a value is of a type.
pub(super) fn is(kind: Type, value: &Value) -> bool {
    match kind {
        Type::Boolean => value.is_boolean(),
        Type::Integer => value.is_i64() || value.is_u64(),
        Type::String => value.is_string(),
        Type::Array => value.is_array(),
    }
}
