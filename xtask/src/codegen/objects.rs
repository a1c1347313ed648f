//! The JSON objects in responses, as structs. A field of an unexpected type does not affect the others.

use crate::contract::model::{Property, Type};
use crate::contract::names::{field, pascal};
use crate::contract::{Condition, Contract, Test};
use minijinja::context;
use minijinja::value::{Serde, Value};

/// The structs that a vendor's crate needs: those of a success, and for a reader by hand those of errors, with
/// the constants that identify them.
pub(super) fn objects(contract: &Contract) -> Vec<Value> {
    let public = contract.public_schemas();
    let schemas = contract.document.components.schemas.iter();
    schemas
        .filter(|(name, _)| contract.reads_by_hand || public.contains(name.as_str()))
        .map(|(name, schema)| {
            let is_public = public.contains(name.as_str());
            let fields = schema.value.properties.iter();
            let is_success = contract.success_schema().is_some_and(|(it, _)| it == name);
            let mut properties = schema.value.properties.values().map(|it| &it.value);
            let has_values = properties.any(|it| it.minimum.is_some() || it.only().next().is_some());
            context! {
                name => pascal(name),
                description => &schema.value.description,
                public => is_public,
                fields => fields.map(|(name, it)| member(name, &it.value, is_public)).collect::<Vec<_>>(),
                properties => Value::from(Serde(&schema.value.properties)),
                is_success => is_success && !contract.conditions().is_empty(),
                is_identified => contract.reads_by_hand && has_values,
            }
        })
        .collect()
}

/// The structs of a success have typed fields. Those of errors keep JSON values, because vendors send errors in
/// varying types.
fn member(wire: &str, property: &Property, is_public: bool) -> Value {
    let name = field(wire);
    let value = format!("fields[{wire:?}]");
    let (declaration, read) = match is_public {
        true => {
            let (kind, read) = typed(property, &value);
            (format!("pub {name}: Option<{kind}>"), read)
        }
        false => (
            format!("pub(crate) {name}: &'a Json<'a>"),
            format!("&{value}"),
        ),
    };
    context! { field => name, description => &property.description, declaration, read }
}

/// The type of a field, and the expression that reads it. A value of another type reads as absent.
fn typed(property: &Property, value: &str) -> (String, String) {
    let name = |to: &str| pascal(to.rsplit('/').next().unwrap_or_default());
    if let Some(to) = &property.to {
        let name = name(&to.value);
        let read = format!("{value}.is_object().then(|| {name}::from_fields(&{value}))");
        return (name, read);
    }
    let items = property.items.as_ref();
    match (property.types().first(), items) {
        (Some(Type::Array), Some(items)) => {
            let (kind, read) = match (&items.to, items.kind) {
                (Some(to), _) => {
                    let name = name(&to.value);
                    let read = format!("items.iter().map({name}::from_fields).collect()");
                    (name, read)
                }
                (None, kind) => {
                    let (kind, read) = scalar(kind.unwrap_or(Type::String));
                    let read = format!("items.iter().filter_map(|item| item{read}).collect()");
                    (kind.to_owned(), read)
                }
            };
            (
                format!("Vec<{kind}>"),
                format!("{value}.as_array().map(|items| {read})"),
            )
        }
        (kind, _) => {
            let (kind, read) = scalar(kind.copied().unwrap_or(Type::String));
            (kind.to_owned(), format!("{value}{read}"))
        }
    }
}

fn scalar(kind: Type) -> (&'static str, &'static str) {
    match kind {
        Type::Boolean => ("bool", ".as_bool()"),
        Type::Integer => ("i64", ".as_i64()"),
        Type::Number => ("f64", ".as_f64()"),
        Type::String | Type::Array => ("String", ".as_str().map(str::to_owned)"),
    }
}

/// What a success has, each in a few words.
pub(super) fn needs(conditions: &[Condition<'_>]) -> Vec<String> {
    let need = |condition: &Condition<'_>| {
        let name = condition.path.join(".");
        match &condition.test {
            Test::Is(only) => format!("\"{name}\": {}", either(only)),
            Test::AtLeast(minimum) => format!("\"{name}\" of {minimum} or more"),
            Test::Types(_) | Test::Object => format!("\"{name}\""),
        }
    };
    conditions.iter().map(need).collect()
}

fn either(values: &[&serde_json::Value]) -> String {
    let values: Vec<_> = values.iter().map(ToString::to_string).collect();
    values.join(" or ")
}

/// What is wrong with a body that is not the documented success.
pub(super) fn unconfirmed(conditions: &[Condition<'_>]) -> String {
    match (conditions, needs(conditions).as_slice()) {
        ([it], [need]) => match &it.test {
            Test::Is(only) if !it.is_required => {
                let name = it.path.join(".");
                format!("the body has another \"{name}\" than {}", either(only))
            }
            _ => format!("the body does not have {need}"),
        },
        (_, needs) => format!("the body does not have all of {}", needs.join(", ")),
    }
}
