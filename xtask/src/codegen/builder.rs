//! `src/builder.rs` of a vendor: `ClientConfig` and `ClientBuilder`.

use super::WRITTEN_RUST;
use super::prose::line;
use super::rust::{docs, file};
use super::wire::{Setting, SettingKind, ident, settings};
use crate::contract::{Contract, constant};
use anyhow::Result;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// The file's content.
pub(super) fn print(contract: &Contract) -> Result<String> {
    let header = format!(
        "//! The settings of {}'s client, and its builder.\n//!\n{WRITTEN_RUST}\n",
        contract.title()
    );
    let settings = settings(contract);
    let mut items = vec![imports(&settings)];
    items.extend(config(contract, &settings));
    items.extend(builder(contract, &settings));
    file(&header, items)
}

impl Setting<'_> {
    fn field(&self) -> Ident {
        ident(&self.name)
    }

    fn fact(&self) -> TokenStream {
        let name = format_ident!("{}", constant(&self.name));
        quote! { wire::#name }
    }
}

fn imports(settings: &[Setting<'_>]) -> TokenStream {
    let region = settings
        .iter()
        .any(|setting| setting.kind == SettingKind::Region)
        .then(|| quote! { Region, });
    quote! {
        use crate::{Client, #region wire};
        use numbers_core::{ConfigError, ConfigProblem};
        use numbers_http::secrecy::SecretString;
        use numbers_http::{Http, HttpConfig, TransportOptions, Vars};
        use std::ffi::OsString;
        use std::fmt;
    }
}

fn config(contract: &Contract, settings: &[Setting<'_>]) -> [TokenStream; 2] {
    let about = docs(&format!(
        "The settings of {}'s client, for example from a configuration file. `Debug` shows no secrets.",
        contract.title()
    ));
    let fields = settings.iter().map(|setting| {
        let docs = docs(&line(&setting.variable.description));
        let field = setting.field();
        let kind = match setting.kind {
            SettingKind::Secret => quote! { SecretString },
            SettingKind::Region => quote! { Region },
            SettingKind::BaseUrl | SettingKind::Path => quote! { String },
        };
        quote! { #docs pub #field: Option<#kind> }
    });
    let config = quote! {
        #about
        #[derive(Clone, Default)]
        #[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(default, deny_unknown_fields))]
        #[non_exhaustive]
        pub struct ClientConfig { #(#fields),* }
    };
    [config, debug(settings)]
}

/// The base URL is left out: it may contain a secret.
fn debug(settings: &[Setting<'_>]) -> TokenStream {
    let shown = settings
        .iter()
        .filter(|setting| matches!(setting.kind, SettingKind::Region | SettingKind::Path))
        .map(|setting| {
            let (name, field) = (&setting.name, setting.field());
            quote! { .field(#name, &self.#field) }
        });
    quote! {
        impl fmt::Debug for ClientConfig {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct("ClientConfig") #(#shown)* .finish_non_exhaustive()
            }
        }
    }
}

fn builder(contract: &Contract, settings: &[Setting<'_>]) -> [TokenStream; 2] {
    let reads = settings.iter().map(|setting| {
        let (field, fact) = (setting.field(), setting.fact());
        let read = match setting.kind {
            SettingKind::Secret => quote! { secret },
            SettingKind::Region => quote! { parse },
            SettingKind::BaseUrl | SettingKind::Path => quote! { text },
        };
        quote! { #field: vars.#read(&#fact) }
    });
    let names: Vec<_> = settings
        .iter()
        .map(|setting| format!("`{}`", setting.variable.name))
        .collect();
    let from_vars = docs(&format!(
        "Reads {} with `lookup`. An empty value counts as not set, and one that can't be used is refused by [`build`](Self::build).",
        names.join(", ")
    ));
    let setters = settings.iter().map(|setting| {
        let docs = docs(&line(&setting.variable.description));
        let field = setting.field();
        let name = format_ident!("with_{}", setting.name);
        let (kind, value) = match setting.kind {
            SettingKind::Secret => (quote! { impl Into<SecretString> }, quote! { #field.into() }),
            SettingKind::Region => (quote! { Region }, quote! { #field }),
            SettingKind::BaseUrl | SettingKind::Path => {
                (quote! { impl Into<String> }, quote! { #field.into() })
            }
        };
        quote! {
            #docs
            #[must_use]
            pub fn #name(mut self, #field: #kind) -> Self {
                self.config.#field = Some(#value);
                self
            }
        }
    });
    let pairs = |holds: SettingKind| -> Vec<TokenStream> {
        settings
            .iter()
            .filter(|setting| setting.kind == holds)
            .map(|setting| {
                let (field, fact) = (setting.field(), setting.fact());
                match holds {
                    SettingKind::Secret => quote! { (&#fact, config.#field.as_ref()) },
                    _ => quote! { (&#fact, config.#field.as_deref()) },
                }
            })
            .collect()
    };
    let (secrets, path) = (pairs(SettingKind::Secret), pairs(SettingKind::Path));
    let base_url = pairs(SettingKind::BaseUrl);
    let region = settings
        .iter()
        .find(|setting| setting.kind == SettingKind::Region);
    let (server, region) = match region {
        Some(region) => {
            let (field, fact) = (region.field(), region.fact());
            (
                quote! { config.#field.map(Region::base_url) },
                quote! { Some(&#fact) },
            )
        }
        None => (quote! { Some(wire::SERVER) }, quote! { None }),
    };
    let kept: Vec<_> = settings
        .iter()
        .filter(|setting| setting.kind == SettingKind::Path)
        .map(Setting::field)
        .collect();
    let title = contract.title();
    let about = docs(&format!("Builds {title}'s [`Client`]."));
    let definition = quote! {
        #about
        #[derive(Debug, Default)]
        pub struct ClientBuilder {
            config: ClientConfig,
            transport: TransportOptions,
            problems: Vec<ConfigProblem>,
        }
    };
    let methods = quote! {
        impl ClientBuilder {
            /// Starts from settings.
            pub fn from_config(config: ClientConfig) -> Self {
                Self { config, ..Self::default() }
            }

            #from_vars
            pub fn from_vars(lookup: impl Fn(&str) -> Option<OsString>) -> Self {
                let mut vars = Vars::new(&lookup);
                let config = ClientConfig { #(#reads),* };
                Self {
                    config,
                    transport: TransportOptions::new(),
                    problems: vars.into_problems(),
                }
            }

            #(#setters)*

            /// Sets the transport options: time-out, user agent, proxy, certificates.
            #[must_use]
            pub fn with_transport(mut self, transport: TransportOptions) -> Self {
                self.transport = transport;
                self
            }

            /// Builds the client.
            ///
            /// # Errors
            ///
            /// Every setting that is missing or can't be used.
            pub fn build(self) -> Result<Client, ConfigError> {
                let config = self.config;
                let http = Http::new(HttpConfig {
                    endpoint: wire::ENDPOINT,
                    auth: wire::AUTH,
                    product: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
                    secrets: &[#(#secrets),*],
                    path: &[#(#path),*],
                    server: #server,
                    region: #region,
                    base_url: #(#base_url)*,
                    transport: self.transport,
                    problems: self.problems,
                })?;
                Ok(Client { http, #(#kept: config.#kept.unwrap_or_default()),* })
            }
        }
    };
    [definition, methods]
}
