//! `tests/contract.rs` of a vendor: replays every example of the contract through the public client.

use super::WRITTEN_RUST;
use super::rust::{file, raw};
use super::wire::{ident, may_have_released};
use crate::contract::{Auth, Case, Contract, pascal};
use anyhow::{Context, Result};
use base64::prelude::{BASE64_STANDARD, Engine};
use proc_macro2::TokenStream;
use quote::quote;

/// The file's content.
pub(super) fn print(contract: &Contract) -> Result<String> {
    let header = format!(
        "//! Every response that the contract documents, replayed through the public client.\n//!\n\
         {WRITTEN_RUST}\n"
    );
    let mut items = vec![imports(contract), parsed(), table(contract)];
    items.push(client(contract)?);
    items.extend(tests(contract)?);
    file(&header, items)
}

fn imports(contract: &Contract) -> TokenStream {
    let krate = ident(&contract.krate.replace('-', "_"));
    quote! {
        use #krate::{Client, ClientBuilder, ConfigError, ENDPOINT, ErrorKind, NumberId, Outcome, Releaser};
    }
}

/// What the tests compare.
fn parsed() -> TokenStream {
    quote! {
        /// What the client reports for a response.
        #[derive(Debug, PartialEq)]
        struct Parsed<'a> {
            result: Result<Outcome, ErrorKind>,
            may_have_released: bool,
            message: Option<&'a str>,
            code: Option<&'a str>,
        }
    }
}

fn table(contract: &Contract) -> TokenStream {
    let examples = contract.cases().map(|case| example(&case));
    quote! {
        /// Name, documented response, status, body, and what the client reports.
        const EXAMPLES: &[(&str, &str, u16, &str, Parsed<'_>)] = &[#(#examples),*];
    }
}

fn example(case: &Case<'_>) -> TokenStream {
    let (name, key) = (case.name, case.key);
    let status = proc_macro2::Literal::u16_unsuffixed(case.status);
    let body = raw(&case.example.value.value.to_string());
    let result = case.example.result.value.as_str();
    let variant = ident(&pascal(result));
    let (result, may) = match &case.response.outcome {
        Some(outcome) if outcome.value.as_str() == result => {
            (quote! { Ok(Outcome::#variant) }, true)
        }
        _ => (
            quote! { Err(ErrorKind::#variant) },
            may_have_released(result),
        ),
    };
    let option = |text: &Option<String>| match text {
        Some(text) => quote! { Some(#text) },
        None => quote! { None },
    };
    let (message, code) = (option(&case.example.message), option(&case.example.code));
    quote! {
        (#name, #key, #status, #body, Parsed {
            result: #result,
            may_have_released: #may,
            message: #message,
            code: #code,
        })
    }
}

/// A client for the test's server, built from the contract's variables.
fn client(contract: &Contract) -> Result<TokenStream> {
    let mut arms = Vec::new();
    let mut secrets = SECRETS.iter();
    for variable in &contract.document.variables {
        let name = &variable.value.name;
        match variable.value.holds.as_str() {
            "region" => {}
            "base_url" => arms.push(quote! { #name => Some(base_url.into()) }),
            "secret" => {
                let secret = secrets.next().context("too many secrets")?;
                arms.push(quote! { #name => Some(#secret.into()) });
            }
            parameter => {
                let value = contract.example_of(parameter);
                arms.push(quote! { #name => Some(#value.into()) });
            }
        }
    }
    Ok(quote! {
        fn client(base_url: &str) -> Result<Client, ConfigError> {
            ClientBuilder::from_vars(|name| match name {
                #(#arms,)*
                _ => None,
            }).build()
        }
    })
}

const SECRETS: [&str; 2] = ["the-key", "the-token"];

fn tests(contract: &Contract) -> Result<Vec<TokenStream>> {
    let server = contract.servers().next().context("no server")?;
    let host = server.url.value.trim_start_matches("https://");
    let prefix = host
        .find('/')
        .and_then(|at| host.get(at..))
        .unwrap_or_default();
    let path = format!("{prefix}{}", contract.example_path());
    let base_url = if prefix.is_empty() {
        quote! { server.url() }
    } else {
        quote! { (server.url() + #prefix) }
    };
    let method = contract.method();
    let number = contract.parameters().next_back().context("no parameter")?;
    let number = &number.example.value;
    let (header, value) = match contract.auth()? {
        Auth::Header(name) => (name.to_ascii_lowercase(), SECRETS[0].to_owned()),
        Auth::Bearer => ("authorization".to_owned(), format!("Bearer {}", SECRETS[0])),
        Auth::Basic => (
            "authorization".to_owned(),
            format!("Basic {}", BASE64_STANDARD.encode(SECRETS.join(":"))),
        ),
    };
    Ok(vec![
        quote! {
            #[tokio::test]
            async fn every_example_is_read_as_the_contract_says() {
                for (name, _, status, body, expected) in EXAMPLES {
                    let mut server = mockito::Server::new_async().await;
                    let mock = server
                        .mock(#method, #path)
                        .match_header(#header, #value)
                        .with_status((*status).into())
                        .with_header("content-type", "application/json")
                        .with_body(body)
                        .expect(1)
                        .create_async()
                        .await;
                    let client = client(&#base_url).unwrap();
                    let result = client.release(&NumberId::new(#number)).await;
                    mock.assert_async().await;
                    let error = result.as_ref().err();
                    let parsed = Parsed {
                        result: result.as_ref().map(|release| release.outcome()).map_err(|error| error.kind()),
                        may_have_released: error.is_none_or(|error| error.may_have_released()),
                        message: error.and_then(|error| error.vendor_message()),
                        code: error.and_then(|error| error.vendor_code()),
                    };
                    assert_eq!(parsed, *expected, "{name}");
                }
            }
        },
        quote! {
            #[test]
            fn every_documented_response_has_an_example() {
                for documented in ENDPOINT.responses() {
                    assert!(EXAMPLES.iter().any(|example| example.1 == *documented), "{documented}");
                }
            }
        },
    ])
}
