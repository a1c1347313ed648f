//! One request, as it is made ready, shown and sent.

use crate::base::Base;
use crate::body::{self, End};
use crate::classify::Received;
use crate::deadline::run_until;
use crate::{Credential, Pool, Response, ResponseParser, Settings, span, transport};
use numbers_core::{Attempt, Endpoint, Error, ErrorKind, NumberId, Preview, Vendor};
use reqwest::header::{HeaderMap, HeaderValue, USER_AGENT};
use reqwest::{Client, Method, Request};
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tracing::{Instrument, Span};

/// A vendor's endpoint, ready to be called. Cloning it is cheap.
#[derive(Clone)]
pub struct Http {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) endpoint: Endpoint,
    method: Method,
    base: Base,
    pub(crate) credential: Credential,
    user_agent: HeaderValue,
    pool: Pool,
}

impl Http {
    /// Makes ready to call `endpoint` at `server`, unless the settings name a base URL. `product` is
    /// the calling crate in `User-Agent`'s form, `name/version`.
    ///
    /// # Errors
    ///
    /// [`InvalidConfig`](numbers_core::ErrorKind::InvalidConfig): a base URL that is not https (or http to
    /// loopback) or carries more than a path, a time-out of zero, a product that no header can carry,
    /// a shared pool of another kind or one with settings of its own, no certificates on this machine,
    /// or https without the feature `rustls`.
    pub fn new(
        endpoint: Endpoint,
        server: &str,
        credential: Credential,
        product: &str,
        settings: Settings,
    ) -> Result<Self, Error> {
        let vendor = endpoint.vendor();
        let refuse = |detail: &str| Error::invalid_config(vendor, detail);
        // By custom: a person who set the variable looks for its name.
        let variable = vendor.as_str().to_uppercase().replace('-', "_");
        let base = Base::parse(
            vendor,
            &format!("base_url ({variable}_BASE_URL)"),
            settings.base_url.as_deref().unwrap_or(server),
        )?;
        let user_agent = match settings.user_agent {
            Some(caller) => format!("{caller} {product}"),
            None => product.to_owned(),
        };
        let user_agent = HeaderValue::from_str(&user_agent)
            .map_err(|_| refuse("user_agent has characters that no header can carry; expected something like acme/1.0"))?;
        let pool = match settings.pool {
            Some(_) if settings.timeout.is_some() || settings.tune.is_some() => {
                return Err(refuse(
                    "a shared pool brings its own time-outs and reqwest settings; set them on the client that made it",
                ));
            }
            Some(pool) => pool.shared(vendor, &base)?,
            None => Pool::new(vendor, &base, settings.timeout, settings.tune)?,
        };
        let method = Method::from_bytes(endpoint.method().as_bytes())
            .map_err(|_| refuse("the endpoint's method is not one"))?;
        Ok(Self {
            inner: Arc::new(Inner {
                endpoint,
                method,
                base,
                credential,
                user_agent,
                pool,
            }),
        })
    }

    /// The fixed beginning of every path, without a slash at its end.
    pub fn base_path(&self) -> &str {
        self.inner.base.path()
    }

    /// The pool, for another client to share.
    pub fn pool(&self) -> Pool {
        self.inner.pool.clone()
    }

    /// What [`call`](Self::call) would send, secrets masked.
    pub fn preview(&self, path: &str, number: NumberId) -> Preview {
        let Inner {
            endpoint,
            base,
            credential,
            user_agent,
            ..
        } = &*self.inner;
        Preview::new(
            endpoint.vendor(),
            number,
            endpoint.method(),
            base.join(path).as_str(),
        )
        .with_header(credential.name.as_str(), credential.masked)
        .with_header("user-agent", user_agent.to_str().unwrap_or_default())
    }

    /// Sends one request and classifies what comes of it. `path` begins with
    /// [`base_path`](Self::base_path), its segments encoded.
    ///
    /// # Errors
    ///
    /// Every failure of the outcome table but the two that precede sending.
    pub async fn call<P: ResponseParser>(
        &self,
        path: &str,
        number: &NumberId,
    ) -> Result<Response<P::Success>, Error> {
        let span = span::open(&self.inner.endpoint, &self.inner.base);
        let started = Instant::now();
        let received = self.exchange(path, span.clone()).await;
        let result = received.and_then(|received| self.classify::<P>(received, number, started));
        match &result {
            Ok(response) => span::close(&span, Some(response.status), None),
            Err(error) => span::close(&span, error.status(), Some(error.kind())),
        }
        result.map_err(|error| {
            let attempt = Attempt::of_failure(&error, started.elapsed());
            error.with_attempt(attempt)
        })
    }

    /// Boxed, so that what awaits reqwest is compiled here alone: [`call`](Self::call) is compiled in each
    /// vendor's crate.
    fn exchange<'a>(&'a self, path: &'a str, span: Span) -> Exchange<'a> {
        Box::pin(self.send(path).instrument(span))
    }

    async fn send(&self, path: &str) -> Result<Received, Error> {
        let Pool {
            client,
            timeout,
            proxy,
            ..
        } = &self.inner.pool;
        let deadline = deadline(*timeout);
        let mut head = None;
        let mut bytes = Vec::new();
        let exchange = exchange(client, self.request(path), &mut head, &mut bytes);
        let end = run_until(deadline, exchange).await;
        match (head, end) {
            (Some((status, headers)), end) => Ok(Received {
                status,
                headers,
                bytes,
                end: match end {
                    Some(Ok(end)) => end,
                    Some(Err(error)) => End::Broken(error),
                    None => End::TimedOut,
                },
            }),
            (None, Some(Err(error))) => {
                Err(transport::failure(self.vendor(), error, proxy.as_deref()))
            }
            (None, _) => Err(Error::new(self.vendor(), ErrorKind::Timeout)),
        }
    }

    fn request(&self, path: &str) -> Request {
        let Inner {
            method,
            base,
            credential,
            user_agent,
            ..
        } = &*self.inner;
        let mut request = Request::new(method.clone(), base.join(path));
        let headers = request.headers_mut();
        headers.insert(credential.name.clone(), credential.value.clone());
        headers.insert(USER_AGENT, user_agent.clone());
        request
    }

    pub(crate) fn vendor(&self) -> Vendor {
        self.inner.endpoint.vendor()
    }
}

type Exchange<'a> = Pin<Box<dyn Future<Output = Result<Received, Error>> + Send + 'a>>;

/// Sends a request and reads what comes: status and headers as soon as they are complete, then the body.
async fn exchange(
    client: &Client,
    request: Request,
    head: &mut Option<(u16, HeaderMap)>,
    bytes: &mut Vec<u8>,
) -> reqwest::Result<End> {
    let mut response = client.execute(request).await?;
    let headers = std::mem::take(response.headers_mut());
    *head = Some((response.status().as_u16(), headers));
    Ok(body::read(&mut response, bytes).await)
}

/// The end of a time-out that begins now; of one beyond the clock, a year from now.
fn deadline(timeout: Duration) -> tokio::time::Instant {
    const YEAR: Duration = Duration::from_secs(31_536_000);
    let now = tokio::time::Instant::now();
    now.checked_add(timeout).unwrap_or(now + YEAR)
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http")
            .field("vendor", &self.vendor())
            .field("host", &self.inner.base.host())
            .field("credential", &self.inner.credential.masked)
            .field("user_agent", &self.inner.user_agent)
            .finish_non_exhaustive()
    }
}
