//! `src/wire.rs` of a vendor: constants and data types.

use super::WRITTEN_RUST;
use super::objects;
use super::rust::{docs, file, text};
use crate::contract::call::IdFormat;
use crate::contract::document::Variable;
use crate::contract::responses::Outcome;
use crate::contract::{Auth, Contract, Piece, constant, is_reserved, pascal, snake};
use anyhow::{Context, Result};
use numbers_core::ErrorKind;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

/// The file's content.
pub(super) fn print(contract: &Contract) -> Result<String> {
    let header = format!(
        "//! The facts of {}'s call, as constants and data types.\n//!\n\
         {WRITTEN_RUST}\n\
         //! SHA-256 of the contract: `{}`.\n",
        contract.title(),
        contract.hash,
    );
    let mut items = vec![imports(contract)?, vendor(contract), endpoint(contract)?];
    items.extend(servers(contract));
    items.push(auth(contract)?);
    items.extend(setting_items(contract));
    items.push(id_format(contract)?);
    items.push(path(contract));
    items.extend(hints(contract));
    items.extend(objects::print(contract));
    file(&header, items)
}

fn imports(contract: &Contract) -> Result<TokenStream> {
    let number = contract.parameters().next_back().context("no parameter")?;
    let id = ident(&pascal(&number.name));
    let kind = hints(contract).map(|_| quote! { ErrorKind, });
    Ok(quote! {
        use crate::#id;
        use numbers_core::raw::push_segment;
        use numbers_core::{Endpoint, #kind Outcome, Setting, Vendor};
        use numbers_http::Json;
        use numbers_http::{Auth, IdFormat};
    })
}

/// The kind of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SettingKind {
    Secret,
    Region,
    BaseUrl,
    /// A path segment.
    Path,
}

/// A setting of the client.
pub(super) struct Setting<'a> {
    pub(super) name: String,
    pub(super) kind: SettingKind,
    pub(super) variable: &'a Variable,
}

/// The settings, in the order of the contract.
pub(super) fn settings(contract: &Contract) -> Vec<Setting<'_>> {
    let prefix = contract.vendor().to_ascii_uppercase() + "_";
    let variables = contract.document.variables.iter();
    variables
        .map(|variable| {
            let variable = &variable.value;
            let own = variable.name.strip_prefix(&prefix);
            Setting {
                name: own.unwrap_or(&variable.name).to_ascii_lowercase(),
                kind: match variable.holds.as_str() {
                    "secret" => SettingKind::Secret,
                    "region" => SettingKind::Region,
                    "base_url" => SettingKind::BaseUrl,
                    _ => SettingKind::Path,
                },
                variable,
            }
        })
        .collect()
}

/// A constant for each setting, and an array of all.
fn setting_items(contract: &Contract) -> Vec<TokenStream> {
    let settings = settings(contract);
    let names: Vec<_> = settings
        .iter()
        .map(|setting| ident(&constant(&setting.name)))
        .collect();
    let facts = settings.iter().zip(&names).map(|(setting, name)| {
        let Variable {
            name: variable,
            description,
            ..
        } = setting.variable;
        let (field, description) = (&setting.name, text(description));
        let more = match setting.kind {
            SettingKind::Secret => quote! { .with_secret(true) },
            SettingKind::Region => {
                let regions = contract
                    .servers()
                    .filter_map(|server| server.region.as_ref())
                    .map(|region| &region.value);
                quote! { .with_values(&[#(#regions),*]) }
            }
            SettingKind::BaseUrl => quote! { .with_required(false) },
            SettingKind::Path => quote! {},
        };
        let docs = docs(&format!("The setting `{variable}`."));
        quote! { #docs pub(crate) const #name: Setting = Setting::new(#field, #variable, #description) #more; }
    });
    let mut items: Vec<_> = facts.collect();
    items.push(quote! {
        /// The settings of the client.
        const SETTINGS: &[Setting] = &[#(#names),*];
    });
    items
}

fn vendor(contract: &Contract) -> TokenStream {
    let docs = docs(&format!(
        "{}'s name in the command and the facade.",
        contract.title()
    ));
    let name = contract.vendor();
    quote! { #docs pub const VENDOR: Vendor = Vendor::new(#name); }
}

fn endpoint(contract: &Contract) -> Result<TokenStream> {
    let operation = contract.operation()?;
    let responses: Vec<_> = contract
        .responses()
        .map(|(status, response)| match &response.outcome {
            Some(outcome) => format!("`{status}` ({})", outcome.value.as_str()),
            None => format!("`{status}`"),
        })
        .collect();
    let docs = docs(&format!(
        "{}, as {} documents it. Responses: {}.",
        operation.summary,
        contract.title(),
        responses.join(", ")
    ));
    let success = contract.successes().map(|(status, outcome)| {
        let status = proc_macro2::Literal::u16_unsuffixed(status);
        let outcome = ident(match outcome {
            Outcome::Released => "Released",
            Outcome::Accepted => "Accepted",
        });
        quote! { (#status, Outcome::#outcome) }
    });
    let documented = contract.responses().map(|(status, _)| status);
    let (name, template, method) = (&operation.id.value, contract.path(), contract.method());
    let page = text(&operation.docs.url);
    let number = contract.parameters().next_back().context("no parameter")?;
    let example = &number.example.value;
    let limit = operation.requests_per_minute.as_ref().map(|limit| {
        let limit = proc_macro2::Literal::u32_unsuffixed(limit.value);
        quote! { .with_requests_per_minute(#limit) }
    });
    let (lookup, warning) = (text(&operation.lookup.text), text(&operation.warning()));
    Ok(quote! {
        #docs
        pub const ENDPOINT: Endpoint = Endpoint::new(VENDOR, #name, #template)
            .with_method(#method)
            .with_success(&[#(#success),*])
            .with_responses(&[#(#documented),*])
            .with_docs(#page)
            .with_lookup(#lookup)
            .with_warning(#warning)
            .with_id_example(#example)
            #limit
            .with_settings(SETTINGS);
    })
}

fn servers(contract: &Contract) -> Vec<TokenStream> {
    let Some(meaning) = &contract.document.servers_mean else {
        let urls = contract.servers().map(|server| &server.url.value);
        return vec![quote! {
            /// The server.
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
        quote! { numbers_core::named_enum!(Region, "region", { #(#variants => #names),* }); },
        quote! {
            impl Region {
                /// The region's server.
                pub const fn base_url(self) -> &'static str {
                    match self { #(Self::#variants => #urls),* }
                }
            }
        },
    ]
}

fn auth(contract: &Contract) -> Result<TokenStream> {
    let docs = docs(&format!(
        "How requests to {} authenticate.",
        contract.title()
    ));
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

/// The format of the number's id, the last parameter. The others have none.
fn id_format(contract: &Contract) -> Result<TokenStream> {
    let number = contract.parameters().next_back().context("no parameter")?;
    let docs = docs(&format!(
        "The format of `{}`, for example `{}`. {}",
        number.name,
        number.example.value,
        number.known()
    ));
    let name = ident(&constant(&number.name));
    let form = match &number.id_format {
        IdFormat::Opaque => quote! { IdFormat::Opaque },
        IdFormat::Uuid(uuid) => {
            let prefix = &uuid.prefix;
            quote! { IdFormat::Uuid { prefix: #prefix } }
        }
        IdFormat::Without(left) => {
            let prefix = &left.prefix;
            quote! { IdFormat::Without { prefix: #prefix } }
        }
    };
    Ok(quote! { #docs pub(crate) const #name: IdFormat = #form; })
}

fn path(contract: &Contract) -> TokenStream {
    let number = contract
        .parameters()
        .next_back()
        .map(|number| number.name.as_str());
    let parameters = contract.parameters().map(|parameter| {
        let name = ident(&snake(&parameter.name));
        if number == Some(&*parameter.name) {
            let id = ident(&pascal(&parameter.name));
            quote! { #name: &#id }
        } else {
            quote! { #name: &str }
        }
    });
    let pushes = contract.pieces().into_iter().map(|piece| match piece {
        Piece::Literal(text) => quote! { path.push_str(#text); },
        Piece::Parameter(name) => {
            let value = ident(&snake(name));
            if number == Some(name) {
                quote! { push_segment(&mut path, #value.as_str()); }
            } else {
                quote! { push_segment(&mut path, #value); }
            }
        }
    });
    quote! {
        /// The request's path, below `base`.
        pub(crate) fn path(base: &str, #(#parameters),*) -> String {
            let mut path = String::with_capacity(base.len() + 192);
            path.push_str(base);
            #(#pushes)*
            path
        }
    }
}

/// What to check next after an error.
fn hints(contract: &Contract) -> Option<TokenStream> {
    let mut hints: Vec<(String, &str)> = Vec::new();
    for (_, response) in contract.responses() {
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
        /// What to check next, by error kind.
        pub(crate) const HINTS: &[(ErrorKind, &str)] = &[#(#hints),*];
    })
}

/// An identifier; a reserved word gets an underscore.
pub(crate) fn ident(name: &str) -> Ident {
    if is_reserved(name) {
        format_ident!("{name}_")
    } else {
        Ident::new(name, Span::call_site())
    }
}

/// Whether the number may have been released after an error of this kind.
pub(super) fn may_have_released(kind: &str) -> bool {
    (300..600)
        .find(|status| ErrorKind::from_status(*status).as_str() == kind)
        .is_none_or(|status| {
            numbers_core::Error::from_status(numbers_core::Vendor::new(""), status)
                .may_have_released()
        })
}
