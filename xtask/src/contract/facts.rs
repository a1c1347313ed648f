//! What can be asked of a contract.

use super::model::{Document, Operation, Parameter, Response, Schema, Scheme};
use std::collections::BTreeSet;

/// A valid contract.
#[derive(Debug)]
pub struct Contract {
    /// The name of its crate.
    pub krate: String,
    /// What surrounds the operation.
    pub document: Document,
    /// The path with its parameters in braces.
    pub path: String,
    /// The HTTP method.
    pub method: String,
    /// The operation, with shared responses where they are referred to.
    pub operation: Operation,
    /// Its file, as errors show it.
    pub file: String,
    /// The file's text.
    pub text: String,
    /// Whether `src/response.rs` is written by hand.
    pub reads_by_hand: bool,
}

impl Contract {
    /// The vendor's short name.
    pub fn vendor(&self) -> &str {
        &self.document.vendor.value
    }

    /// The pieces of the path in order: literal text, and the name of the parameter behind it.
    pub fn pieces(&self) -> Vec<(&str, Option<&str>)> {
        let mut pieces = Vec::new();
        let mut rest = self.path.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let (name, behind) = after.split_once('}').unwrap_or((after, ""));
            pieces.push((before, Some(name)));
            rest = behind;
        }
        if !rest.is_empty() {
            pieces.push((rest, None));
        }
        pieces
    }

    /// The parameters, the number's id last.
    pub fn parameters(&self) -> impl DoubleEndedIterator<Item = &Parameter> {
        self.operation.parameters.iter().map(|it| &it.value)
    }

    /// The documented responses, by status or `default`.
    pub fn responses(&self) -> impl Iterator<Item = (&str, &Response)> + Clone {
        let responses = self.operation.responses.iter();
        responses.map(|(status, response)| (status.as_str(), &response.value))
    }

    /// The schema behind a reference, with its name.
    pub fn schema(&self, reference: &str) -> Option<(&str, &Schema)> {
        let name = reference.strip_prefix("#/components/schemas/")?;
        let (name, schema) = self.document.components.schemas.get_key_value(name)?;
        Some((name, &schema.value))
    }

    /// The schema of a success, with its name; none if a success has no body.
    pub fn success_schema(&self) -> Option<(&str, &Schema)> {
        let mut successes = self.responses().filter(|(_, it)| it.outcome.is_some());
        let body = successes.find_map(|(_, response)| response.json())?;
        self.schema(&body.schema.value.references().next()?.value)
    }

    /// The schemas of bodies other than the success, with their names.
    pub fn error_schemas(&self) -> Vec<(&str, &Schema)> {
        let success = self.success_schema().map(|(name, _)| name);
        let bodies = self.responses().filter_map(|(_, it)| it.json());
        let references = bodies.flat_map(|body| body.schema.value.references());
        let mut seen = BTreeSet::new();
        references
            .filter_map(|reference| self.schema(&reference.value))
            .filter(|(name, _)| Some(*name) != success && seen.insert(*name))
            .collect()
    }

    /// The names of the schemas that a success is made of.
    pub fn public_schemas(&self) -> BTreeSet<&str> {
        let success = self.success_schema();
        let inner = success.map(|(_, schema)| self.within(schema));
        let names = inner.into_iter().flatten();
        names.chain(success.map(|(name, _)| name)).collect()
    }

    /// The names of the schemas that one contains, directly or not.
    pub(super) fn within<'a>(&'a self, schema: &'a Schema) -> BTreeSet<&'a str> {
        let mut held = BTreeSet::new();
        let mut next = vec![schema];
        while let Some(schema) = next.pop() {
            let fields = schema.properties.values();
            let references = fields.filter_map(|field| field.value.reference());
            for (name, inner) in references.filter_map(|to| self.schema(&to.value)) {
                if held.insert(name) {
                    next.push(inner);
                }
            }
        }
        held
    }

    /// The scheme that applies, by its name among the components.
    pub fn scheme(&self) -> Option<&Scheme> {
        let name = self.document.security.value.first()?.keys().next()?;
        Some(&self.document.components.schemes.get(name)?.value)
    }

    /// Whether user and password authenticate.
    pub fn is_basic(&self) -> bool {
        let scheme = self.scheme().and_then(|it| it.scheme.as_deref());
        scheme == Some("basic")
    }
}
