//! The rules for a contract beyond its syntax.

use super::call::IdFormat;
use super::{Contract, Piece, Refusal, bodies, idents, pieces, schemas, variables};
use std::collections::BTreeSet;

/// Every violation.
pub(super) fn refusals(contract: &Contract) -> Vec<Refusal> {
    let mut found = Vec::new();
    version(contract, &mut found);
    one_call(contract, &mut found);
    // The other rules need exactly one operation.
    if found.is_empty() {
        idents::idents(contract, &mut found);
        servers(contract, &mut found);
        security(contract, &mut found);
        parameters(contract, &mut found);
        variables::variables(contract, &mut found);
        schemas::schemas(contract, &mut found);
        bodies::responses(contract, &mut found);
    }
    found
}

fn version(contract: &Contract, found: &mut Vec<Refusal>) {
    let version = &contract.document.openapi;
    if version.value != "3.1.0" {
        found.push(Refusal::at(
            version,
            format!("OpenAPI {} instead of 3.1.0", version.value),
        ));
    }
}

fn one_call(contract: &Contract, found: &mut Vec<Refusal>) {
    let paths = &contract.document.paths;
    let mut items = paths.value.values();
    match (items.next(), items.next()) {
        (Some(item), None) if item.value.len() == 1 => {}
        (Some(item), None) => {
            found.push(Refusal::at(
                item,
                "a contract has one operation; expected exactly one in this path",
            ));
        }
        (_, _) => found.push(Refusal::at(paths, "a contract has one path")),
    }
}

fn servers(contract: &Contract, found: &mut Vec<Refusal>) {
    let servers = &contract.document.servers;
    let several = servers.value.len() > 1;
    if servers.value.is_empty() {
        found.push(Refusal::at(servers, "no server"));
    }
    if several != contract.document.servers_mean.is_some() {
        let what = "x-servers is required if there are several servers, and only then";
        found.push(Refusal::at(servers, what));
    }
    let (mut names, mut urls) = (BTreeSet::new(), BTreeSet::new());
    for server in &servers.value {
        let url = &server.value.url;
        if !urls.insert(&url.value) {
            found.push(Refusal::at(url, format!("server {} twice", url.value)));
        }
        if !url.value.starts_with("https://")
            || url.value.ends_with('/')
            || url.value.contains(['?', '#', '@', '{'])
        {
            let what = "expected https, a host and optionally a prefix, without a trailing slash";
            found.push(Refusal::at(url, format!("server {}: {what}", url.value)));
        }
        match &server.value.region {
            Some(name) if !several => {
                found.push(Refusal::at(name, "x-region with only one server"));
            }
            None if several => found.push(Refusal::at(
                server,
                "several servers, and this one has no x-region",
            )),
            Some(name) if !names.insert(&name.value) => {
                found.push(Refusal::at(name, format!("x-region {} twice", name.value)));
            }
            _ => {}
        }
    }
}

fn security(contract: &Contract, found: &mut Vec<Refusal>) {
    let applied = &contract.document.security;
    let schemes = &contract.document.components.schemes.value;
    let [way] = applied.value.as_slice() else {
        found.push(Refusal::at(applied, "exactly one security scheme applies"));
        return;
    };
    let names: Vec<&String> = way.keys().collect();
    let [name] = names.as_slice() else {
        found.push(Refusal::at(applied, "exactly one security scheme applies"));
        return;
    };
    if way.values().any(|scopes| !scopes.is_empty()) {
        let what = format!("the security scheme {name} has scopes, which are not supported");
        found.push(Refusal::at(applied, what));
    }
    if !schemes.contains_key(*name) {
        found.push(Refusal::at(
            applied,
            format!("the security scheme {name} is not declared"),
        ));
    }
    for (other, scheme) in schemes {
        if other != *name {
            found.push(Refusal::at(
                scheme,
                format!("the security scheme {other} is not used"),
            ));
        } else if let Err(why) = contract.auth() {
            found.push(Refusal::at(
                scheme,
                format!("security scheme {name}: {why}"),
            ));
        }
    }
}

fn parameters(contract: &Contract, found: &mut Vec<Refusal>) {
    let Ok(operation) = contract.operation() else {
        return;
    };
    let path = contract.path();
    let used: Vec<&str> = pieces(path)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Parameter(name) => Some(name),
            Piece::Literal(_) => None,
        })
        .collect();
    let declared: Vec<&str> = contract
        .parameters()
        .map(|parameter| parameter.name.as_str())
        .collect();
    for name in used.iter().filter(|name| !declared.contains(name)) {
        let what = format!("the path uses the parameter {name}, which is not declared");
        found.push(Refusal::at(&operation.id, what));
    }
    for parameter in &operation.parameters {
        let name = parameter.value.name.as_str();
        let count = used.iter().filter(|other| **other == name).count();
        if count != 1 {
            found.push(Refusal::at(
                parameter,
                format!("the path uses the parameter {name} {count} times"),
            ));
        }
        if !parameter.value.required.value {
            let what = format!("the path parameter {name} must be required");
            found.push(Refusal::at(&parameter.value.required, what));
        }
        let example = &parameter.value.example;
        if let Err(why) = numbers_core::raw::check_segment(&example.value) {
            found.push(Refusal::at(
                example,
                format!("the example of {name}: {why}"),
            ));
        }
        if let Err(why) = parameter.value.id_format.check(&example.value) {
            found.push(Refusal::at(
                example,
                format!("the example of {name}: {why}"),
            ));
        }
    }
    for setting in operation.parameters.iter().rev().skip(1) {
        if !matches!(setting.value.id_format, IdFormat::Opaque) {
            found.push(Refusal::at(
                setting,
                "x-form is only for the last parameter, the id of the number",
            ));
        }
    }
    let unordered = used != declared && used.len() == declared.len();
    if used.is_empty() || unordered || !path.ends_with('}') || !path.starts_with('/') {
        let what = "expected a path that ends in the id of the number, and parameters in the order of the path";
        found.push(Refusal::at(&operation.id, what));
    }
}
