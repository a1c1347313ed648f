//! One request, and what came of it.

use crate::answer::{Answers, Complaint, Verdict};
use crate::base::Base;
use crate::body::{self, Body, End};
use crate::redact::redact;
use crate::{Credential, Pool, Response, Settings, retry_after, span, transport};
use numbers_core::{Attempt, Endpoint, Error, NumberId, Preview, Vendor};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER, USER_AGENT};
use reqwest::{Method, Request};
use std::fmt;
use std::sync::Arc;
use std::time::{Instant, SystemTime};
use tracing::Instrument;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// A vendor's endpoint, ready to be called. Cloning it is cheap.
#[derive(Clone)]
pub struct Http {
    inner: Arc<Inner>,
}

struct Inner {
    endpoint: Endpoint,
    method: Method,
    base: Base,
    credential: Credential,
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
        let variable = vendor.as_str().to_uppercase();
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

    /// Sends one request and sorts what comes of it. `path` begins with
    /// [`base_path`](Self::base_path), its segments encoded.
    ///
    /// # Errors
    ///
    /// Every failure of the outcome table but the two that precede sending.
    pub async fn call<A: Answers>(
        &self,
        path: &str,
        number: &NumberId,
    ) -> Result<Response<A::Success>, Error> {
        let Inner { endpoint, base, .. } = &*self.inner;
        let span = span::open(endpoint, base);
        let started = Instant::now();
        let result = self
            .exchange::<A>(path, number, started)
            .instrument(span.clone())
            .await;
        span::close(&span, &result);
        result.map_err(|error| {
            let attempt = Attempt::failed(error.kind(), started.elapsed())
                .with_may_have_released(error.may_have_released())
                .with_status(error.status())
                .with_request_id(error.request_id());
            error.with_attempt(attempt)
        })
    }

    async fn exchange<A: Answers>(
        &self,
        path: &str,
        number: &NumberId,
        started: Instant,
    ) -> Result<Response<A::Success>, Error> {
        let client = &self.inner.pool.client;
        let mut response = client
            .execute(self.request(path))
            .await
            .map_err(|error| transport::failure(self.vendor(), error))?;
        let status = response.status().as_u16();
        let headers = std::mem::take(response.headers_mut());
        let body = body::read(&mut response).await;
        let answer = Answer {
            status,
            headers,
            body,
        };
        match self.judge::<A>(&answer) {
            Ok((body, outcome)) => Ok(Response {
                body,
                outcome,
                status,
                request_id: self.request_id(&answer.headers, number),
                headers: answer.headers,
                bytes: answer.body.bytes,
                duration: started.elapsed(),
            }),
            Err(fault) => Err(self.error::<A>(fault, answer, number)),
        }
    }

    /// Apart from [`exchange`](Self::exchange), whose future would keep the room for it to the end.
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

    /// The outcome table, from the head of an answer on.
    fn judge<A: Answers>(
        &self,
        answer: &Answer,
    ) -> Result<(A::Success, numbers_core::Outcome), Fault> {
        if !(200..300).contains(&answer.status) {
            return Err(Fault::Status);
        }
        match &answer.body.end {
            End::Whole => {}
            End::TooLong => return Err(Fault::Unexpected("the body is longer than 64 KiB")),
            End::Broken(_) => return Err(Fault::Unexpected("the body is not whole")),
        }
        let outcome = self.inner.endpoint.outcome(answer.status);
        match (A::judge(&answer.body.bytes), outcome) {
            (Verdict::Refused(complaint), _) => Err(Fault::Refused(complaint)),
            (_, None) => Err(Fault::Unexpected(
                "not the status that is documented as success",
            )),
            (Verdict::Unexpected(why), _) => Err(Fault::Unexpected(why)),
            (Verdict::Success(body), Some(outcome)) => Ok((body, outcome)),
        }
    }

    fn error<A: Answers>(&self, fault: Fault, answer: Answer, number: &NumberId) -> Error {
        let Answer {
            status,
            headers,
            body,
        } = answer;
        let error = Error::from_status(self.vendor(), status);
        let (error, complaint) = match fault {
            Fault::Status => (error, A::complaint(&body.bytes)),
            Fault::Unexpected(why) => (error.with_detail(why), A::complaint(&body.bytes)),
            Fault::Refused(complaint) => (refusal(self.vendor(), status, &complaint), complaint),
        };
        let shown = |text: Option<String>| {
            text.map(|text| redact(&text, &self.inner.credential.secrets, number))
        };
        let request_id = shown(complaint.request_id)
            .map(Into::into)
            .or_else(|| self.request_id(&headers, number));
        let kind = error.kind();
        let error = error
            .with_vendor_code(shown(complaint.code).as_deref())
            .with_vendor_message(shown(complaint.message).as_deref())
            .with_request_id(request_id.as_deref())
            .with_retry_after(
                headers
                    .get(RETRY_AFTER)
                    .and_then(|value| retry_after(value.as_bytes(), SystemTime::now())),
            )
            .with_hint(A::hint(kind))
            .with_body(body.bytes);
        match body.end {
            End::Broken(cause) => error.with_source(cause.without_url()),
            _ => error,
        }
    }

    fn request_id(&self, headers: &HeaderMap, number: &NumberId) -> Option<Box<str>> {
        let id = headers.get(REQUEST_ID)?.to_str().ok()?;
        Some(redact(id, &self.inner.credential.secrets, number).into())
    }

    fn vendor(&self) -> Vendor {
        self.inner.endpoint.vendor()
    }
}

struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Body,
}

enum Fault {
    Status,
    Unexpected(&'static str),
    Refused(Complaint),
}

/// An error form under 2xx: what its own status says, and a refusal where it gives none. It is never
/// repeated, for the vendor did not answer as documented.
fn refusal(vendor: Vendor, status: u16, complaint: &Complaint) -> Error {
    Error::from_status(vendor, complaint.status.unwrap_or(400))
        .permanent()
        .with_status(status)
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
