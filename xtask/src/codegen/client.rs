//! `src/client.rs` of a vendor: the client and its `Releaser`.

use super::WRITTEN_RUST;
use super::rust::{docs, file};
use super::wire::{SettingKind, ident, settings};
use crate::contract::responses::Outcome;
use crate::contract::{Contract, pascal, snake};
use anyhow::{Context, Result};
use quote::quote;

/// The file's content.
pub(super) fn print(contract: &Contract) -> Result<String> {
    let title = contract.title();
    let header = format!("//! {title}'s client.\n//!\n{WRITTEN_RUST}\n");
    let operation = contract.operation()?;
    let (success, _) = contract.success_schema().context("no success")?;
    let number = contract.parameters().next_back().context("no parameter")?;
    let [parser, success, id] =
        [&operation.id.value, success, &number.name].map(|name| ident(&pascal(name)));
    let settings = settings(contract);
    let kept: Vec<_> = settings
        .iter()
        .filter(|setting| setting.kind == SettingKind::Path)
        .map(|setting| ident(&setting.name))
        .collect();
    let method = ident(&snake(&operation.id.value));
    let variables: Vec<_> = settings
        .iter()
        .map(|setting| format!("`{}`", setting.variable.name))
        .collect();
    let from_env = docs(&format!(
        "Builds a client from the environment: {}.",
        variables.join(", ")
    ));
    let accepted = contract
        .successes()
        .any(|(_, outcome)| outcome == Outcome::Accepted);
    let call = docs(&format!(
        "{}. Sends one request and never retries. `Ok` means that status and body are the documented success{}.",
        operation.summary,
        if accepted {
            "; the number is not released yet"
        } else {
            ""
        }
    ));
    let client = docs(&format!(
        "{title}'s client. Cloning is cheap; building loads the system's certificates."
    ));
    let imports = quote! {
        use crate::response::#parser;
        use crate::{ClientBuilder, #success, #id, wire};
        use numbers_core::async_trait;
        use numbers_core::{Account, ConfigError, Error, NumberId, Preview, Release, Releaser, Vendor};
        use numbers_http::{Http, Response, SharedTransport};
    };
    let definition = quote! {
        #client
        #[derive(Debug, Clone)]
        pub struct Client {
            pub(crate) http: Http,
            #(pub(crate) #kept: String,)*
        }
    };
    let methods = quote! {
        impl Client {
            /// Returns a builder without any setting.
            pub fn builder() -> ClientBuilder {
                ClientBuilder::default()
            }

            #from_env
            ///
            /// # Errors
            ///
            /// Every setting that is missing or can't be used.
            pub fn from_env() -> Result<Self, ConfigError> {
                ClientBuilder::from_vars(|name| std::env::var_os(name)).build()
            }

            #call
            ///
            /// Needs a tokio runtime. The future may be dropped at any time; once the request is on its way,
            /// the outcome is then unknown.
            ///
            /// # Errors
            ///
            /// Every [`ErrorKind`](numbers_core::ErrorKind) but `InvalidNumber` and `NotSent`.
            /// [`Error::disposition`] says whether the number may have been released.
            pub async fn #method(&self, id: &#id) -> Result<Response<#success>, Error> {
                self.http.call::<#parser>(&self.path(id), id.as_number()).await
            }

            /// Certificates and TLS sessions to share with another client: see
            /// [`TransportOptions::with_shared`](numbers_http::TransportOptions::with_shared).
            pub fn shared(&self) -> SharedTransport {
                self.http.shared()
            }

            fn path(&self, id: &#id) -> String {
                wire::path(self.http.base_path() #(, &self.#kept)*, id)
            }
        }
    };
    let releaser = quote! {
        #[async_trait]
        impl Releaser for Client {
            fn vendor(&self) -> Vendor {
                wire::VENDOR
            }

            fn account(&self) -> Account {
                self.http.account()
            }

            fn preview(&self, number: &NumberId) -> Result<Preview, Error> {
                let id = #id::try_from(number)?;
                Ok(self.http.preview(&self.path(&id), number.clone()))
            }

            async fn release(&self, number: &NumberId) -> Result<Release, Error> {
                let id = #id::try_from(number)?;
                self.http.release::<#parser>(&self.path(&id), number).await
            }
        }
    };
    file(&header, vec![imports, definition, methods, releaser])
}
