//! `src/wire.rs` of a vendor: data, not behaviour.

use super::WRITTEN_RUST;
use super::objects;
use super::rust::{docs, file, text};
use crate::contract::answers::Outcome;
use crate::contract::call::Form;
use crate::contract::{Auth, Contract, Piece, constant, is_reserved, pascal, snake};
use anyhow::{Context, Result};
use numbers_core::ErrorKind;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

/// The text of the file.
pub(super) fn print(contract: &Contract) -> Result<String> {
    let header = format!(
        "//! What {} states of its call. Data, not behaviour.\n//!\n\
         {WRITTEN_RUST}\n\
         //! SHA-256 of the contract: `{}`.\n",
        contract.title(),
        contract.hash,
    );
    let mut items = vec![imports(contract)?, vendor(contract), endpoint(contract)?];
    items.extend(servers(contract));
    items.push(auth(contract)?);
    items.push(form(contract)?);
    items.push(path(contract));
    items.extend(hints(contract));
    items.extend(objects::print(contract));
    file(&header, items)
}

fn imports(contract: &Contract) -> Result<TokenStream> {
    let ids: Vec<_> = contract
        .parameters()
        .map(|parameter| ident(&pascal(&parameter.name)))
        .collect();
    let kind = hints(contract).map(|_| quote! { ErrorKind, });
    Ok(quote! {
        use crate::{#(#ids),*};
        use numbers_core::{Endpoint, #kind Outcome, Vendor};
        use numbers_http::serde_json::Value;
        use numbers_http::{Auth, Form};
    })
}

fn vendor(contract: &Contract) -> TokenStream {
    let docs = docs(&format!(
        "{}, as the command and the facade name it.",
        contract.title()
    ));
    let name = contract.vendor();
    quote! { #docs pub const VENDOR: Vendor = Vendor::new(#name); }
}

fn endpoint(contract: &Contract) -> Result<TokenStream> {
    let operation = contract.operation()?;
    let answers: Vec<_> = contract
        .answers()
        .map(|(status, response)| match &response.outcome {
            Some(outcome) => format!("`{status}` ({})", outcome.value.as_str()),
            None => format!("`{status}`"),
        })
        .collect();
    let docs = docs(&format!(
        "{}: the call as {} documents it. Its answers: {}.",
        operation.summary,
        contract.title(),
        answers.join(", ")
    ));
    let success = contract.successes().map(|(status, outcome)| {
        let status = proc_macro2::Literal::u16_unsuffixed(status);
        let outcome = ident(match outcome {
            Outcome::Released => "Released",
            Outcome::Accepted => "Accepted",
        });
        quote! { (#status, Outcome::#outcome) }
    });
    let documented = contract.answers().map(|(status, _)| status);
    let (name, template, method) = (&operation.id.value, contract.path(), contract.method());
    let page = text(&operation.docs.url);
    let (lookup, warning) = (text(&operation.lookup.text), text(&operation.warning()));
    Ok(quote! {
        #docs
        pub const ENDPOINT: Endpoint = Endpoint::new(VENDOR, #name, #template)
            .with_method(#method)
            .with_success(&[#(#success),*])
            .with_answers(&[#(#documented),*])
            .with_docs(#page)
            .with_lookup(#lookup)
            .with_warning(#warning);
    })
}

fn servers(contract: &Contract) -> Vec<TokenStream> {
    let Some(meaning) = &contract.document.servers_mean else {
        let urls = contract.servers().map(|server| &server.url.value);
        return vec![quote! {
            /// Where requests go.
            pub(crate) const SERVER: &str = #(#urls)*;
        }];
    };
    let meaning = docs(&meaning.text);
    let names: Vec<&str> = contract
        .servers()
        .filter_map(|server| server.region.as_ref())
        .map(|region| region.value.as_str())
        .collect();
    let variants: Vec<_> = names.iter().map(|name| ident(&pascal(name))).collect();
    let places = contract.servers().map(|server| docs(&server.description));
    let urls = contract.servers().map(|server| &server.url.value);
    vec![
        quote! {
            #meaning
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum Region { #(#places #variants),* }
        },
        quote! {
            impl Region {
                /// Every region, by the name that people write.
                pub const ALL: &[(&str, Self)] = &[#((#names, Self::#variants)),*];

                /// Where its requests go.
                pub const fn base_url(self) -> &'static str {
                    match self { #(Self::#variants => #urls),* }
                }
            }
        },
    ]
}

fn auth(contract: &Contract) -> Result<TokenStream> {
    let docs = docs(&format!("How {} is told who asks.", contract.title()));
    let auth = match contract.auth()? {
        Auth::Bearer => quote! { Auth::Bearer },
        Auth::Basic => quote! { Auth::Basic },
        Auth::Header(name) => {
            let name = name.to_ascii_lowercase();
            quote! { Auth::Header(#name) }
        }
    };
    Ok(quote! { #docs pub(crate) const AUTH: Auth = #auth; })
}

/// The form of the number's id, the last parameter. The gate wants the others to have none.
fn form(contract: &Contract) -> Result<TokenStream> {
    let number = contract.parameters().next_back().context("no parameter")?;
    let docs = docs(&format!(
        "The form of `{}`, such as `{}`. {}",
        number.name,
        number.example.value,
        number.known()
    ));
    let name = ident(&constant(&number.name));
    let form = match &number.form {
        Form::Opaque => quote! { Form::Opaque },
        Form::Uuid(uuid) => {
            let prefix = &uuid.prefix;
            quote! { Form::Uuid { prefix: #prefix } }
        }
        Form::Without(left) => {
            let prefix = &left.prefix;
            quote! { Form::Without { prefix: #prefix } }
        }
    };
    Ok(quote! { #docs pub(crate) const #name: Form = #form; })
}

fn path(contract: &Contract) -> TokenStream {
    let names: Vec<_> = contract
        .parameters()
        .map(|parameter| ident(&snake(&parameter.name)))
        .collect();
    let types = contract
        .parameters()
        .map(|parameter| ident(&pascal(&parameter.name)));
    let mut fixed = 0;
    let pushes: Vec<_> = contract
        .pieces()
        .into_iter()
        .map(|piece| match piece {
            Piece::Literal(text) => {
                fixed += text.len();
                quote! { path.push_str(#text); }
            }
            Piece::Parameter(name) => {
                let name = ident(&snake(name));
                quote! { numbers_core::push_segment(&mut path, #name.as_str()); }
            }
        })
        .collect();
    let fixed = proc_macro2::Literal::usize_unsuffixed(fixed);
    quote! {
        /// The path of the call, below `base`.
        pub(crate) fn path(base: &str, #(#names: &#types),*) -> String {
            let mut path = String::with_capacity(base.len() + #fixed #(+ #names.as_str().len())*);
            path.push_str(base);
            #(#pushes)*
            path
        }
    }
}

/// What to look at next after an error, where an answer has a trap.
fn hints(contract: &Contract) -> Option<TokenStream> {
    let mut hints: Vec<(String, &str)> = Vec::new();
    for (_, response) in contract.answers() {
        let Some(hint) = &response.hint else { continue };
        for example in response.content.json.examples.values() {
            let kind = pascal(&example.value.result.value);
            if hints.iter().all(|(known, _)| *known != kind) {
                hints.push((kind, &hint.value));
            }
        }
    }
    if hints.is_empty() {
        return None;
    }
    let hints = hints.into_iter().map(|(kind, hint)| {
        let kind = ident(&kind);
        let hint = text(hint);
        quote! { (ErrorKind::#kind, #hint) }
    });
    Some(quote! {
        /// What to look at next after an error of a kind.
        pub(crate) const HINTS: &[(ErrorKind, &str)] = &[#(#hints),*];
    })
}

/// A name that is none of Rust's own words, made one where it is.
pub(crate) fn ident(name: &str) -> Ident {
    if is_reserved(name) {
        format_ident!("{name}_")
    } else {
        Ident::new(name, Span::call_site())
    }
}

/// Whether the number may be gone after an error of a kind, as the outcome table has it.
pub(super) fn may_have_released(kind: &str) -> bool {
    (300..600)
        .find(|status| ErrorKind::from_status(*status).as_str() == kind)
        .is_none_or(|status| {
            numbers_core::Error::from_status(numbers_core::Vendor::new(""), status)
                .may_have_released()
        })
}
