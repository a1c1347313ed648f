//! One request: built, previewed and sent.

use crate::base::BaseUrl;
use crate::body::{self, BodyEnd};
use crate::classify::Received;
use crate::deadline::run_until;
use crate::{Credential, Response, ResponseParser, SharedTransport, span, transport};
use numbers_core::{
    Account, Attempt, Endpoint, Error, ErrorKind, NumberId, Preview, Release, Vendor,
};
use reqwest::header::{CONTENT_LENGTH, HeaderMap, HeaderValue, USER_AGENT};
use reqwest::{Client, Method, Request};
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tracing::{Instrument, Span};

/// The HTTP client of one vendor's endpoint. Cloning it is cheap.
#[derive(Clone)]
pub struct Http {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) endpoint: Endpoint,
    pub(crate) method: Method,
    pub(crate) base: BaseUrl,
    pub(crate) credential: Credential,
    pub(crate) user_agent: HeaderValue,
    pub(crate) transport: SharedTransport,
    pub(crate) account: Account,
}

impl Http {
    /// The prefix of every path, without a slash at its end.
    pub fn base_path(&self) -> &str {
        self.inner.base.path()
    }

    /// What other clients can share: see [`TransportOptions::with_shared`](crate::TransportOptions::with_shared).
    pub fn shared(&self) -> SharedTransport {
        self.inner.transport.clone()
    }

    /// The account.
    pub fn account(&self) -> Account {
        self.inner.account.clone()
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
            endpoint.vendor().clone(),
            number,
            endpoint.method(),
            base.join(path).as_str(),
        )
        .with_header(credential.name.as_str(), credential.masked.as_str())
        .with_header("user-agent", user_agent.to_str().unwrap_or_default())
    }

    /// Sends one request and classifies its result. `path` begins with
    /// [`base_path`](Self::base_path), its segments encoded.
    ///
    /// # Errors
    ///
    /// Every [`ErrorKind`] but `InvalidNumber` and `NotSent`.
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
            let attempt = Attempt::from_error(&error, started.elapsed());
            error.with_attempt(attempt)
        })
    }

    /// Boxed, so that what awaits reqwest is compiled here alone and not in each vendor's crate, as
    /// [`call`](Self::call) is.
    fn exchange<'a>(&'a self, path: &'a str, span: Span) -> Exchange<'a> {
        Box::pin(self.send(path).instrument(span))
    }

    async fn send(&self, path: &str) -> Result<Received, Error> {
        let SharedTransport {
            client,
            timeout,
            proxy,
            ..
        } = &self.inner.transport;
        let deadline = deadline(*timeout);
        let mut headers = None;
        let mut bytes = Vec::new();
        let exchange = exchange(client, self.request(path), &mut headers, &mut bytes);
        let end = run_until(deadline, exchange).await;
        match (headers, end) {
            (Some((status, headers)), end) => Ok(Received {
                status,
                headers,
                bytes,
                end: match end {
                    Some(Ok(end)) => end,
                    Some(Err(error)) => BodyEnd::Broken(error),
                    None => BodyEnd::TimedOut,
                },
            }),
            (None, Some(Err(error))) => {
                let host = self.inner.account.host();
                Err(transport::failure(
                    self.vendor(),
                    error,
                    host,
                    proxy.as_deref(),
                ))
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
        // Where a body is usual, a server may refuse a request that does not say it has none.
        if [Method::POST, Method::PUT, Method::PATCH].contains(method) {
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        request
    }

    /// As [`call`](Self::call), with the result that all vendors share.
    ///
    /// # Errors
    ///
    /// As [`call`](Self::call).
    pub async fn release<P: ResponseParser>(
        &self,
        path: &str,
        number: &NumberId,
    ) -> Result<Release, Error> {
        let response = self.call::<P>(path, number).await?;
        Ok(response.to_release(self.vendor(), number.clone()))
    }

    /// The vendor.
    pub fn vendor(&self) -> Vendor {
        self.inner.endpoint.vendor().clone()
    }
}

type Exchange<'a> = Pin<Box<dyn Future<Output = Result<Received, Error>> + Send + 'a>>;

/// Sends a request and reads the response: status and headers as soon as they are complete, then the body.
async fn exchange(
    client: &Client,
    request: Request,
    status_and_headers: &mut Option<(u16, HeaderMap)>,
    bytes: &mut Vec<u8>,
) -> reqwest::Result<BodyEnd> {
    let mut response = client.execute(request).await?;
    let headers = std::mem::take(response.headers_mut());
    *status_and_headers = Some((response.status().as_u16(), headers));
    Ok(body::read(&mut response, bytes).await)
}

/// The end of a time-out that begins now. Beyond the range of the clock, a year from now.
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

#[cfg(test)]
mod tests {
    use super::deadline;
    use std::time::Duration;

    #[test]
    fn a_time_out_beyond_the_clock_is_a_long_one() {
        let day = tokio::time::Instant::now() + Duration::from_secs(86_400);
        assert!(deadline(Duration::MAX) > day);
        assert!(deadline(Duration::from_secs(1)) < day);
    }
}
