//! What must be true of the names that become names of Rust.

use super::{Contract, Refusal, pascal, snake};
use serde_saphyr::Spanned;
use std::collections::BTreeMap;

/// The names that the function of the path has already.
const TAKEN: [&str; 2] = ["base", "path"];

/// The types that the generated file has already.
const TYPES: [&str; 11] = [
    "Auth",
    "Deserialize",
    "Deserializer",
    "Endpoint",
    "ErrorKind",
    "Fields",
    "Form",
    "Object",
    "Outcome",
    "Region",
    "Vendor",
];

/// The rules on vendor, parameters, regions, objects and fields.
pub(super) fn idents(contract: &Contract, found: &mut Vec<Refusal>) {
    let vendor = &contract.document.vendor;
    if !is_ident(&vendor.value) || vendor.value != vendor.value.to_ascii_lowercase() {
        let what = format!("x-vendor {} is no identifier in lower case", vendor.value);
        found.push(Refusal::at(vendor, what));
    }
    if let Ok(operation) = contract.operation() {
        for parameter in &operation.parameters {
            let name = &parameter.value.name;
            if !is_ident(name) || TAKEN.contains(&name.as_str()) {
                let what = format!("the parameter {name} can't name a variable");
                found.push(Refusal::at(parameter, what));
            }
        }
        let parameters = operation.parameters.iter();
        let names = parameters.map(|parameter| (parameter.value.name.as_str(), parameter));
        free("parameter", names.clone(), found);
        distinct("parameter", pascal, names, found);
    }
    let regions = contract.servers().filter_map(|server| {
        let region = server.region.as_ref()?;
        Some((region.value.as_str(), region))
    });
    distinct("x-region", pascal, regions, found);
    let schemas = contract.document.components.schemas.iter();
    let schemas = schemas.map(|(name, schema)| (name.as_str(), schema));
    free("schema", schemas.clone(), found);
    distinct("schema", pascal, schemas.clone(), found);
    for (name, schema) in schemas {
        let fields = schema.value.properties.iter();
        let fields = fields.map(|(field, property)| (field.as_str(), property));
        distinct(&format!("{name}: field"), snake, fields, found);
    }
}

fn is_ident(name: &str) -> bool {
    name.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

/// None has the name of a type that is there already.
fn free<'a, T: 'a>(
    what: &str,
    names: impl Iterator<Item = (&'a str, &'a Spanned<T>)>,
    found: &mut Vec<Refusal>,
) {
    for (name, place) in names {
        let written = pascal(name);
        if TYPES.contains(&written.as_str()) {
            let what = format!("{what} {name} becomes {written}, which is taken");
            found.push(Refusal::at(place, what));
        }
    }
}

/// Each has a name as Rust writes it, and no two have the same.
fn distinct<'a, T: 'a>(
    what: &str,
    written: fn(&str) -> String,
    names: impl Iterator<Item = (&'a str, &'a Spanned<T>)>,
    found: &mut Vec<Refusal>,
) {
    let mut seen = BTreeMap::new();
    for (name, place) in names {
        let written = written(name);
        if !is_ident(&written) {
            let what = format!("{what} {name} makes no identifier");
            found.push(Refusal::at(place, what));
        } else if let Some(other) = seen.insert(written.clone(), name) {
            let what = format!("{what} {name} becomes {written}, as {other} does");
            found.push(Refusal::at(place, what));
        }
    }
}
