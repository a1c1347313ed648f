//! The reqwest client under a vendor's client, and the policy that it keeps.

use crate::base::Base;
use crate::proxy;
use crate::settings::Tune;
use crate::transport::root_cause;
use numbers_core::{Error, Vendor};
use reqwest::{Client, ClientBuilder, redirect, retry};
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(30);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A time-out of reqwest's own that never comes: it would look at its timer before it looks at the response.
const NEVER: Duration = Duration::from_secs(u32::MAX as u64);

/// Certificates, TLS sessions and time-outs, which several clients can share.
#[derive(Clone)]
pub struct Pool {
    pub(crate) client: Client,
    pub(crate) timeout: Duration,
    /// Host and port of the proxy, where they are known.
    pub(crate) proxy: Option<String>,
    plain: bool,
}

impl Pool {
    pub(crate) fn new(
        vendor: Vendor,
        base: &Base,
        timeout: Option<Duration>,
        tune: Option<Tune>,
    ) -> Result<Self, Error> {
        let timeout = timeout.unwrap_or(TIMEOUT);
        if timeout.is_zero() {
            return Err(Error::invalid_config(
                vendor,
                "timeout must be longer than zero",
            ));
        }
        let plain = base.is_plain();
        // A connection carries one request: on a kept one a stray response would be credited to the next
        // number, and nothing that is read here could tell.
        let defaults = Client::builder().pool_max_idle_per_host(0);
        let (builder, tuned) = match tune {
            Some(tune) => (tune(defaults).timeout(NEVER), true),
            None => (defaults, false),
        };
        let builder = builder
            .connect_timeout(CONNECT_TIMEOUT.min(timeout.mul_f64(0.75)))
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .referer(false)
            .connection_verbose(false)
            .http1_only()
            .no_gzip()
            .no_brotli()
            .no_zstd()
            .no_deflate();
        let builder = if plain {
            keep_to_loopback(builder)
        } else {
            secure(vendor, builder)?
        };
        let proxy = match plain {
            true => None,
            // A caller who tunes reqwest may have set another.
            false => proxy::from_environment(vendor)?.filter(|_| !tuned),
        };
        let client = builder.build().map_err(|error| refused(vendor, error))?;
        Ok(Self {
            client,
            timeout,
            proxy,
            plain,
        })
    }

    /// Takes the pool of another client, if it can serve this base URL.
    pub(crate) fn shared(self, vendor: Vendor, base: &Base) -> Result<Self, Error> {
        if self.plain == base.is_plain() {
            return Ok(self);
        }
        Err(Error::invalid_config(
            vendor,
            "the pool and the base URL differ in https: share a pool among clients of one kind",
        ))
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not reqwest's own: it shows the caller's default headers.
        f.debug_struct("Pool")
            .field("https", &!self.plain)
            .finish_non_exhaustive()
    }
}

/// Plain http is for loopback, where a proxy has no business and no certificate is needed.
fn keep_to_loopback(builder: ClientBuilder) -> ClientBuilder {
    // The name too means loopback, whatever a resolver makes of it.
    let loopback = [
        SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        SocketAddr::from((Ipv6Addr::LOCALHOST, 0)),
    ];
    let builder = builder.no_proxy().resolve_to_addrs("localhost", &loopback);
    #[cfg(feature = "rustls")]
    let builder = builder.tls_certs_only([]);
    builder
}

#[cfg(feature = "rustls")]
#[allow(clippy::unnecessary_wraps)]
fn secure(_: Vendor, builder: ClientBuilder) -> Result<ClientBuilder, Error> {
    Ok(builder
        .https_only(true)
        .tls_backend_rustls()
        .tls_danger_accept_invalid_certs(false)
        .tls_danger_accept_invalid_hostnames(false)
        .tls_sslkeylogfile(false))
}

#[cfg(not(feature = "rustls"))]
fn secure(vendor: Vendor, _: ClientBuilder) -> Result<ClientBuilder, Error> {
    Err(Error::invalid_config(
        vendor,
        "https needs the feature `rustls`, which was switched off; switch it on in Cargo.toml",
    ))
}

fn refused(vendor: Vendor, error: reqwest::Error) -> Error {
    let cause = root_cause(&error).to_string();
    let remedy = if cause.contains("CA certificates") {
        "; install the system's certificates (on Debian: apt-get install ca-certificates), or point SSL_CERT_FILE \
         at a bundle, or give roots with reqwest's tls_certs_only"
    } else {
        ""
    };
    Error::invalid_config(
        vendor,
        format!("the HTTP client can't be built: {cause}{remedy}"),
    )
    .with_source(error.without_url())
}
