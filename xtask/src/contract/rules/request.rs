//! The rules for servers and security scheme.

use crate::contract::model::Scheme;
use crate::contract::names::is_plain_path;
use crate::contract::{Contract, Refusal};
use std::collections::BTreeSet;

/// Checks servers and security scheme.
pub(super) fn check(contract: &Contract, found: &mut Vec<Refusal>) {
    servers(contract, found);
    security(contract, found);
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
        let address = url.value.strip_prefix("https://");
        if !address.is_some_and(is_plain_path) || url.value.contains('@') {
            let what = "expected https, a host and optionally a prefix, without variables or a slash at the end";
            found.push(Refusal::at(url, format!("server {}: {what}", url.value)));
        }
        let region = &server.value.region;
        if [server.value.description.is_some(), region.is_some()] != [several; 2] {
            let what = "x-region and description are for each of several servers, and only then";
            found.push(Refusal::at(server, what));
        }
        if let Some(name) = region.as_ref().filter(|name| !names.insert(&name.value)) {
            found.push(Refusal::at(name, format!("x-region {} twice", name.value)));
        }
    }
}

fn security(contract: &Contract, found: &mut Vec<Refusal>) {
    let applied = &contract.document.security;
    let schemes = &contract.document.components.schemes;
    let ways: Vec<_> = applied.value.iter().flatten().collect();
    let ([_], [(name, scopes)]) = (applied.value.as_slice(), ways.as_slice()) else {
        found.push(Refusal::at(applied, "exactly one security scheme applies"));
        return;
    };
    if !scopes.is_empty() {
        let what = format!("the security scheme {name} has scopes, which are not supported");
        found.push(Refusal::at(applied, what));
    }
    if !schemes.contains_key(*name) {
        let what = format!("the security scheme {name} is not declared");
        found.push(Refusal::at(applied, what));
    }
    for (other, scheme) in schemes {
        if other != *name {
            let what = format!("the security scheme {other} is not used");
            found.push(Refusal::at(scheme, what));
        } else if !is_supported(&scheme.value) {
            let what = format!(
                "security scheme {name}: expected type http with scheme bearer, basic or another word for \
                 Authorization, or type apiKey in header with a name"
            );
            found.push(Refusal::at(scheme, what));
        } else if let Some(user) = &scheme.value.user {
            let mut settings = contract.parameters().rev().skip(1);
            let is_setting = settings.any(|parameter| parameter.name == *user);
            if !contract.is_basic() || !is_setting {
                let what = format!(
                    "x-user {user}: expected scheme basic, and a parameter of the path before the id"
                );
                found.push(Refusal::at(scheme, what));
            }
        }
    }
}

/// Whether requests can authenticate so.
fn is_supported(scheme: &Scheme) -> bool {
    let parts = (&scheme.scheme, scheme.place.as_deref(), &scheme.name);
    match (scheme.kind.as_str(), parts) {
        ("http", (Some(word), None, None)) => {
            is_token(word) && !["Basic", "Bearer"].contains(&word.as_str())
        }
        ("apiKey", (None, Some("header"), Some(header))) => is_token(header),
        _ => false,
    }
}

/// Whether HTTP allows it as a header's name or an authentication scheme.
fn is_token(word: &str) -> bool {
    let is_tchar = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !word.is_empty() && word.bytes().all(is_tchar)
}
