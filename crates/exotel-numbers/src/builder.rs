//! The settings of Exotel's client, and its builder.
//!
//! Written by `cargo xtask codegen` from `contract/openapi.yaml`; a change belongs there.

use crate::{Client, Region, wire};
use numbers_core::ConfigError;
use numbers_http::secrecy::SecretString;
use numbers_http::{Http, HttpConfig, TransportOptions, Vars};
use std::ffi::OsString;
use std::fmt;

/// The settings of Exotel's client, for a program that holds them. None shows a secret in
/// `Debug`.
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
    /// The API token that belongs to the key.
    pub api_token: Option<SecretString>,
    /// The sid of the account.
    pub account_sid: Option<String>,
    /// The cluster that holds the account.
    pub region: Option<Region>,
    /// Replaces the server; the region is then not needed.
    pub base_url: Option<String>,
}

impl ClientConfig {
    /// Reads `EXOTEL_API_KEY`, `EXOTEL_API_TOKEN`, `EXOTEL_ACCOUNT_SID`, `EXOTEL_REGION`,
    /// `EXOTEL_BASE_URL` through `lookup`. An empty value counts as not set.
    ///
    /// # Errors
    ///
    /// Every value that is not UTF-8, or none of those that the setting takes.
    pub fn from_vars(lookup: impl Fn(&str) -> Option<OsString>) -> Result<Self, ConfigError> {
        let mut vars = Vars::new(wire::VENDOR, &lookup);
        let config = Self {
            api_key: vars.secret(&wire::API_KEY),
            api_token: vars.secret(&wire::API_TOKEN),
            account_sid: vars.text(&wire::ACCOUNT_SID),
            region: vars.parse(&wire::REGION),
            base_url: vars.text(&wire::BASE_URL),
        };
        vars.finish().map(|()| config)
    }
}

impl fmt::Debug for ClientConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientConfig")
            .field("account_sid", &self.account_sid)
            .field("region", &self.region)
            .finish_non_exhaustive()
    }
}

/// Builds Exotel's [`Client`].
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

    /// The API token that belongs to the key.
    #[must_use]
    pub fn with_api_token(mut self, api_token: impl Into<SecretString>) -> Self {
        self.config.api_token = Some(api_token.into());
        self
    }

    /// The sid of the account.
    #[must_use]
    pub fn with_account_sid(mut self, account_sid: impl Into<String>) -> Self {
        self.config.account_sid = Some(account_sid.into());
        self
    }

    /// The cluster that holds the account.
    #[must_use]
    pub fn with_region(mut self, region: Region) -> Self {
        self.config.region = Some(region);
        self
    }

    /// Replaces the server; the region is then not needed.
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
            secrets: &[
                (&wire::API_KEY, config.api_key.as_ref()),
                (&wire::API_TOKEN, config.api_token.as_ref()),
            ],
            path: &[(&wire::ACCOUNT_SID, config.account_sid.as_deref())],
            server: config.region.map(Region::base_url),
            region: Some(&wire::REGION),
            base_url: (&wire::BASE_URL, config.base_url.as_deref()),
            transport: self.transport,
        })?;
        Ok(Client {
            http,
            account_sid: config.account_sid.unwrap_or_default(),
        })
    }
}
