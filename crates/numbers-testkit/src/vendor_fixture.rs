use numbers_core::{ConfigError, Endpoint, Releaser};
use numbers_http::TransportOptions;
use std::ffi::OsString;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Part of every secret in these tests. No output may contain it.
pub const CANARY: &str = "CANARYabc123";

/// A caller's change to reqwest's builder.
pub type Configure =
    Box<dyn FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync>;

/// Builds a client from base URL, time-out and the caller's change to reqwest's builder.
pub type BuildClient = fn(&str, Duration, Configure) -> Result<Arc<dyn Releaser>, ConfigError>;

/// Builds a client from the values of its variables.
pub type FromVars = fn(
    &dyn Fn(&str) -> Option<OsString>,
    TransportOptions,
) -> Result<Arc<dyn Releaser>, ConfigError>;

/// What the shared tests need to know of a vendor's client.
#[derive(Clone)]
pub struct VendorFixture {
    /// Builds a client whose every credential is [`CANARY`].
    pub build: BuildClient,
    /// Builds a client from its variables.
    pub from_vars: FromVars,
    /// The vendor's facts.
    pub endpoint: Endpoint,
    /// A valid id of the vendor's.
    pub id: &'static str,
    /// The status of the documented success.
    pub status: u16,
    /// The body of the documented success; empty if it has none.
    pub body: &'static str,
    /// The same with `@` in each text that may be anything.
    pub echo: &'static str,
    /// The body of a vendor's error, with `@` in place of the message; empty if no message is documented.
    pub refusal: &'static str,
    /// What no output may contain: [`CANARY`], preceded by a header's value in which it is encoded, if there
    /// is one. The first of them is in each request.
    pub secrets: &'static [&'static str],
}

impl VendorFixture {
    /// A client of a plain server on loopback, with a long time-out.
    pub fn client(&self, url: &str) -> Arc<dyn Releaser> {
        self.client_with_timeout(url, Duration::from_secs(15))
    }

    /// As [`client`](Self::client), with this time-out.
    pub fn client_with_timeout(&self, url: &str, timeout: Duration) -> Arc<dyn Releaser> {
        (self.build)(url, timeout, Box::new(hostile_builder)).unwrap()
    }

    /// A client over https that trusts only these roots.
    pub fn tls_client(
        &self,
        url: &str,
        timeout: Duration,
        roots: Vec<reqwest::Certificate>,
    ) -> Arc<dyn Releaser> {
        let configure = |builder| hostile_builder(builder).tls_certs_only(roots);
        (self.build)(url, timeout, Box::new(configure)).unwrap()
    }
}

/// Sets everything that a caller may set and the client must override. All shared tests run with it.
fn hostile_builder(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
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

impl fmt::Debug for VendorFixture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VendorFixture").finish_non_exhaustive()
    }
}
