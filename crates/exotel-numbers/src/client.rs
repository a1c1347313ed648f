use crate::answer::ReleaseNumber;
use crate::{AccountSid, ClientBuilder, ExophoneSid, ReleaseNumberResponse, wire};
use numbers_core::{Error, NumberId, Preview, Release, Releaser, Vendor, async_trait};
use numbers_http::{Http, Pool, Response};

/// Exotel's one call. Cloning it is cheap; building one loads the system's certificates.
#[derive(Debug, Clone)]
pub struct Client {
    pub(crate) http: Http,
    pub(crate) account_sid: AccountSid,
}

impl Client {
    /// Sets a client up by hand.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Sets a client up from `EXOTEL_API_KEY`, `EXOTEL_API_TOKEN`, `EXOTEL_ACCOUNT_SID` and
    /// `EXOTEL_REGION`, or `EXOTEL_BASE_URL` in place of the region.
    ///
    /// # Errors
    ///
    /// As for [`ClientBuilder::from_vars`] and [`ClientBuilder::build`].
    pub fn from_env() -> Result<Self, Error> {
        ClientBuilder::from_vars(|name| std::env::var_os(name))?.build()
    }

    /// Orders the release of an ExoPhone: one request, never repeated. An `Ok` says that Exotel has
    /// taken the order, by status and body; the number is not gone yet.
    ///
    /// The future may be dropped at any await; once the request is on its way that leaves the
    /// number's fate unknown. It runs on a tokio runtime.
    ///
    /// # Errors
    ///
    /// Every [`ErrorKind`](numbers_core::ErrorKind) but the two that are refused before sending.
    /// [`Error::may_have_released`] says whether the number may be gone all the same.
    pub async fn release_number(
        &self,
        sid: &ExophoneSid,
    ) -> Result<Response<ReleaseNumberResponse>, Error> {
        let path = wire::path(self.http.base_path(), &self.account_sid, sid);
        self.http
            .call::<ReleaseNumber>(&path, sid.as_number())
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
        let sid = ExophoneSid::try_from(number)?;
        Ok(self.http.preview(
            &wire::path(self.http.base_path(), &self.account_sid, &sid),
            number.clone(),
        ))
    }

    async fn release(&self, number: &NumberId) -> Result<Release, Error> {
        let response = self.release_number(&ExophoneSid::try_from(number)?).await?;
        Ok(response.to_release::<ReleaseNumber>(number.clone()))
    }
}
