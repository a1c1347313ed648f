use crate::Pool;
use reqwest::ClientBuilder;
use std::fmt;
use std::time::Duration;

pub(crate) type Tune = Box<dyn FnOnce(ClientBuilder) -> ClientBuilder + Send + Sync>;

/// What every vendor's builder can set about the way a request travels.
#[derive(Default)]
pub struct Settings {
    pub(crate) base_url: Option<String>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) user_agent: Option<String>,
    pub(crate) tune: Option<Tune>,
    pub(crate) pool: Option<Pool>,
}

impl Settings {
    /// See `base_url` of a vendor's builder.
    pub fn base_url(&mut self, url: impl Into<String>) {
        self.base_url = Some(url.into());
    }

    /// Whether a base URL was given.
    pub fn has_base_url(&self) -> bool {
        self.base_url.is_some()
    }

    /// See `timeout` of a vendor's builder.
    pub fn timeout(&mut self, timeout: Duration) {
        self.timeout = Some(timeout);
    }

    /// See `user_agent` of a vendor's builder.
    pub fn user_agent(&mut self, product: impl Into<String>) {
        self.user_agent = Some(product.into());
    }

    /// See `reqwest` of a vendor's builder.
    pub fn tune(
        &mut self,
        tune: impl FnOnce(ClientBuilder) -> ClientBuilder + Send + Sync + 'static,
    ) {
        self.tune = Some(Box::new(tune));
    }

    /// See `pool` of a vendor's builder.
    pub fn pool(&mut self, pool: Pool) {
        self.pool = Some(pool);
    }
}

/// Without the base URL: one that will be refused may carry a secret.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("base_url", &self.base_url.as_ref().map(|_| "…"))
            .field("timeout", &self.timeout)
            .field("user_agent", &self.user_agent)
            .finish_non_exhaustive()
    }
}

/// Writes the setters that every vendor's builder has, over its field `http: Settings`.
#[macro_export]
macro_rules! transport_setters {
    () => {
        /// Replaces scheme, host and fixed prefix of the vendor's address; a region is then not
        /// needed. https, or plain http to loopback; without credentials, query and fragment.
        #[must_use]
        pub fn base_url(mut self, url: impl Into<String>) -> Self {
            self.http.base_url(url);
            self
        }

        /// The longest that one request may take, from the connection to the last byte of the
        /// answer. 30 seconds unless set. A connection gets three quarters of it, but no more than
        /// 10 seconds, so that a dead host is told apart from a lost answer.
        #[must_use]
        pub fn timeout(mut self, timeout: ::std::time::Duration) -> Self {
            self.http.timeout(timeout);
            self
        }

        /// A product to put before this crate's own in `User-Agent`, such as `acme-telephony/1.4`.
        #[must_use]
        pub fn user_agent(mut self, product: impl Into<String>) -> Self {
            self.http.user_agent(product);
            self
        }

        /// Tunes the HTTP client: proxy, roots, pool. What this crate promises is applied after it
        /// and can't be undone here: time-outs, no redirects, no retry by reqwest, no `Referer`, no
        /// decompression, HTTP/1.1, certificate checks, and no proxy for plain http to loopback.
        ///
        /// What can be done here, and is then the caller's: default headers and a cookie store
        /// (sent with every request), a resolver or connector layer of one's own (they see every
        /// request), and a more lenient reading of HTTP/1.
        #[must_use]
        pub fn reqwest(
            mut self,
            tune: impl FnOnce($crate::reqwest::ClientBuilder) -> $crate::reqwest::ClientBuilder
            + Send
            + Sync
            + 'static,
        ) -> Self {
            self.http.tune(tune);
            self
        }

        /// Shares the connections, certificates and time-outs of another client, which saves the
        /// milliseconds that it takes to load the system's certificates again. What the other
        /// client's reqwest was given beside them is shared too: default headers and a cookie store
        /// go to both vendors. Both clients must speak https, or both plain http.
        ///
        /// A connection is served by the runtime on which it was opened. So let the clients run on one,
        /// or on ones that never stand still: on a single-threaded runtime that is left alone between
        /// its calls nobody reads the answer to another's.
        #[must_use]
        pub fn pool(mut self, pool: $crate::Pool) -> Self {
            self.http.pool(pool);
            self
        }
    };
}
