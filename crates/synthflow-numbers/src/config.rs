use crate::{Client, Region, wire};
use numbers_core::Error;
use numbers_http::secrecy::SecretString;
use numbers_http::{Credential, Http, Settings, Vars, required, server};
use std::ffi::OsString;

/// What a [`Client`] is made of. A secret given to it shows in no `Debug`.
#[derive(Debug, Default)]
pub struct ClientBuilder {
    api_key: Option<SecretString>,
    region: Option<Region>,
    http: Settings,
}

impl ClientBuilder {
    /// Reads `SYNTHFLOW_API_KEY`, `SYNTHFLOW_REGION` (a name in [`Region::ALL`]) and
    /// `SYNTHFLOW_BASE_URL` through `lookup`; an empty value counts as not set.
    ///
    /// # Errors
    ///
    /// [`InvalidConfig`](numbers_core::ErrorKind::InvalidConfig) where a value is not UTF-8 or the
    /// region is none.
    pub fn from_vars(lookup: impl Fn(&str) -> Option<OsString>) -> Result<Self, Error> {
        Self::read(&Vars::new(wire::VENDOR, &lookup))
    }

    /// Apart, so that it is compiled here and not wherever a lookup is passed in.
    fn read(vars: &Vars<'_>) -> Result<Self, Error> {
        let mut builder = Self {
            api_key: vars.secret("SYNTHFLOW_API_KEY")?,
            region: vars.choice("SYNTHFLOW_REGION", Region::ALL)?,
            ..Self::default()
        };
        if let Some(url) = vars.text("SYNTHFLOW_BASE_URL")? {
            builder = builder.base_url(url);
        }
        Ok(builder)
    }

    /// The API key of the Synthflow workspace.
    #[must_use]
    pub fn api_key(mut self, key: impl Into<SecretString>) -> Self {
        self.api_key = Some(key.into());
        self
    }

    /// The server that holds the workspace. It is never assumed: a base URL replaces it.
    #[must_use]
    pub fn region(mut self, region: Region) -> Self {
        self.region = Some(region);
        self
    }

    numbers_http::transport_setters!();

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// [`InvalidConfig`](numbers_core::ErrorKind::InvalidConfig) where the key is missing or no
    /// header can carry it, where neither region nor base URL was chosen, and where [`Http::new`]
    /// refuses the rest. The message names the setting.
    pub fn build(self) -> Result<Client, Error> {
        let api_key = required(wire::VENDOR, "api_key", "SYNTHFLOW_API_KEY", self.api_key)?;
        let server = server(
            wire::VENDOR,
            "SYNTHFLOW_REGION",
            Region::ALL,
            self.region.map(Region::base_url),
            &self.http,
        )?;
        let secrets = [("api_key (SYNTHFLOW_API_KEY)", &api_key)];
        let credential = Credential::new(wire::VENDOR, wire::AUTH, &secrets)?;
        let product = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
        Ok(Client {
            http: Http::new(wire::ENDPOINT, server, credential, product, self.http)?,
        })
    }
}
