//! Synthflow's client.
//!
//! Written by `cargo xtask codegen` from `contract/openapi.yaml`; a change belongs there.

use crate::response::DeletePhoneNumber;
use crate::{ClientBuilder, DeletePhoneNumberResponse, PhoneNumberSlug, wire};
use numbers_core::raw::async_trait;
use numbers_core::{Account, ConfigError, Error, NumberId, Preview, Release, Releaser, Vendor};
use numbers_http::{Http, Response, SharedTransport};

/// Synthflow's one call. Cloning a client is cheap; building one loads the system's certificates.
#[derive(Debug, Clone)]
pub struct Client {
    pub(crate) http: Http,
}

impl Client {
    /// Begins a client that is set up by hand.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Builds a client from the environment: `SYNTHFLOW_API_KEY`, `SYNTHFLOW_REGION`,
    /// `SYNTHFLOW_BASE_URL`.
    ///
    /// # Errors
    ///
    /// Every setting that is missing or can't be used.
    pub fn from_env() -> Result<Self, ConfigError> {
        ClientBuilder::from_vars(|name| std::env::var_os(name))?.build()
    }

    /// Delete a phone number: one request, never repeated. An `Ok` is a success that Synthflow
    /// documents, by status and body.
    ///
    /// The future may be dropped at any await. Once the request is on its way that leaves the outcome
    /// unknown. It runs on a tokio runtime.
    ///
    /// # Errors
    ///
    /// Every [`ErrorKind`](numbers_core::ErrorKind) but `InvalidNumber`.
    /// [`Error::disposition`] says whether the number may have been released.
    pub async fn delete_phone_number(
        &self,
        id: &PhoneNumberSlug,
    ) -> Result<Response<DeletePhoneNumberResponse>, Error> {
        self.http
            .call::<DeletePhoneNumber>(&self.path(id), id.as_number())
            .await
    }

    /// Certificates and TLS sessions, for another client to share: see
    /// [`TransportOptions::with_shared`](numbers_http::TransportOptions::with_shared).
    pub fn shared(&self) -> SharedTransport {
        self.http.shared()
    }

    fn path(&self, id: &PhoneNumberSlug) -> String {
        wire::path(self.http.base_path(), id)
    }
}

#[async_trait]
impl Releaser for Client {
    fn vendor(&self) -> Vendor {
        wire::VENDOR
    }

    fn account(&self) -> Account {
        self.http.account()
    }

    fn preview(&self, number: &NumberId) -> Result<Preview, Error> {
        let id = PhoneNumberSlug::try_from(number)?;
        Ok(self.http.preview(&self.path(&id), number.clone()))
    }
    async fn release(&self, number: &NumberId) -> Result<Release, Error> {
        let id = PhoneNumberSlug::try_from(number)?;
        self.http
            .release::<DeletePhoneNumber>(&self.path(&id), number)
            .await
    }
}
