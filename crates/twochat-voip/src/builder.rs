//! The settings of 2Chat's client, and its builder.
//!
//! Written by `cargo xtask codegen` from `contract/openapi.yaml`; a change belongs there.

use crate::{Client, wire};
use numbers_core::ConfigError;
use numbers_http::secrecy::SecretString;
use numbers_http::{Http, HttpConfig, TransportOptions, Vars};
use std::ffi::OsString;
use std::fmt;

/// The settings of 2Chat's client, for a program that holds them. None shows a secret in `Debug`.
#[derive(Clone, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
#[non_exhaustive]
pub struct ClientConfig {
    /// The API key.
    pub api_key: Option<SecretString>,
    /// Replaces the server.
    pub base_url: Option<String>,
}

impl ClientConfig {
    /// Reads `TWOCHAT_API_KEY`, `TWOCHAT_BASE_URL` through `lookup`. An empty value counts as not
    /// set.
    ///
    /// # Errors
    ///
    /// Every value that is not UTF-8, or none of those that the setting takes.
    pub fn from_vars(lookup: impl Fn(&str) -> Option<OsString>) -> Result<Self, ConfigError> {
        let mut vars = Vars::new(wire::VENDOR, &lookup);
        let config = Self {
            api_key: vars.secret(&wire::API_KEY),
            base_url: vars.text(&wire::BASE_URL),
        };
        vars.finish().map(|()| config)
    }
}

impl fmt::Debug for ClientConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientConfig").finish_non_exhaustive()
    }
}

/// Builds 2Chat's [`Client`].
#[derive(Debug, Default)]
pub struct ClientBuilder {
    config: ClientConfig,
    transport: TransportOptions,
}

impl ClientBuilder {
    /// Takes settings that a program holds.
    pub fn from_config(config: ClientConfig) -> Self {
        Self {
            config,
            ..Self::default()
        }
    }

    /// Takes the settings that [`ClientConfig::from_vars`] reads.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn from_vars(lookup: impl Fn(&str) -> Option<OsString>) -> Result<Self, ConfigError> {
        ClientConfig::from_vars(lookup).map(Self::from_config)
    }

    /// The API key.
    #[must_use]
    pub fn with_api_key(mut self, api_key: impl Into<SecretString>) -> Self {
        self.config.api_key = Some(api_key.into());
        self
    }

    /// Replaces the server.
    #[must_use]
    pub fn with_base_url(mut self, base_url: impl Into<String>) -> Self {
        self.config.base_url = Some(base_url.into());
        self
    }

    /// How requests travel: time-out, user agent, proxy, certificates.
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
            secrets: &[(&wire::API_KEY, config.api_key.as_ref())],
            path: &[],
            server: Some(wire::SERVER),
            region: None,
            base_url: (&wire::BASE_URL, config.base_url.as_deref()),
            transport: self.transport,
        })?;
        Ok(Client { http })
    }
}
