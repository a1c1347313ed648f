//! The rules for schemas.

use super::responses::Schema;
use super::{Contract, Refusal, fit};
use serde_saphyr::Spanned;
use std::collections::BTreeSet;

/// Checks the schemas.
pub(super) fn schemas(contract: &Contract, found: &mut Vec<Refusal>) {
    let mut used = BTreeSet::new();
    for (_, response) in contract.responses() {
        let body = &response.content.json.schema;
        if body.value.to.is_some() != body.value.any_of.is_empty() {
            found.push(Refusal::at(body, "a body has either $ref or anyOf"));
        }
        for reference in body.value.references() {
            resolve(contract, body, reference, &mut used, found);
        }
    }
    for (name, schema) in &contract.document.components.schemas {
        if schema.value.properties.is_empty() {
            let what = format!("the schema {name} has no properties");
            found.push(Refusal::at(schema, what));
        }
        if within(contract, &schema.value).contains(name.as_str()) {
            // A Rust struct can't.
            let what = format!("the schema {name} contains itself");
            found.push(Refusal::at(schema, what));
        }
        for required in &schema.value.required {
            if !schema.value.properties.contains_key(&required.value) {
                found.push(Refusal::at(
                    required,
                    format!("{name} has no property {}", required.value),
                ));
            }
        }
        for (field, property) in &schema.value.properties {
            let refuse = |what: &str| Refusal::at(property, format!("{name}.{field} {what}"));
            let value = &property.value;
            let untyped = value.to.is_none() && value.types().is_empty();
            if untyped || value.to.is_some() == value.kind.is_some() {
                found.push(refuse("has either a type or a $ref"));
            }
            if let Some(only) = &value.value
                && !value.types().iter().any(|kind| fit::is(*kind, &only.value))
            {
                found.push(refuse("has a const of another type"));
            }
            if let Some(only) = &value.value
                && !(only.value.is_boolean() || only.value.is_string() || only.value.is_i64())
            {
                found.push(refuse(
                    "has a const that is not a boolean, a 64-bit integer or a string",
                ));
            }
            if let Some(to) = &value.to {
                resolve(contract, to, &to.value, &mut used, found);
            }
        }
    }
    for (name, schema) in &contract.document.components.schemas {
        if !used.contains(name.as_str()) {
            found.push(Refusal::at(
                schema,
                format!("the schema {name} is not used"),
            ));
        }
    }
}

fn resolve<'a, T>(
    contract: &'a Contract,
    place: &Spanned<T>,
    reference: &str,
    used: &mut BTreeSet<&'a str>,
    found: &mut Vec<Refusal>,
) {
    match contract.schema(reference) {
        Some((name, _)) => {
            used.insert(name);
        }
        None => found.push(Refusal::at(place, format!("{reference} is not declared"))),
    }
}

/// The schemas that one contains, directly or not.
fn within<'a>(contract: &'a Contract, schema: &'a Schema) -> BTreeSet<&'a str> {
    let mut held = BTreeSet::new();
    let mut next = vec![schema];
    while let Some(schema) = next.pop() {
        let references = schema
            .properties
            .values()
            .filter_map(|property| property.value.to.as_ref());
        for (name, inner) in references.filter_map(|to| contract.schema(&to.value)) {
            if held.insert(name) {
                next.push(inner);
            }
        }
    }
    held
}
