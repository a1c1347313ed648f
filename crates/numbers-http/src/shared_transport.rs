//! The reqwest client, and the options that several clients share.

use crate::transport::root_cause;
use crate::{TransportOptions, proxy};
use numbers_core::ConfigProblem;
use reqwest::{Client, ClientBuilder, Proxy, redirect, retry};
use secrecy::ExposeSecret;
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(30);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// In place of reqwest's own time-out, which looks at its timer before it looks at the response.
const NEVER: Duration = Duration::from_secs(u32::MAX as u64);

/// Certificates, TLS sessions, proxy and time-outs of a client, for other clients to share. No connection is
/// shared.
#[derive(Clone)]
pub struct SharedTransport {
    pub(crate) client: Client,
    pub(crate) timeout: Duration,
    /// Host and port of the proxy, where they are known.
    pub(crate) proxy: Option<String>,
    plain: bool,
}

impl SharedTransport {
    /// Takes the shared transport of the options, or builds one.
    pub(crate) fn new(
        plain: bool,
        mut options: TransportOptions,
    ) -> Result<Self, Vec<ConfigProblem>> {
        let conflicting = options.conflicting_with_shared();
        match options.shared.take() {
            None => Self::build(plain, options),
            Some(shared) if shared.plain != plain => Err(vec![invalid(
                "shared",
                "comes from a client whose base URL differs in https from this one",
            )]),
            Some(shared) if conflicting.is_empty() => Ok(shared),
            Some(_) => Err(conflicting
                .into_iter()
                .map(|field| {
                    invalid(
                        field,
                        "can't be combined with a shared transport, which has its own",
                    )
                })
                .collect()),
        }
    }

    fn build(plain: bool, mut options: TransportOptions) -> Result<Self, Vec<ConfigProblem>> {
        let mut problems = Vec::new();
        let timeout = options.timeout.unwrap_or(TIMEOUT);
        if timeout.is_zero() {
            problems.push(invalid("timeout", "is zero; expected a longer time"));
        }
        // A connection carries one request: on a kept one a stray response would be credited to the next
        // number, undetected.
        let builder = Client::builder().pool_max_idle_per_host(0);
        let (builder, configured) = match options.configure.take() {
            Some(configure) => (configure(builder).timeout(NEVER), true),
            None => (builder, false),
        };
        let mut builder = builder
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
        let mut host = None;
        if plain {
            builder = restrict_to_loopback(builder);
        } else {
            let (next, proxy) = apply_proxy(builder, &options, &mut problems);
            // A caller who configures reqwest may have set another.
            host = proxy.filter(|_| !configured || options.proxy.is_some());
            builder = configure_tls(next, &options, &mut problems);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        match builder.build() {
            Ok(client) => Ok(Self {
                client,
                timeout,
                proxy: host,
                plain,
            }),
            Err(error) => Err(vec![build_problem(&error)]),
        }
    }
}

impl fmt::Debug for SharedTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not reqwest's own: it shows the caller's default headers.
        f.debug_struct("SharedTransport")
            .field("https", &!self.plain)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

fn invalid(field: &'static str, reason: &str) -> ConfigProblem {
    ConfigProblem::invalid_field(field, reason)
}

/// Applies the proxy of the options, or else of the environment, and returns its host and port.
fn apply_proxy(
    builder: ClientBuilder,
    options: &TransportOptions,
    problems: &mut Vec<ConfigProblem>,
) -> (ClientBuilder, Option<String>) {
    let Some(url) = &options.proxy else {
        return match proxy::from_environment() {
            Ok(host) => (builder, host),
            Err(problem) => {
                problems.push(problem);
                (builder, None)
            }
        };
    };
    let url = url.expose_secret();
    let host = proxy::host_and_port(url);
    match (host, Proxy::all(url)) {
        (Ok(host), Ok(proxy)) => (builder.no_proxy().proxy(proxy), Some(host)),
        (Err(why), _) => {
            problems.push(invalid("proxy", why));
            (builder, None)
        }
        (Ok(_), Err(_)) => {
            problems.push(invalid("proxy", proxy::NOT_A_PROXY));
            (builder, None)
        }
    }
}

/// Plain http is for loopback: no proxy, and no certificates.
fn restrict_to_loopback(builder: ClientBuilder) -> ClientBuilder {
    // Whatever a resolver says, the name means loopback.
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
fn configure_tls(
    mut builder: ClientBuilder,
    options: &TransportOptions,
    problems: &mut Vec<ConfigProblem>,
) -> ClientBuilder {
    for pem in &options.root_certificates {
        match reqwest::Certificate::from_pem_bundle(pem) {
            Ok(certificates) if !certificates.is_empty() => {
                builder = builder.tls_certs_merge(certificates);
            }
            _ => problems.push(invalid(
                "root_certificate_pem",
                "holds no certificate in PEM",
            )),
        }
    }
    builder
        .https_only(true)
        .tls_backend_rustls()
        .tls_danger_accept_invalid_certs(false)
        .tls_danger_accept_invalid_hostnames(false)
        .tls_sslkeylogfile(false)
}

#[cfg(not(feature = "rustls"))]
fn configure_tls(
    builder: ClientBuilder,
    _: &TransportOptions,
    problems: &mut Vec<ConfigProblem>,
) -> ClientBuilder {
    let why =
        "needs the feature `rustls` for https, which was switched off; switch it on in Cargo.toml";
    problems.push(invalid("base_url", why));
    builder
}

fn build_problem(error: &reqwest::Error) -> ConfigProblem {
    let cause = root_cause(error).to_string();
    let remedy = if cause.contains("CA certificates") {
        "; install the system's certificates (on Debian: apt-get install ca-certificates), or point SSL_CERT_FILE at a \
         bundle"
    } else {
        ""
    };
    invalid("transport", &format!("can't be built: {cause}{remedy}"))
}

#[cfg(all(test, feature = "rustls"))]
mod tests {
    use super::SharedTransport;
    use crate::TransportOptions;

    #[test]
    fn debug_shows_https_and_the_time_out() {
        for (plain, shown) in [
            (true, "SharedTransport { https: false, timeout: 30s, .. }"),
            (false, "SharedTransport { https: true, timeout: 30s, .. }"),
        ] {
            let shared = SharedTransport::new(plain, TransportOptions::new());
            assert_eq!(format!("{:?}", shared.ok()), format!("Some({shown})"));
        }
    }
}
