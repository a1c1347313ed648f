//! 2Chat's client.
//!
//! Written by `cargo xtask codegen` from `contract/openapi.yaml`; a change belongs there.

use crate::response::DeleteVirtualNumber;
use crate::{ClientBuilder, DeleteVirtualNumberResponse, VirtualNumberUuid, wire};
use numbers_core::raw::async_trait;
use numbers_core::{Account, ConfigError, Error, NumberId, Preview, Release, Releaser, Vendor};
use numbers_http::{Http, Response, SharedTransport};

/// 2Chat's one call. Cloning a client is cheap; building one loads the system's certificates.
#[derive(Debug, Clone)]
pub struct Client {
    pub(crate) http: Http,
}

impl Client {
    /// Begins a client that is set up by hand.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Builds a client from the environment: `TWOCHAT_API_KEY`, `TWOCHAT_BASE_URL`.
    ///
    /// # Errors
    ///
    /// Every setting that is missing or can't be used.
    pub fn from_env() -> Result<Self, ConfigError> {
        ClientBuilder::from_vars(|name| std::env::var_os(name))?.build()
    }

    /// Delete a virtual number: one request, never repeated. An `Ok` is a success that 2Chat
    /// documents, by status and body.
    ///
    /// The future may be dropped at any await. Once the request is on its way that leaves the outcome
    /// unknown. It runs on a tokio runtime.
    ///
    /// # Errors
    ///
    /// Every [`ErrorKind`](numbers_core::ErrorKind) but `InvalidNumber`.
    /// [`Error::disposition`] says whether the number may have been released.
    pub async fn delete_virtual_number(
        &self,
        id: &VirtualNumberUuid,
    ) -> Result<Response<DeleteVirtualNumberResponse>, Error> {
        self.http
            .call::<DeleteVirtualNumber>(&self.path(id), id.as_number())
            .await
    }

    /// Certificates and TLS sessions, for another client to share: see
    /// [`TransportOptions::with_shared`](numbers_http::TransportOptions::with_shared).
    pub fn shared(&self) -> SharedTransport {
        self.http.shared()
    }

    fn path(&self, id: &VirtualNumberUuid) -> String {
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
        let id = VirtualNumberUuid::try_from(number)?;
        Ok(self.http.preview(&self.path(&id), number.clone()))
    }
    async fn release(&self, number: &NumberId) -> Result<Release, Error> {
        let id = VirtualNumberUuid::try_from(number)?;
        self.http
            .release::<DeleteVirtualNumber>(&self.path(&id), number)
            .await
    }
}
