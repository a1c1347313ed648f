//! How responses are read, as far as the schemas determine it.

use crate::codegen::{Invalid, ident};
use crate::contract::responses::{Property, Schema, Type};
use crate::contract::{Contract, Refusal, constant, pascal, snake};
use anyhow::{Context, Result};

/// The values for the template of `src/response.rs`.
///
/// # Errors
///
/// [`Invalid`] if the success schema accepts any object.
pub(super) fn parts(contract: &Contract) -> Result<Vec<(&'static str, String)>> {
    let (response, _) = contract.success_schema().context("no success")?;
    let references = contract
        .responses()
        .flat_map(|(_, response)| response.content.json.schema.value.references());
    let error = references
        .filter_map(|reference| contract.schema(reference))
        .find(|(name, _)| *name != response);
    let is_response = error.is_none();
    let error = error.or_else(|| contract.success_schema());
    let words = error.map(|(_, schema)| {
        let fields = schema.properties.iter();
        let texts = fields.filter(|(_, property)| property.value.types().contains(&Type::String));
        texts
            .map(|(name, _)| match name {
                name if is_response => format!("&body[{name:?}],"),
                name => format!("error.{},", field(name)),
            })
            .collect::<String>()
    });
    let words = words.unwrap_or_default();
    let hinted = contract
        .responses()
        .any(|(_, response)| response.hint.is_some());
    let only_if = |there: bool, text: &str| {
        if there {
            text.to_owned()
        } else {
            String::new()
        }
    };
    let core = if hinted {
        "{Endpoint, ErrorKind}"
    } else {
        "Endpoint"
    };
    let error = error.map_or(response, |(name, _)| name);
    Ok(vec![
        ("success_condition", success_condition(contract)?),
        ("Error_", only_if(error != response, &pascal(error))),
        (
            "parse_error",
            parse_error(&pascal(error), &words, is_response),
        ),
        ("hints_import", only_if(hinted, "HINTS,")),
        ("hint", only_if(hinted, HINT)),
        ("core_imports", core.to_owned()),
    ])
}

const HINT: &str = "
    fn hint(kind: ErrorKind) -> Option<&'static str> {
        HINTS.iter().find(|(trap, _)| *trap == kind).map(|(_, hint)| *hint)
    }";

/// The body of `parse_error`: the first string field that is not empty.
fn parse_error(error: &str, words: &str, is_response: bool) -> String {
    let fields = match is_response {
        true => String::new(),
        false => format!("let error = {error}::from_fields(body);\n"),
    };
    if words.is_empty() {
        let unused = if is_response { "body" } else { "error" };
        return format!("{fields}let _ = {unused};\nVendorError::default()");
    }
    format!(
        "{fields}VendorError {{ message: [{words}].into_iter().find_map(Json::text), ..VendorError::default() }}"
    )
}

/// The condition for a success.
fn success_condition(contract: &Contract) -> Result<String> {
    let (name, schema) = contract.success_schema().context("no success")?;
    let kind = pascal(name);
    let rules = rules(contract, schema, &kind, "success");
    if rules.is_empty() {
        let schemas = &contract.document.components.schemas;
        let place = schemas.get(name).context("no schema of the success")?;
        let what = format!(
            "{name} has neither a const nor a required field, so any object would be a success: add one"
        );
        return Err(Invalid::from(contract.refuse(Refusal::at(place, what))).into());
    }
    Ok(rules.join(" && "))
}

/// The conditions for the object `at` to match its schema: fixed values and required fields. A fixed value is
/// required even if its field is not: a field of another type reads as absent, and accepting that is a
/// decision for a person.
fn rules(contract: &Contract, schema: &Schema, kind: &str, at: &str) -> Vec<String> {
    let mut rules = Vec::new();
    for (name, property) in &schema.properties {
        let property = &property.value;
        let is_required = schema.required.iter().any(|one| one.value == *name);
        let place = format!("{at}.{}", field(name));
        let inner = property
            .to
            .as_ref()
            .and_then(|to| contract.schema(&to.value));
        if property.value.is_some() {
            rules.push(value(
                property,
                &place,
                &format!("{kind}::{}", constant(name)),
            ));
        } else if property.minimum.is_some() {
            let number = match property.types() {
                [Type::Integer] => place,
                _ => format!("{place}.as_i64()"),
            };
            let minimum = format!("{kind}::MIN_{}", constant(name));
            rules.push(format!(
                "{number}.is_some_and(|number| number >= {minimum})"
            ));
        } else if let (true, Some((inner, schema))) = (is_required, inner) {
            let kind = format!("crate::wire::{}", pascal(inner));
            let inner = self::rules(contract, schema, &kind, "inner");
            rules.push(if inner.is_empty() {
                format!("{place}.is_some()")
            } else {
                format!(
                    "{place}.as_ref().is_some_and(|inner| {})",
                    inner.join(" && ")
                )
            });
        } else if is_required {
            rules.push(if is_raw(property) {
                format!("!{place}.is_null()")
            } else {
                format!("{place}.is_some()")
            });
        }
    }
    rules
}

/// The condition that a field has a value.
fn value(property: &Property, place: &str, value: &str) -> String {
    if is_raw(property) {
        format!("{place} == {value}")
    } else if property.types() == [Type::String] {
        format!("{place}.as_deref() == Some({value})")
    } else {
        format!("{place} == Some({value})")
    }
}

/// Whether the generated struct keeps a field as a JSON value.
fn is_raw(property: &Property) -> bool {
    !matches!(
        property.types(),
        [Type::Boolean | Type::Integer | Type::String]
    )
}

/// The field's name in the generated struct.
fn field(name: &str) -> String {
    ident(&snake(name)).to_string()
}
