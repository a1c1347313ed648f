//! Structs for the JSON objects in responses. A field of an unexpected type does not affect the others.

use super::rust::docs;
use super::wire::ident;
use crate::contract::responses::{Property, Schema, Type};
use crate::contract::{Contract, constant, pascal, snake};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// Every struct, with the constants that identify it.
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

/// The public structs: those of a success.
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

/// The type of a public field, and the expression that reads it. A value of another type reads as absent.
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
        _ => (quote! { Option<String> }, quote! { #value.text() }),
    }
}

/// The structs of a success have typed fields. Those of errors keep JSON values, because vendors send
/// errors in varying types.
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
            fields.push(quote! { #docs pub(crate) #field: &'a Json<'a> });
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
                    pub(crate) fn from_fields(fields: &Json<'_>) -> Self {
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
                    /// Takes the fields of a JSON object. Any other value has none.
                    pub(crate) fn from_fields(fields: &'a Json<'a>) -> Self {
                        Self { #(#taken),* }
                    }
                }
            },
        ]
    }
}

/// The constants that identify an object.
fn values(contract: &Contract, name: &str, schema: &Schema, public: bool) -> Option<TokenStream> {
    let mut values = Vec::new();
    for (field, property) in &schema.properties {
        let property = &property.value;
        if let Some(only) = &property.value {
            let docs = docs(&format!("The only valid value of `{field}`."));
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
        if let Some(minimum) = &property.minimum {
            let docs = docs(&format!("The smallest valid value of `{field}`."));
            let constant = ident(&format!("MIN_{}", constant(field)));
            let minimum = proc_macro2::Literal::i64_unsuffixed(minimum.value);
            values.push(quote! { #docs pub(crate) const #constant: i64 = #minimum; });
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

/// The error detail for a body that is not the documented success.
fn unconfirmed(schema: &Schema) -> Option<TokenStream> {
    let is_required = |name: &String| schema.required.iter().any(|one| one.value == *name);
    let expected: Vec<String> = schema
        .properties
        .iter()
        .filter_map(
            |(name, property)| match (&property.value.value, &property.value.minimum) {
                (Some(only), _) => Some(format!("\"{name}\": {}", only.value)),
                (None, Some(minimum)) => Some(format!("\"{name}\" of {} or more", minimum.value)),
                (None, None) => is_required(name).then(|| format!("\"{name}\"")),
            },
        )
        .collect();
    let only = schema.properties.iter().find_map(|(name, property)| {
        let only = property.value.value.as_ref()?;
        (!is_required(name)).then_some((name, &only.value))
    });
    let text = match (expected.as_slice(), only) {
        ([], _) => return None,
        ([_], Some((name, only))) => format!("the body has another \"{name}\" than {only}"),
        ([one], None) => format!("the body does not have {one}"),
        (all, _) => format!("the body does not have all of {}", all.join(", ")),
    };
    Some(quote! {
        /// The error detail for a body that is not this response.
        pub(crate) const UNCONFIRMED: &str = #text;
    })
}
