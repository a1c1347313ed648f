use numbers_core::{Error, Releaser};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The one value that is part of every secret in these tests, and that no output may contain.
pub const CANARY: &str = "CANARYabc123";

/// A caller's change of reqwest's builder.
pub type Tune = Box<dyn FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync>;

/// Builds a client from base URL, time-out and the caller's change.
pub type Connect = fn(&str, Duration, Tune) -> Result<Arc<dyn Releaser>, Error>;

/// A vendor's client, as the shared tables need it.
#[derive(Clone, Copy)]
pub struct Subject {
    /// Builds a client whose every credential is [`CANARY`].
    pub connect: Connect,
    /// An id that the vendor takes.
    pub id: &'static str,
    /// The status that the vendor documents as success.
    pub status: u16,
    /// The body that the vendor documents with it.
    pub body: &'static str,
    /// The body of a refusal in the vendor's form, with `@` where its words go.
    pub refusal: &'static str,
    /// What a text must not contain: [`CANARY`], and before it a header in which it is encoded. The
    /// first of them is in each request.
    pub secrets: &'static [&'static str],
}

impl Subject {
    /// A client of a plain server on loopback, with time enough.
    pub fn client(&self, url: &str) -> Arc<dyn Releaser> {
        self.client_within(url, Duration::from_secs(15))
    }

    /// As [`client`](Self::client), with a time-out.
    pub fn client_within(&self, url: &str, timeout: Duration) -> Arc<dyn Releaser> {
        (self.connect)(url, timeout, Box::new(wilful)).unwrap()
    }

    /// A client over https that trusts these roots alone, so that the machine's play no part.
    pub fn secure_client(
        &self,
        url: &str,
        timeout: Duration,
        roots: Vec<reqwest::Certificate>,
    ) -> Arc<dyn Releaser> {
        let tune = |builder| wilful(builder).tls_certs_only(roots);
        (self.connect)(url, timeout, Box::new(tune)).unwrap()
    }
}

/// What a caller may set and the clients' policy takes back: every shared table runs against it.
fn wilful(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    let long = Duration::from_secs(3600);
    builder
        .no_proxy()
        .redirect(reqwest::redirect::Policy::limited(10))
        .referer(true)
        .connection_verbose(true)
        .timeout(long)
        .connect_timeout(long)
        .tls_danger_accept_invalid_certs(true)
        .tls_danger_accept_invalid_hostnames(true)
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subject").finish_non_exhaustive()
    }
}
