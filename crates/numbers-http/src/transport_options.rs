//! How a client sends its requests: the options of every vendor's builder.

use crate::SharedTransport;
use reqwest::ClientBuilder;
use secrecy::SecretString;
use std::fmt;
use std::time::Duration;

pub(crate) type Configure = Box<dyn FnOnce(ClientBuilder) -> ClientBuilder + Send + Sync>;

/// How a client sends its requests: time-out, user agent, proxy, certificates.
///
/// A value that can't be used is refused when the client is built.
#[derive(Default)]
pub struct TransportOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) user_agent: Option<String>,
    pub(crate) proxy: Option<SecretString>,
    pub(crate) root_certificates: Vec<Vec<u8>>,
    pub(crate) shared: Option<SharedTransport>,
    pub(crate) configure: Option<Configure>,
}

impl TransportOptions {
    /// The defaults: a time-out of 30 seconds, the proxy that the environment names, the certificates that
    /// the system trusts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets how long one request may take, from the connection to the last byte of the response.
    ///
    /// Connecting may take three quarters of it, but no more than 10 seconds, so that a failed connection is not
    /// taken for a lost response. A response that has arrived when the time is up is still read, for at most 100
    /// milliseconds more. An endless response can take longer: no timer interrupts the HTTP library.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Adds a product before this crate's own in `User-Agent`, such as `acme-telephony/1.4`.
    #[must_use]
    pub fn with_user_agent(mut self, product: impl Into<String>) -> Self {
        self.user_agent = Some(product.into());
        self
    }

    /// Sets the proxy for https, such as `http://proxy.example:3128`, in place of that of the environment
    /// (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`). The URL may have a user and a password. Plain http to loopback
    /// never uses a proxy.
    #[must_use]
    pub fn with_proxy(mut self, url: impl Into<SecretString>) -> Self {
        self.proxy = Some(url.into());
        self
    }

    /// Trusts a certificate or a bundle in PEM, in addition to those of the system. Each call adds one.
    #[must_use]
    pub fn with_root_certificate_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.root_certificates.push(pem.into());
        self
    }

    /// Uses certificates, TLS sessions, proxy and time-out of another client, which saves loading the
    /// system's certificates again. No connection is shared. Both clients must use https, or both plain http.
    /// Of the other options only the user agent can be set too.
    #[must_use]
    pub fn with_shared(mut self, transport: SharedTransport) -> Self {
        self.shared = Some(transport);
        self
    }

    /// Sets what has no setter here, on the builder of reqwest 0.13. The client then overrides these: the
    /// time-out, no redirects, no retry by reqwest, no `Referer`, no decompression, HTTP/1.1, certificate checks,
    /// and no proxy for plain http to loopback. TLS early data (0-RTT) stays off.
    ///
    /// All else is the caller's responsibility:
    ///
    /// - Default headers and a cookie store are sent with every request. A resolver or a connector layer sees
    ///   every request.
    /// - `pool_max_idle_per_host` above 0 keeps connections. That saves two round trips and about 0.2 ms of CPU a
    ///   request over TLS, and gives up a guarantee: if the vendor, or a proxy before it, sends one response too
    ///   many on a kept connection, it is taken for the response to the *next* number, undetected. A
    ///   connection that the vendor closes while a request is written leaves that number unknown.
    /// - `read_timeout` looks at its timer before it looks at the response.
    ///
    /// Needs the feature `reqwest-0-13`.
    #[cfg(feature = "reqwest-0-13")]
    #[must_use]
    pub fn with_reqwest(
        mut self,
        configure: impl FnOnce(ClientBuilder) -> ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.configure = Some(Box::new(configure));
        self
    }

    /// The options that are set and that a shared transport has too.
    pub(crate) fn conflicting_with_shared(&self) -> Vec<&'static str> {
        let mut set = Vec::new();
        if self.timeout.is_some() {
            set.push("timeout");
        }
        if self.proxy.is_some() {
            set.push("proxy");
        }
        if !self.root_certificates.is_empty() {
            set.push("root_certificate_pem");
        }
        if self.configure.is_some() {
            set.push("reqwest");
        }
        set
    }
}

impl fmt::Debug for TransportOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportOptions")
            .field("timeout", &self.timeout)
            .field("user_agent", &self.user_agent)
            .field("proxy", &self.proxy.as_ref().map(|_| "***"))
            .field("root_certificates", &self.root_certificates.len())
            .field("shared", &self.shared)
            .finish_non_exhaustive()
    }
}
