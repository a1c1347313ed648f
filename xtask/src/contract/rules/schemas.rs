//! The rules for schemas.

use crate::contract::model::{Property, Type};
use crate::contract::{Contract, Refusal};
use std::collections::BTreeSet;

/// Checks that no schema contains itself: a Rust struct can't, and the other rules would not end.
pub(super) fn cycles(contract: &Contract, found: &mut Vec<Refusal>) {
    for (name, schema) in &contract.document.components.schemas {
        if contract.within(&schema.value).contains(name.as_str()) {
            let what = format!("the schema {name} contains itself");
            found.push(Refusal::at(schema, what));
        }
    }
}

/// Checks the schemas.
pub(super) fn check(contract: &Contract, found: &mut Vec<Refusal>) {
    let schemas = &contract.document.components.schemas;
    let bodies = contract.responses().filter_map(|(_, it)| it.json());
    let bodies: Vec<_> = bodies.map(|json| &json.schema).collect();
    for body in &bodies {
        if body.value.to.is_some() != body.value.any_of.is_empty() {
            found.push(Refusal::at(body, "a body has either $ref or anyOf"));
        }
    }
    let fields = schemas
        .values()
        .flat_map(|schema| schema.value.properties.values());
    let inner = fields.filter_map(|field| field.value.reference());
    let mut used = BTreeSet::new();
    for to in bodies
        .iter()
        .flat_map(|body| body.value.references())
        .chain(inner)
    {
        match contract.schema(&to.value) {
            Some((name, _)) => drop(used.insert(name)),
            None => found.push(Refusal::at(to, format!("{} is not declared", to.value))),
        }
    }
    let public = contract.public_schemas();
    for (name, schema) in schemas {
        if schema.value.properties.is_empty() {
            let what = format!("the schema {name} has no properties");
            found.push(Refusal::at(schema, what));
        }
        for required in &schema.value.required {
            if !schema.value.properties.contains_key(&required.value) {
                let what = format!("{name} has no property {}", required.value);
                found.push(Refusal::at(required, what));
            }
        }
        for (field, property) in &schema.value.properties {
            let is_public = public.contains(name.as_str());
            for what in faults(&property.value, is_public) {
                found.push(Refusal::at(property, format!("{name}.{field} {what}")));
            }
        }
    }
    if let Some((name, _)) = contract.success_schema()
        && contract.conditions().is_empty()
        && !contract.reads_by_hand
        && let Some(schema) = schemas.get(name)
    {
        let what = format!(
            "{name} has neither a const nor a required field, so any object would be a success: add one"
        );
        found.push(Refusal::at(schema, what));
    }
    for (name, schema) in schemas
        .iter()
        .filter(|(name, _)| !used.contains(name.as_str()))
    {
        let what = format!("the schema {name} is not used");
        found.push(Refusal::at(schema, what));
    }
}

/// What is wrong with a field.
fn faults(property: &Property, is_public: bool) -> Vec<&'static str> {
    let types = property.types();
    let only: Vec<_> = property.only().map(|only| &only.value).collect();
    let is_simple =
        |value: &serde_json::Value| value.is_boolean() || value.is_string() || value.is_i64();
    let items = property.items.as_ref();
    let rules = [
        (
            property.to.is_some() != types.is_empty(),
            "has either a type or a $ref",
        ),
        (
            only.iter()
                .any(|only| !types.iter().any(|kind| kind.fits(only))),
            "has a const or enum of another type",
        ),
        (
            !only.iter().all(|only| is_simple(only)),
            "has a const that is not a boolean, a 64-bit integer or a string",
        ),
        (
            property.value.is_some() && !property.values.is_empty(),
            "has either a const or an enum",
        ),
        (
            items.is_some() && !types.contains(&Type::Array),
            "has items, which belong to an array",
        ),
        (
            items.is_some_and(|items| items.to.is_some() == items.kind.is_some()),
            "has items with either a type or a $ref",
        ),
        (
            is_public && (types.len() > 1 || (types.contains(&Type::Array) && items.is_none())),
            "is part of a success, so it has one type, and an array has items; leave the field out if it has not",
        ),
        (
            is_public && property.role.is_some(),
            "is part of a success, so it has no x-error",
        ),
    ];
    rules
        .into_iter()
        .filter(|(is_wrong, _)| *is_wrong)
        .map(|(_, what)| what)
        .collect()
}
