//! The rules for names that become identifiers. That no two are the same, and none is taken, the compiler says.

use crate::contract::names::{is_ident, is_reserved, pascal, snake};
use crate::contract::{Contract, Refusal};
use serde_saphyr::Spanned;

/// Checks that each name makes an identifier.
pub(super) fn check(contract: &Contract, found: &mut Vec<Refusal>) {
    let vendor = &contract.document.vendor;
    let name = vendor.value.as_str();
    if !is_ident(name) || name != name.to_ascii_lowercase() || is_reserved(name) {
        let what = format!("x-vendor {name} is not an identifier in lower case");
        found.push(Refusal::at(vendor, what));
    }
    let id = &contract.operation.id;
    name_of("operationId", &id.value, id, found);
    for parameter in &contract.operation.parameters {
        let name = parameter.value.rust_name();
        name_of("parameter", name, parameter, found);
    }
    let servers = contract.document.servers.value.iter();
    for region in servers.filter_map(|server| server.value.region.as_ref()) {
        name_of("x-region", &region.value, region, found);
    }
    for (name, schema) in &contract.document.components.schemas {
        name_of("schema", name, schema, found);
        for (field, property) in &schema.value.properties {
            name_of(&format!("{name}: field"), field, property, found);
        }
    }
}

fn name_of<T>(what: &str, name: &str, place: &Spanned<T>, found: &mut Vec<Refusal>) {
    if !is_ident(&snake(name)) || is_reserved(&pascal(name)) {
        let refusal = Refusal::at(place, format!("{what} {name} makes no identifier"));
        found.push(refusal);
    }
}
