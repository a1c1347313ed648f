//! The rules for names that become Rust identifiers.

use super::{Contract, Refusal, is_ident, is_reserved, pascal, snake};
use serde_saphyr::{Location, Spanned};
use std::collections::BTreeMap;

/// Features and modules that the facade has already.
const FACADE: [&str; 12] = [
    "blocking",
    "compiled_vendor",
    "default",
    "http",
    "layers",
    "numbers_core",
    "numbers_http",
    "reqwest",
    "rustls",
    "secrecy",
    "serde",
    "testing",
];

/// Names that a parameter can't have: identifiers in the generated code, and other settings.
const PARAMETERS: [&str; 6] = ["base", "hints", "path", "server", "base_url", "secret"];

/// Methods that a client has already.
const METHODS: [&str; 3] = ["builder", "from_env", "shared"];

/// Types that are in scope in the generated files.
const TYPES: [&str; 30] = [
    "Account",
    "Auth",
    "Client",
    "ClientBuilder",
    "ClientConfig",
    "ConfigError",
    "Endpoint",
    "Error",
    "ErrorKind",
    "Http",
    "HttpConfig",
    "IdFormat",
    "Json",
    "NumberId",
    "OsString",
    "Outcome",
    "Parsed",
    "Preview",
    "Region",
    "Release",
    "Releaser",
    "Response",
    "ResponseParser",
    "SecretString",
    "Setting",
    "SharedTransport",
    "TransportOptions",
    "Vars",
    "Vendor",
    "VendorError",
];

/// Types of Rust's prelude that they use.
const PRELUDE: [&str; 12] = [
    "Box",
    "Clone",
    "Default",
    "From",
    "Into",
    "IntoIterator",
    "Iterator",
    "Option",
    "Result",
    "Self",
    "String",
    "TryFrom",
];

/// Checks the names of vendor, operation, parameters, regions, schemas and fields.
pub(super) fn idents(contract: &Contract, found: &mut Vec<Refusal>) {
    vendor(&contract.document.vendor, found);
    let mut types = Vec::new();
    if let Ok(operation) = contract.operation() {
        for parameter in &operation.parameters {
            let name = &parameter.value.name;
            let variable = snake(name);
            if !is_ident(name) || is_reserved(&variable) || PARAMETERS.contains(&&*variable) {
                let what = format!("the parameter {name} can't name a variable");
                found.push(Refusal::at(parameter, what));
            }
            types.push(Name::new("parameter", name, parameter));
        }
        let id = &operation.id;
        let method = snake(&id.value);
        if is_reserved(&method) || METHODS.contains(&&*method) {
            let what = format!("operationId {} can't name a method", id.value);
            found.push(Refusal::at(id, what));
        }
        types.push(Name::new("operationId", &id.value, id));
    }
    for (name, schema) in &contract.document.components.schemas {
        types.push(Name::new("schema", name, schema));
        let what = format!("{name}: field");
        let fields = schema.value.properties.iter();
        let fields = fields.map(|(field, property)| Name::new(&what, field, property));
        distinct(snake, fields, found);
    }
    for name in &types {
        let written = pascal(name.text);
        if TYPES.iter().chain(&PRELUDE).any(|taken| *taken == written) {
            found.push(name.refuse(&format!("becomes {written}, which is taken")));
        }
    }
    distinct(pascal, types, found);
    let regions = contract.servers().filter_map(|server| {
        let region = server.region.as_ref()?;
        Some(Name::new("x-region", &region.value, region))
    });
    distinct(pascal, regions, found);
}

fn vendor(vendor: &Spanned<String>, found: &mut Vec<Refusal>) {
    let name = vendor.value.as_str();
    let wrong = if !is_ident(name) || name != name.to_ascii_lowercase() {
        "is not an identifier in lower case"
    } else if is_reserved(name) {
        "is a reserved word of Rust"
    } else if FACADE.contains(&name) {
        "is taken by the facade"
    } else {
        return;
    };
    found.push(Refusal::at(vendor, format!("x-vendor {name} {wrong}")));
}

/// A name in a contract, with its kind and its place.
struct Name<'a> {
    what: &'a str,
    text: &'a str,
    place: Location,
}

impl<'a> Name<'a> {
    fn new<T>(what: &'a str, text: &'a str, place: &Spanned<T>) -> Self {
        Self {
            what,
            text,
            place: place.referenced,
        }
    }

    fn refuse(&self, why: &str) -> Refusal {
        Refusal::there(self.place, format!("{} {} {why}", self.what, self.text))
    }
}

/// Checks that each name makes an identifier, and that no two make the same.
fn distinct<'a>(
    written: fn(&str) -> String,
    names: impl IntoIterator<Item = Name<'a>>,
    found: &mut Vec<Refusal>,
) {
    let mut seen = BTreeMap::new();
    for name in names {
        let written = written(name.text);
        if !is_ident(&written) {
            found.push(name.refuse("makes no identifier"));
        } else if let Some(other) = seen.insert(written.clone(), name.text) {
            found.push(name.refuse(&format!("becomes {written}, as {other} does")));
        }
    }
}
