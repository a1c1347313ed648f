//! The objects of the answers as tolerant structs: whatever a field holds, the rest can be read.

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
        items.push(object(name, &schema.value, public));
        items.extend(values(contract, name, &schema.value));
    }
    items
}

/// The functions of `numbers-http` that read the fields.
pub(super) fn helpers(contract: &Contract) -> Vec<TokenStream> {
    let public = public(contract);
    let schemas = contract.document.components.schemas.iter();
    let used: BTreeSet<Reading> = schemas
        .flat_map(|(name, schema)| {
            let public = public.contains(name.as_str());
            schema
                .value
                .properties
                .values()
                .map(move |property| reading(&property.value, public))
        })
        .collect();
    used.into_iter()
        .filter_map(|reading| match reading {
            Reading::Object => Some(quote! { lenient_object }),
            Reading::Typed => Some(quote! { lenient }),
            Reading::AsItCame => None,
        })
        .collect()
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

/// How a field is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reading {
    /// Of its one type, or not at all.
    Typed,
    /// An object, whose presence alone says something.
    Object,
    /// As it came: the words of an error may be of any type.
    AsItCame,
}

fn reading(property: &Property, public: bool) -> Reading {
    match property.types() {
        [] => Reading::Object,
        [Type::Boolean | Type::Integer] => Reading::Typed,
        [Type::String] if public => Reading::Typed,
        _ => Reading::AsItCame,
    }
}

fn object(name: &str, schema: &Schema, public: bool) -> TokenStream {
    let docs = docs(&schema.description);
    let name = ident(&pascal(name));
    let fields = schema
        .properties
        .iter()
        .map(|(name, property)| field(name, &property.value, public));
    let (visible, open) = if public {
        (quote! { pub }, Some(quote! { #[non_exhaustive] }))
    } else {
        (quote! { pub(crate) }, None)
    };
    quote! {
        #docs
        #[derive(Debug, Clone, Default, PartialEq, serde::Deserialize)]
        #open
        #visible struct #name { #(#fields),* }
    }
}

fn field(wire: &str, property: &Property, public: bool) -> TokenStream {
    let docs = docs(&property.description);
    let name = snake(wire);
    let rename = (name != wire).then(|| quote! { rename = #wire, });
    let name = ident(&name);
    let visible = if public {
        quote! { pub }
    } else {
        quote! { pub(crate) }
    };
    let (read, kind) = match reading(property, public) {
        Reading::AsItCame => (None, quote! { serde_json::Value }),
        Reading::Typed => {
            let kind = match property.types() {
                [Type::Boolean] => quote! { bool },
                [Type::Integer] => quote! { i64 },
                _ => quote! { String },
            };
            (
                Some(quote! { , deserialize_with = "lenient" }),
                quote! { Option<#kind> },
            )
        }
        Reading::Object => {
            let target = property.to.as_ref().map_or("", |to| to.value.as_str());
            let target = ident(&pascal(target.rsplit('/').next().unwrap_or_default()));
            (
                Some(quote! { , deserialize_with = "lenient_object" }),
                quote! { Option<#target> },
            )
        }
    };
    quote! { #docs #[serde(#rename default #read)] #visible #name: #kind }
}

/// The values that tell one object from another.
fn values(contract: &Contract, name: &str, schema: &Schema) -> Option<TokenStream> {
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
    (!values.is_empty()).then(|| quote! { impl #name { #(#values)* } })
}

/// What is said of a body that is not the documented success.
fn unconfirmed(schema: &Schema) -> Option<TokenStream> {
    let (field, only) = schema
        .properties
        .iter()
        .find_map(|(name, property)| Some((name, property.value.value.as_ref()?)))?;
    let required = schema.required.iter().any(|name| name.value == *field);
    let text = if required {
        format!("the body does not say \"{field}\": {}", only.value)
    } else {
        format!("the body gives another \"{field}\" than {}", only.value)
    };
    Some(quote! {
        /// What is wrong with a body that is not this answer.
        pub(crate) const UNCONFIRMED: &str = #text;
    })
}
