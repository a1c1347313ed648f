use crate::{AccountSid, Client, Region, wire};
use numbers_core::Error;
use numbers_http::secrecy::SecretString;
use numbers_http::{Credential, Http, Settings, Vars, required, server};
use std::ffi::OsString;

/// What a [`Client`] is made of. A secret given to it shows in no `Debug`.
#[derive(Debug, Default)]
pub struct ClientBuilder {
    api_key: Option<SecretString>,
    api_token: Option<SecretString>,
    account_sid: Option<AccountSid>,
    region: Option<Region>,
    http: Settings,
}

impl ClientBuilder {
    /// Reads `EXOTEL_API_KEY`, `EXOTEL_API_TOKEN`, `EXOTEL_ACCOUNT_SID`, `EXOTEL_REGION`
    /// (a name in [`Region::ALL`]) and `EXOTEL_BASE_URL` through `lookup`; an empty value counts as
    /// not set.
    ///
    /// # Errors
    ///
    /// [`InvalidConfig`](numbers_core::ErrorKind::InvalidConfig) where a value is not UTF-8, the
    /// region is none, or the account sid can't be one.
    pub fn from_vars(lookup: impl Fn(&str) -> Option<OsString>) -> Result<Self, Error> {
        Self::read(&Vars::new(wire::VENDOR, &lookup))
    }

    /// Apart, so that it is compiled here and not wherever a lookup is passed in.
    fn read(vars: &Vars<'_>) -> Result<Self, Error> {
        let mut builder = Self {
            api_key: vars.secret("EXOTEL_API_KEY")?,
            api_token: vars.secret("EXOTEL_API_TOKEN")?,
            account_sid: vars
                .text("EXOTEL_ACCOUNT_SID")?
                .map(AccountSid::new)
                .transpose()?,
            region: vars.choice("EXOTEL_REGION", Region::ALL)?,
            ..Self::default()
        };
        if let Some(url) = vars.text("EXOTEL_BASE_URL")? {
            builder = builder.base_url(url);
        }
        Ok(builder)
    }

    /// The API key, from the API settings page of Exotel's dashboard.
    #[must_use]
    pub fn api_key(mut self, key: impl Into<SecretString>) -> Self {
        self.api_key = Some(key.into());
        self
    }

    /// The API token that belongs to the key.
    #[must_use]
    pub fn api_token(mut self, token: impl Into<SecretString>) -> Self {
        self.api_token = Some(token.into());
        self
    }

    /// The account that holds the number.
    #[must_use]
    pub fn account_sid(mut self, sid: AccountSid) -> Self {
        self.account_sid = Some(sid);
        self
    }

    /// The cluster that holds the account. It is never assumed: a base URL replaces it.
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
    /// [`InvalidConfig`](numbers_core::ErrorKind::InvalidConfig) where key, token or account sid is
    /// missing, where no header can carry key and token (a key with a colon among them), where
    /// neither region nor base URL was chosen, and where [`Http::new`] refuses the rest. The message
    /// names the setting.
    pub fn build(self) -> Result<Client, Error> {
        let api_key = required(wire::VENDOR, "api_key", "EXOTEL_API_KEY", self.api_key)?;
        let api_token = required(
            wire::VENDOR,
            "api_token",
            "EXOTEL_API_TOKEN",
            self.api_token,
        )?;
        let account_sid = required(
            wire::VENDOR,
            "account_sid",
            "EXOTEL_ACCOUNT_SID",
            self.account_sid,
        )?;
        let region = self.region.map(Region::base_url);
        let server = server(
            wire::VENDOR,
            "EXOTEL_REGION",
            Region::ALL,
            region,
            &self.http,
        )?;
        let secrets = [
            ("api_key (EXOTEL_API_KEY)", &api_key),
            ("api_token (EXOTEL_API_TOKEN)", &api_token),
        ];
        let credential = Credential::new(wire::VENDOR, wire::AUTH, &secrets)?;
        let product = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
        Ok(Client {
            http: Http::new(wire::ENDPOINT, server, credential, product, self.http)?,
            account_sid,
        })
    }
}
