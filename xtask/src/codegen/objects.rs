//! The objects of the responses as tolerant structs: whatever a field holds, the rest can be read.

use super::rust::docs;
use super::wire::ident;
use crate::contract::answers::{Property, Schema, Type};
use crate::contract::{Contract, constant, pascal, snake};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// Every object, each with the values that tell it from the others.
pub(super) fn print(contract: &Contract) -> Vec<TokenStream> {
    let public = public(contract);
    let mut items = Vec::new();
    for (name, schema) in &contract.document.components.schemas {
        let public = public.contains(name.as_str());
        items.extend(object(name, &schema.value, public));
        items.extend(values(contract, name, &schema.value, public));
    }
    items
}

/// The objects that a caller sees: those of a success.
fn public(contract: &Contract) -> BTreeSet<&str> {
    let mut public = BTreeSet::new();
    let mut next: Vec<_> = contract.success_schema().into_iter().collect();
    while let Some((name, schema)) = next.pop() {
        if public.insert(name) {
            let references = schema
                .properties
                .values()
                .filter_map(|field| field.value.to.as_ref());
            next.extend(references.filter_map(|to| contract.schema(&to.value)));
        }
    }
    public
}

/// The type of a field that a caller sees, and how it is taken from its value: as far as it has the type
/// that the contract gives it.
fn typed(property: &Property, value: &TokenStream) -> (TokenStream, TokenStream) {
    match property.types() {
        [] => {
            let target = property.to.as_ref().map_or("", |to| to.value.as_str());
            let target = ident(&pascal(target.rsplit('/').next().unwrap_or_default()));
            (
                quote! { Option<#target> },
                quote! { #value.is_object().then(|| #target::from_fields(&#value)) },
            )
        }
        [Type::Boolean] => (quote! { Option<bool> }, quote! { #value.as_bool() }),
        [Type::Integer] => (quote! { Option<i64> }, quote! { #value.as_i64() }),
        [Type::String] => (
            quote! { Option<String> },
            quote! { #value.as_str().map(str::to_owned) },
        ),
        _ => (quote! { Value }, quote! { #value.clone() }),
    }
}

/// An object of a success is typed; of any other the values are kept as they came, for what speaks of an
/// error may do so in any type.
fn object(name: &str, schema: &Schema, public: bool) -> Vec<TokenStream> {
    let about = docs(&schema.description);
    let name = ident(&pascal(name));
    let (mut fields, mut taken) = (Vec::new(), Vec::new());
    for (wire, property) in &schema.properties {
        let docs = docs(&property.value.description);
        let field = ident(&snake(wire));
        if public {
            let (kind, read) = typed(&property.value, &quote! { fields[#wire] });
            fields.push(quote! { #docs pub #field: #kind });
            taken.push(quote! { #field: #read });
        } else {
            fields.push(quote! { #docs pub(crate) #field: &'a Value });
            taken.push(quote! { #field: &fields[#wire] });
        }
    }
    if public {
        vec![
            quote! {
                #about
                #[derive(Debug, Clone, Default, PartialEq)]
                #[non_exhaustive]
                pub struct #name { #(#fields),* }
            },
            quote! {
                impl #name {
                    /// Takes the fields of a JSON object.
                    pub(crate) fn from_fields(fields: &Value) -> Self {
                        Self { #(#taken),* }
                    }
                }
            },
        ]
    } else {
        vec![
            quote! {
                #about
                #[derive(Debug)]
                pub(crate) struct #name<'a> { #(#fields),* }
            },
            quote! {
                impl<'a> #name<'a> {
                    /// Takes the fields of a JSON object; what is no object has none of them.
                    pub(crate) fn from_fields(fields: &'a Value) -> Self {
                        Self { #(#taken),* }
                    }
                }
            },
        ]
    }
}

/// The values that tell one object from another.
fn values(contract: &Contract, name: &str, schema: &Schema, public: bool) -> Option<TokenStream> {
    let mut values = Vec::new();
    for (field, property) in &schema.properties {
        let property = &property.value;
        if let Some(only) = &property.value {
            let docs = docs(&format!("The value of `{field}` here."));
            let constant = ident(&constant(field));
            let (kind, value) = match &only.value {
                serde_json::Value::Bool(value) => (quote! { bool }, quote! { #value }),
                serde_json::Value::String(value) => (quote! { &str }, quote! { #value }),
                other => {
                    let value =
                        proc_macro2::Literal::i64_unsuffixed(other.as_i64().unwrap_or_default());
                    (quote! { i64 }, quote! { #value })
                }
            };
            values.push(quote! { #docs pub(crate) const #constant: #kind = #value; });
        }
        if let Some(least) = &property.minimum {
            let docs = docs(&format!("The least value of `{field}` here."));
            let constant = ident(&format!("LEAST_{}", constant(field)));
            let least = proc_macro2::Literal::i64_unsuffixed(least.value);
            values.push(quote! { #docs pub(crate) const #constant: i64 = #least; });
        }
    }
    if contract
        .success_schema()
        .is_some_and(|(success, _)| success == name)
    {
        values.extend(unconfirmed(schema));
    }
    let name = ident(&pascal(name));
    let name = match public {
        true => quote! { #name },
        false => quote! { #name<'_> },
    };
    (!values.is_empty()).then(|| quote! { impl #name { #(#values)* } })
}

/// What is said of a body that is not the documented success.
fn unconfirmed(schema: &Schema) -> Option<TokenStream> {
    let is_required = |name: &String| schema.required.iter().any(|one| one.value == *name);
    let told: Vec<String> = schema
        .properties
        .iter()
        .filter_map(
            |(name, property)| match (&property.value.value, &property.value.minimum) {
                (Some(only), _) => Some(format!("\"{name}\": {}", only.value)),
                (None, Some(least)) => Some(format!("\"{name}\" of {} or more", least.value)),
                (None, None) => is_required(name).then(|| format!("\"{name}\"")),
            },
        )
        .collect();
    let only = schema.properties.iter().find_map(|(name, property)| {
        let only = property.value.value.as_ref()?;
        (!is_required(name)).then_some((name, &only.value))
    });
    let text = match (told.as_slice(), only) {
        ([], _) => return None,
        // Who leaves it away says nothing wrong.
        ([_], Some((name, only))) => format!("the body gives another \"{name}\" than {only}"),
        ([one], None) => format!("the body does not say {one}"),
        (all, _) => format!("the body does not say all of {}", all.join(", ")),
    };
    Some(quote! {
        /// What is wrong with a body that is not this answer.
        pub(crate) const UNCONFIRMED: &str = #text;
    })
}
