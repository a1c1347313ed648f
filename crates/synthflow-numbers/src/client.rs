use crate::answer::DeletePhoneNumber;
use crate::{ClientBuilder, DeletePhoneNumberResponse, PhoneNumberSlug, wire};
use numbers_core::{Error, NumberId, Preview, Release, Releaser, Vendor, async_trait};
use numbers_http::{Http, Pool, Response};

/// Synthflow's one call. Cloning it is cheap; building one loads the system's certificates.
#[derive(Debug, Clone)]
pub struct Client {
    pub(crate) http: Http,
}

impl Client {
    /// Sets a client up by hand.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Sets a client up from `SYNTHFLOW_API_KEY` and `SYNTHFLOW_REGION`, or `SYNTHFLOW_BASE_URL` in place of the
    /// region.
    ///
    /// # Errors
    ///
    /// As for [`ClientBuilder::from_vars`] and [`ClientBuilder::build`].
    pub fn from_env() -> Result<Self, Error> {
        ClientBuilder::from_vars(|name| std::env::var_os(name))?.build()
    }

    /// Deletes a phone number: one request, never repeated. An `Ok` is a success that
    /// Synthflow documents, by status and body.
    ///
    /// The future may be dropped at any await; once the request is on its way that leaves the
    /// number's fate unknown. It runs on a tokio runtime.
    ///
    /// # Errors
    ///
    /// Every [`ErrorKind`](numbers_core::ErrorKind) but the two that are refused before sending.
    /// [`Error::may_have_released`] says whether the number may be gone all the same.
    pub async fn delete_phone_number(
        &self,
        slug: &PhoneNumberSlug,
    ) -> Result<Response<DeletePhoneNumberResponse>, Error> {
        let path = wire::path(self.http.base_path(), slug);
        self.http
            .call::<DeletePhoneNumber>(&path, slug.as_number())
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
        let slug = PhoneNumberSlug::try_from(number)?;
        Ok(self
            .http
            .preview(&wire::path(self.http.base_path(), &slug), number.clone()))
    }

    async fn release(&self, number: &NumberId) -> Result<Release, Error> {
        let response = self
            .delete_phone_number(&PhoneNumberSlug::try_from(number)?)
            .await?;
        Ok(response.to_release::<DeletePhoneNumber>(number.clone()))
    }
}
