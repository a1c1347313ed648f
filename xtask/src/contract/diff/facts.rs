//! The facts that are compared, and those of our contract.

use super::shape;
use crate::contract::answers::{Schema, Type};
use crate::contract::document::Source;
use crate::contract::{Auth, Contract};
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
    /// How the vendor is told who asks.
    pub(super) auth: String,
    /// What is sent as a body.
    pub(super) body: String,
    /// The parameters, by place and name.
    pub(super) parameters: BTreeMap<String, String>,
    /// The answers, by status.
    pub(super) answers: BTreeMap<String, Answer>,
}

/// What one document says of an answer.
#[derive(Debug, Default)]
pub(super) struct Answer {
    /// Whether the vendor's page for the call has it.
    pub(super) documented: bool,
    /// Its fields, by JSON pointer.
    pub(super) fields: BTreeMap<String, Field>,
}

/// What one document says of a field.
#[derive(Debug, Default)]
pub(super) struct Field {
    /// Whether the vendor's page for the call has it.
    pub(super) documented: bool,
    /// The types that it may have.
    pub(super) types: BTreeSet<String>,
    /// The values that it may have, where they are listed.
    pub(super) values: BTreeSet<String>,
}

impl Facts {
    /// Where the call may go, names of parameters left out.
    pub(super) fn addresses(&self) -> BTreeSet<String> {
        let path = shape::nameless(&self.path);
        self.servers
            .iter()
            .map(|server| format!("{server}{path}"))
            .collect()
    }

    /// Whether a documented answer of another width stands for this status: `4XX` or `default` for
    /// `404`, and the other way about. Never for a success, where each status decides.
    pub(super) fn covers(&self, status: &str) -> bool {
        let class = |status: &str| status.get(..1).unwrap_or_default().to_owned();
        let is_class = |status: &str| status.to_ascii_uppercase().ends_with("XX");
        let good = |status: &str| status.starts_with('2');
        self.answers
            .iter()
            .filter(|(_, answer)| answer.documented)
            .any(|(known, _)| {
                let same_class =
                    class(known) == class(status) && (is_class(known) || is_class(status));
                let rest =
                    (known == "default" && !good(status)) || (status == "default" && !good(known));
                !good(known) && !good(status) && (same_class || rest)
            })
    }
}

/// The facts of a contract.
pub(super) fn of(contract: &Contract) -> Facts {
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
        body: "none".to_owned(),
        parameters: parameters.collect(),
        answers: contract
            .answers()
            .map(|(status, _)| (status.to_owned(), answer(contract, status)))
            .collect(),
    }
}

fn answer(contract: &Contract, status: &str) -> Answer {
    let mut answer = Answer::default();
    for (_, response) in contract.answers().filter(|(other, _)| *other == status) {
        answer.documented = response.source == Source::Page;
        for reference in response.content.json.schema.value.references() {
            if let Some((_, schema)) = contract.schema(reference) {
                fields(contract, schema, "", &mut answer.fields);
            }
        }
    }
    answer
}

fn fields(contract: &Contract, schema: &Schema, at: &str, fields_of: &mut BTreeMap<String, Field>) {
    for (name, property) in &schema.properties {
        let property = &property.value;
        let at = format!("{at}/{name}");
        let field = fields_of.entry(at.clone()).or_default();
        field.documented |= property.source == Source::Page;
        field.types.extend(
            property
                .types()
                .iter()
                .map(|kind| type_name(*kind).to_owned()),
        );
        field
            .values
            .extend(property.value.iter().map(|only| only.value.to_string()));
        if let Some((_, schema)) = property
            .to
            .as_ref()
            .and_then(|to| contract.schema(&to.value))
        {
            field.types.insert("object".to_owned());
            // Deeper than this no contract goes; one that refers to itself ends here.
            if at.matches('/').count() < 8 {
                fields(contract, schema, &at, fields_of);
            }
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
