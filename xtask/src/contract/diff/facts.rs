//! The facts that are compared, and those of our contract.

use super::shape;
use crate::contract::document::Source;
use crate::contract::responses::{Schema, Type};
use crate::contract::{Auth, Contract, fit};
use std::collections::{BTreeMap, BTreeSet};

/// What one document says of the call.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// The HTTP method.
    pub(super) method: String,
    /// The path with its parameters in braces.
    pub(super) path: String,
    /// The vendor's name for the operation.
    pub(super) operation: String,
    /// Scheme, host and prefix of every server.
    pub(super) servers: BTreeSet<String>,
    /// How requests authenticate.
    pub(super) auth: String,
    /// Whether it is deprecated.
    pub(super) deprecated: bool,
    /// What is sent as a body.
    pub(super) body: String,
    /// The parameters, by place and name.
    pub(super) parameters: BTreeMap<String, String>,
    /// The responses, by status.
    pub(super) responses: BTreeMap<String, ResponseFacts>,
}

/// What one document says of a response.
#[derive(Debug, Default)]
pub(super) struct ResponseFacts {
    /// Whether the vendor's page for the call has it.
    pub(super) documented: bool,
    /// The media types of its body.
    pub(super) media: BTreeSet<String>,
    /// The types that the body as a whole may have.
    pub(super) body: BTreeSet<String>,
    /// Its fields, by JSON pointer.
    pub(super) fields: BTreeMap<String, Field>,
}

/// What one document says of a field.
#[derive(Debug, Default)]
pub(super) struct Field {
    /// Whether the vendor's page for the call has it.
    pub(super) documented: bool,
    /// The types that it may have.
    pub(super) types: Range,
    /// The values that it may have, where they are listed.
    pub(super) values: Range,
    /// Whether one of its schemas lists no values.
    pub(super) free: bool,
}

/// What a vendor's document must contain, and what it may contain. For a vendor's document itself, both
/// are the same.
#[derive(Debug, Default)]
pub(super) struct Range {
    /// What is documented.
    pub(super) required: BTreeSet<String>,
    /// What is documented or assumed.
    pub(super) allowed: BTreeSet<String>,
}

impl Range {
    /// Adds a value, documented or assumed.
    pub(super) fn add(&mut self, one: String, documented: bool) {
        if documented {
            self.required.insert(one.clone());
        }
        self.allowed.insert(one);
    }
}

impl Facts {
    /// The possible URLs, without the names of parameters.
    pub(super) fn addresses(&self) -> BTreeSet<String> {
        let path = shape::nameless(&self.path);
        self.servers
            .iter()
            .map(|server| format!("{server}{path}"))
            .collect()
    }

    /// The response that covers an error status without one of its own: `4XX` or `default` for `404`, and
    /// the reverse. Never for a success, where each status counts.
    pub(super) fn covering(&self, status: &str) -> Option<&ResponseFacts> {
        let class = |status: &str| status.get(..1).unwrap_or_default().to_owned();
        let is_class = |status: &str| status.to_ascii_uppercase().ends_with("XX");
        let covers = |known: &str| {
            let wide = is_class(known) || is_class(status);
            let rest = known == "default" || status == "default";
            !is_good(known) && !is_good(status) && (rest || (wide && class(known) == class(status)))
        };
        let mut responses = self.responses.iter().filter(|(known, _)| covers(known));
        let first = responses.clone().next();
        let found = responses
            .find(|(_, response)| response.documented)
            .or(first);
        found.map(|(_, response)| response)
    }
}

fn is_good(status: &str) -> bool {
    status.starts_with('2')
}

/// The facts of a contract.
pub(super) fn from_contract(contract: &Contract) -> Facts {
    let auth = match contract.auth() {
        Ok(Auth::Bearer) => "bearer".to_owned(),
        Ok(Auth::Basic) => "basic".to_owned(),
        Ok(Auth::Header(name)) => format!("header {}", name.to_ascii_lowercase()),
        Err(_) => String::new(),
    };
    let parameters = contract.parameters().map(|parameter| {
        (
            format!("path {}", parameter.name),
            "required string".to_owned(),
        )
    });
    Facts {
        method: contract.method().to_owned(),
        path: contract.path().to_owned(),
        operation: contract
            .operation()
            .map(|operation| operation.id.value.clone())
            .unwrap_or_default(),
        servers: contract
            .servers()
            .map(|server| server.url.value.clone())
            .collect(),
        auth,
        deprecated: false,
        body: "none".to_owned(),
        parameters: parameters.collect(),
        responses: contract
            .responses()
            .map(|(status, _)| (status.to_owned(), response_facts(contract, status)))
            .collect(),
    }
}

fn response_facts(contract: &Contract, status: &str) -> ResponseFacts {
    let mut facts = ResponseFacts::default();
    for (_, response) in contract.responses().filter(|(other, _)| *other == status) {
        facts.documented = response.source == Source::Page;
        facts.media.insert("application/json".to_owned());
        facts.body.insert("object".to_owned());
        let references = response.content.json.schema.value.references();
        for (count, reference) in references.enumerate() {
            // An error body with a success status is always assumed, never documented.
            let documented = facts.documented && (count == 0 || !is_good(status));
            if let Some((_, schema)) = contract.schema(reference) {
                fields(contract, schema, "", documented, &mut facts.fields);
            }
        }
    }
    facts
}

fn fields(
    contract: &Contract,
    schema: &Schema,
    at: &str,
    documented: bool,
    found: &mut BTreeMap<String, Field>,
) {
    for (name, property) in &schema.properties {
        let property = &property.value;
        let at = format!("{at}/{name}");
        let documented = documented && property.source == Source::Page;
        let field = found.entry(at.clone()).or_default();
        field.documented |= documented;
        let only = property.value.as_ref().map(|only| &only.value);
        for kind in property.types() {
            // Besides the type of its value, other types are accepted but not documented.
            let own = only.is_none_or(|only| fit::is(*kind, only));
            field
                .types
                .add(type_name(*kind).to_owned(), documented && own);
        }
        match only {
            Some(only) => field.values.add(only.to_string(), documented),
            None => field.free = true,
        }
        if let Some((_, schema)) = property
            .to
            .as_ref()
            .and_then(|to| contract.schema(&to.value))
        {
            field.types.add("object".to_owned(), documented);
            fields(contract, schema, &at, documented, found);
        }
    }
}

fn type_name(kind: Type) -> &'static str {
    match kind {
        Type::Boolean => "boolean",
        Type::Integer => "integer",
        Type::String => "string",
        Type::Array => "array",
    }
}
