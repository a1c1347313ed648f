//! The calls as a careful person writes them by hand: with the time-outs that ours have, and with a look at the
//! status.

use super::target::Target;
use super::{ACCOUNT_SID, EXOPHONE_SID, KEY, SLUG, UUID, generated};
use crate::case::Mode;
use anyhow::{Result, ensure};
use bytes::Bytes;
use http_body_util::{BodyExt, Empty};
use hyper::header::{AUTHORIZATION, USER_AGENT};
use hyper::{Method, Request};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use reqwest::Response;
use reqwest::header::{HeaderMap, HeaderValue};
use serde::Deserialize;
use std::hint::black_box;
use std::time::Duration;

const PRODUCT: &str = "acme/1.0";

#[derive(Debug, Deserialize)]
struct Synthflow {
    status: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Twochat {
    success: Option<bool>,
}

#[derive(Debug, Deserialize)]
struct Exotel {
    #[serde(rename = "Status")]
    status: Option<u16>,
    #[serde(rename = "Message")]
    message: Option<String>,
}

/// hyper-util and nothing above it.
#[derive(Debug)]
pub struct Hyper {
    client: Client<HttpConnector, Empty<Bytes>>,
    base: String,
    authorization: HeaderValue,
}

impl Hyper {
    pub(super) fn new(target: &Target) -> Result<Self> {
        let mut builder = Client::builder(TokioExecutor::new());
        if target.mode == Mode::Fresh {
            builder.pool_max_idle_per_host(0);
        }
        Ok(Self {
            client: builder.build_http(),
            base: target.synthflow(),
            authorization: bearer()?,
        })
    }

    pub(super) async fn call(&self) -> Result<()> {
        let request = Request::builder()
            .method(Method::DELETE)
            .uri(format!("{}/numbers/{}", self.base, black_box(SLUG)))
            .header(AUTHORIZATION, self.authorization.clone())
            .header(USER_AGENT, HeaderValue::from_static(PRODUCT))
            .body(Empty::new())?;
        let response = self.client.request(request).await?;
        ensure!(response.status().is_success());
        black_box(response.into_body().collect().await?.to_bytes());
        Ok(())
    }
}

/// reqwest, one client for all calls.
#[derive(Debug)]
pub struct Reqwest {
    client: reqwest::Client,
    base: String,
}

impl Reqwest {
    pub(super) fn new(target: &Target, base: String) -> Result<Self> {
        let client = shared(target).build()?;
        Ok(Self { client, base })
    }

    /// Synthflow's call, the body taken as it is.
    pub(super) async fn call(&self) -> Result<()> {
        black_box(self.synthflow().await?.bytes().await?);
        Ok(())
    }

    /// Synthflow's call, the body read.
    pub(super) async fn call_json(&self) -> Result<()> {
        let body: Synthflow = self.synthflow().await?.json().await?;
        ensure!(body.status.as_deref() == Some("ok"));
        Ok(())
    }

    /// 2Chat's call, the body read.
    pub(super) async fn call_twochat(&self) -> Result<()> {
        let body: Twochat = self.twochat().await?.json().await?;
        ensure!(body.success == Some(true));
        Ok(())
    }

    /// Exotel's call, the body read.
    pub(super) async fn call_exotel(&self) -> Result<()> {
        let body: Exotel = self.exotel().await?.json().await?;
        ensure!(body.status == Some(202) && body.message.is_some());
        Ok(())
    }

    async fn synthflow(&self) -> Result<Response> {
        let url = format!("{}/numbers/{}", self.base, black_box(SLUG));
        let response = self.client.delete(url).bearer_auth(KEY).send().await?;
        Ok(response.error_for_status()?)
    }

    async fn twochat(&self) -> Result<Response> {
        let (base, uuid) = (&self.base, black_box(UUID));
        let url = format!("{base}/open/voip/virtual-numbers/{uuid}");
        let request = self.client.delete(url).header("X-User-API-Key", KEY);
        let response = request.send().await?;
        Ok(response.error_for_status()?)
    }

    async fn exotel(&self) -> Result<Response> {
        let (base, account, sid) = (&self.base, black_box(ACCOUNT_SID), black_box(EXOPHONE_SID));
        let url = format!("{base}/v2_beta/Accounts/{account}/IncomingPhoneNumbers/{sid}");
        let request = self.client.delete(url).basic_auth(KEY, Some(KEY));
        let response = request.send().await?;
        Ok(response.error_for_status()?)
    }
}

/// reqwest, a client for each call, which loads the system's certificates each time.
#[derive(Debug)]
pub struct ReqwestNew(Target);

impl ReqwestNew {
    pub(super) fn new(target: Target) -> Self {
        Self(target)
    }

    pub(super) async fn call(&self) -> Result<()> {
        let Self(target) = self;
        let builder = target.by_hand(builder());
        let new = Reqwest {
            client: builder.tls_certs_merge(target.roots.clone()).build()?,
            base: target.synthflow(),
        };
        new.call_json().await
    }
}

/// The call of the generated client.
pub(super) async fn generated(client: &generated::Client) -> Result<()> {
    let body = client.delete_phone_number(black_box(SLUG)).await?;
    ensure!(body.status.as_deref() == Some("ok"));
    Ok(())
}

/// The client under the generated one, which leaves the key to it.
pub(super) fn client_with_key(target: &Target) -> Result<reqwest::Client> {
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, bearer()?);
    Ok(shared(target).default_headers(headers).build()?)
}

fn bearer() -> Result<HeaderValue> {
    Ok(HeaderValue::from_str(&format!("Bearer {KEY}"))?)
}

/// For a client that is made once and trusts nothing but the server.
fn shared(target: &Target) -> reqwest::ClientBuilder {
    target
        .by_hand(builder())
        .tls_certs_only(target.roots.clone())
}

fn builder() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .user_agent(PRODUCT)
        .timeout(Duration::from_secs(30))
        .connect_timeout(Duration::from_secs(10))
        .no_proxy()
}
