use numbers_core::{Error, Releaser};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The one value that is part of every secret in these tests, and that no output may contain.
pub const CANARY: &str = "CANARYabc123";

/// A caller's change of reqwest's builder.
pub type Tune = Box<dyn FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync>;

/// A vendor's client, as the shared tables need it.
#[derive(Clone, Copy)]
pub struct Subject {
    /// Builds a client with credentials that contain [`CANARY`]: base URL, time-out, and what the
    /// caller does with reqwest's builder.
    pub connect: fn(&str, Duration, Tune) -> Result<Arc<dyn Releaser>, Error>,
    /// An id that the vendor takes.
    pub id: &'static str,
    /// The status that the vendor documents as success.
    pub status: u16,
    /// The body that the vendor documents with it.
    pub body: &'static str,
    /// The body of a refusal in the vendor's form, with `@` where its words go.
    pub refusal: &'static str,
    /// What a text must not contain: [`CANARY`], and a header in which it is encoded.
    pub secrets: &'static [&'static str],
}

impl Subject {
    /// A client of a plain server on loopback, with time enough.
    pub fn client(&self, url: &str) -> Arc<dyn Releaser> {
        self.client_within(url, Duration::from_secs(15))
    }

    /// As [`client`](Self::client), with a time-out.
    pub fn client_within(&self, url: &str, timeout: Duration) -> Arc<dyn Releaser> {
        (self.connect)(url, timeout, Box::new(reqwest::ClientBuilder::no_proxy)).unwrap()
    }

    /// A client over https that trusts these roots alone, so that the machine's play no part.
    pub fn secure_client(
        &self,
        url: &str,
        timeout: Duration,
        roots: Vec<reqwest::Certificate>,
    ) -> Arc<dyn Releaser> {
        let tune = |builder: reqwest::ClientBuilder| builder.no_proxy().tls_certs_only(roots);
        (self.connect)(url, timeout, Box::new(tune)).unwrap()
    }
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subject").finish_non_exhaustive()
    }
}
