//! The clients that are compared. All but those of the other two vendors make Synthflow's call.

mod by_hand;
#[allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used
)]
#[rustfmt::skip]
mod generated;
mod name;
mod ours;

use anyhow::Result;
pub use name::Name;
use numbers_core::{RateLimit, Releaser, Retry};
use std::sync::Arc;

const KEY: &str = "sk-0123456789abcdef0123456789abcdef";
const SLUG: &str = "33782990580";
const UUID: &str = "DID64a54de2-8ebe-4c01-838f-a2235815dab4";
const ACCOUNT_SID: &str = "acme1";
const EXOPHONE_SID: &str = "8f1dc7ac6f2d4a5f8dd6c2e5b3f0a917";

/// Whether this machine has the certificates without which reqwest makes no client.
pub fn certificates_are_installed() -> bool {
    reqwest::Client::builder().build().is_ok()
}

/// A client that is ready to call.
#[derive(Debug)]
pub enum Client {
    /// [`Name::Hyper`].
    Hyper(Box<by_hand::Hyper>),
    /// [`Name::Reqwest`].
    Reqwest(by_hand::Reqwest),
    /// [`Name::ReqwestJson`].
    ReqwestJson(by_hand::Reqwest),
    /// [`Name::ReqwestNew`].
    ReqwestNew(by_hand::ReqwestNew),
    /// [`Name::Progenitor`].
    Progenitor(generated::Client),
    /// [`Name::TwochatByHand`].
    TwochatByHand(by_hand::Reqwest),
    /// [`Name::ExotelByHand`].
    ExotelByHand(by_hand::Reqwest),
    /// [`Name::Twochat`].
    Twochat(twochat_voip::Client),
    /// [`Name::Synthflow`].
    Synthflow(synthflow_numbers::Client),
    /// [`Name::Exotel`].
    Exotel(exotel_numbers::Client),
    /// [`Name::Dyn`].
    Dyn(Arc<dyn Releaser>),
    /// [`Name::Retry`].
    Retry(Retry<synthflow_numbers::Client>),
    /// [`Name::RateLimit`].
    RateLimit(RateLimit<synthflow_numbers::Client>),
}

impl Client {
    /// Makes a client for the server at `url`.
    ///
    /// # Errors
    ///
    /// Where the HTTP client can't be made, for want of certificates.
    pub fn new(name: Name, url: &str) -> Result<Self> {
        Ok(match name {
            Name::Hyper => Self::Hyper(Box::new(by_hand::Hyper::new(url)?)),
            Name::Reqwest => Self::Reqwest(by_hand::Reqwest::new(&by_hand::synthflow(url))?),
            Name::ReqwestJson => {
                Self::ReqwestJson(by_hand::Reqwest::new(&by_hand::synthflow(url))?)
            }
            Name::ReqwestNew => Self::ReqwestNew(by_hand::ReqwestNew::new(url)),
            Name::Progenitor => Self::Progenitor(generated::Client::new_with_client(
                &by_hand::synthflow(url),
                by_hand::client_with_key()?,
            )),
            Name::TwochatByHand => Self::TwochatByHand(by_hand::Reqwest::new(url)?),
            Name::ExotelByHand => Self::ExotelByHand(by_hand::Reqwest::new(url)?),
            Name::Twochat => Self::Twochat(ours::twochat(url)?),
            Name::Synthflow => Self::Synthflow(ours::synthflow(url)?),
            Name::Exotel => Self::Exotel(ours::exotel(url)?),
            Name::Dyn => Self::Dyn(Arc::new(ours::synthflow(url)?)),
            Name::Retry => Self::Retry(ours::retry(url)?),
            Name::RateLimit => Self::RateLimit(ours::rate_limit(url)?),
        })
    }

    /// Makes one call and checks that it succeeded.
    ///
    /// # Errors
    ///
    /// Where it did not: the figures would be of something else.
    pub async fn call(&self) -> Result<()> {
        match self {
            Self::Hyper(client) => client.call().await,
            Self::Reqwest(client) => client.call().await,
            Self::ReqwestJson(client) => client.call_json().await,
            Self::ReqwestNew(client) => client.call().await,
            Self::Progenitor(client) => by_hand::generated(client).await,
            Self::TwochatByHand(client) => client.call_twochat().await,
            Self::ExotelByHand(client) => client.call_exotel().await,
            Self::Twochat(client) => ours::call_twochat(client).await,
            Self::Synthflow(client) => ours::call_synthflow(client).await,
            Self::Exotel(client) => ours::call_exotel(client).await,
            Self::Dyn(client) => ours::release(client).await,
            Self::Retry(client) => ours::release(client).await,
            Self::RateLimit(client) => ours::release(client).await,
        }
    }
}
