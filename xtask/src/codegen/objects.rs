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
        items.extend(object(name, &schema.value, public));
        items.extend(values(contract, name, &schema.value));
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

/// How a field is read: its type, and the function that takes it from what was found.
fn reading(property: &Property, public: bool) -> (TokenStream, &'static str) {
    match property.types() {
        [] => {
            let target = property.to.as_ref().map_or("", |to| to.value.as_str());
            let target = ident(&pascal(target.rsplit('/').next().unwrap_or_default()));
            (quote! { Option<#target> }, "object")
        }
        [Type::Boolean] => (quote! { Option<bool> }, "boolean"),
        [Type::Integer] => (quote! { Option<i64> }, "integer"),
        [Type::String] if public => (quote! { Option<String> }, "text"),
        // The words of an error may be of any type.
        _ => (quote! { numbers_http::serde_json::Value }, "value"),
    }
}

fn object(name: &str, schema: &Schema, public: bool) -> Vec<TokenStream> {
    let about = docs(&schema.description);
    let name = ident(&pascal(name));
    let (visible, open) = if public {
        (quote! { pub }, Some(quote! { #[non_exhaustive] }))
    } else {
        (quote! { pub(crate) }, None)
    };
    let (mut names, mut fields, mut taken) = (Vec::new(), Vec::new(), Vec::new());
    for (wire, property) in &schema.properties {
        let docs = docs(&property.value.description);
        let field = ident(&snake(wire));
        let (kind, read) = reading(&property.value, public);
        let read = ident(read);
        names.push(wire);
        fields.push(quote! { #docs #visible #field: #kind });
        taken.push(quote! { #field: found.#read(#wire) });
    }
    let deserialize = public.then(|| {
        quote! {
            impl<'de> Deserialize<'de> for #name {
                fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                    numbers_http::deserialize(from)
                }
            }
        }
    });
    let definition = quote! {
        #about
        #[derive(Debug, Clone, Default, PartialEq)]
        #open
        #visible struct #name { #(#fields),* }
    };
    let reads = quote! {
        impl Object for #name {
            const FIELDS: &'static [&'static str] = &[#(#names),*];

            fn of(mut found: Fields) -> Self {
                Self { #(#taken),* }
            }
        }
    };
    [Some(definition), Some(reads), deserialize]
        .into_iter()
        .flatten()
        .collect()
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
