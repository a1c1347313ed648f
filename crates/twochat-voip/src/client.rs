use crate::answer::DeleteVirtualNumber;
use crate::{ClientBuilder, DeleteVirtualNumberResponse, VirtualNumberUuid, wire};
use numbers_core::{Error, NumberId, Preview, Release, Releaser, Vendor, async_trait};
use numbers_http::{Http, Pool, Response};

/// 2Chat's one call. Cloning it is cheap; building one loads the system's certificates.
#[derive(Debug, Clone)]
pub struct Client {
    pub(crate) http: Http,
}

impl Client {
    /// Sets a client up by hand.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Sets a client up from `TWOCHAT_API_KEY` and, if set, `TWOCHAT_BASE_URL`.
    ///
    /// # Errors
    ///
    /// As for [`ClientBuilder::from_vars`] and [`ClientBuilder::build`].
    pub fn from_env() -> Result<Self, Error> {
        ClientBuilder::from_vars(|name| std::env::var_os(name))?.build()
    }

    /// Deletes a virtual number: one request, never repeated. An `Ok` is a success that 2Chat
    /// documents, by status and body.
    ///
    /// The future may be dropped at any await; once the request is on its way that leaves the
    /// number's fate unknown. It runs on a tokio runtime.
    ///
    /// # Errors
    ///
    /// Every [`ErrorKind`](numbers_core::ErrorKind) but the two that are refused before sending.
    /// [`Error::may_have_released`] says whether the number may be gone all the same.
    pub async fn delete_virtual_number(
        &self,
        uuid: &VirtualNumberUuid,
    ) -> Result<Response<DeleteVirtualNumberResponse>, Error> {
        let path = wire::path(self.http.base_path(), uuid);
        self.http
            .call::<DeleteVirtualNumber>(&path, uuid.as_number())
            .await
    }

    /// Connections and certificates, for another client to share.
    pub fn pool(&self) -> Pool {
        self.http.pool()
    }
}

#[async_trait]
impl Releaser for Client {
    fn vendor(&self) -> Vendor {
        wire::VENDOR
    }

    fn preview(&self, number: &NumberId) -> Result<Preview, Error> {
        let uuid = VirtualNumberUuid::try_from(number)?;
        Ok(self
            .http
            .preview(&wire::path(self.http.base_path(), &uuid), number.clone()))
    }

    async fn release(&self, number: &NumberId) -> Result<Release, Error> {
        let response = self
            .delete_virtual_number(&VirtualNumberUuid::try_from(number)?)
            .await?;
        Ok(response.to_release::<DeleteVirtualNumber>(number.clone()))
    }
}
