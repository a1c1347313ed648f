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
mod target;

use crate::case::Case;
use crate::server::Endpoints;
use anyhow::Result;
pub use name::Name;
use numbers_core::{RateLimit, Releaser, Retry};
use std::sync::Arc;
use target::Target;

const KEY: &str = "sk-0123456789abcdef0123456789abcdef";
const SLUG: &str = "33782990580";
const UUID: &str = "DID64a54de2-8ebe-4c01-838f-a2235815dab4";
const ACCOUNT_SID: &str = "acme1";
const EXOPHONE_SID: &str = "8f1dc7ac6f2d4a5f8dd6c2e5b3f0a917";

/// Whether this machine has the certificates without which reqwest builds no client of its defaults.
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
    /// Makes a client that calls the server.
    ///
    /// # Errors
    ///
    /// Where the HTTP client can't be made.
    pub fn new(case: Case, endpoints: &Endpoints) -> Result<Self> {
        let target = &Target::new(case, endpoints)?;
        let synthflow = || by_hand::Reqwest::new(target, target.synthflow());
        let other = || by_hand::Reqwest::new(target, target.url.clone());
        Ok(match case.name {
            Name::Hyper => Self::Hyper(Box::new(by_hand::Hyper::new(target)?)),
            Name::Reqwest => Self::Reqwest(synthflow()?),
            Name::ReqwestJson => Self::ReqwestJson(synthflow()?),
            Name::ReqwestNew => Self::ReqwestNew(by_hand::ReqwestNew::new(target.clone())),
            Name::Progenitor => Self::Progenitor(generated::Client::new_with_client(
                &target.synthflow(),
                by_hand::client_with_key(target)?,
            )),
            Name::TwochatByHand => Self::TwochatByHand(other()?),
            Name::ExotelByHand => Self::ExotelByHand(other()?),
            Name::Twochat => Self::Twochat(ours::twochat(target)?),
            Name::Synthflow => Self::Synthflow(ours::synthflow(target)?),
            Name::Exotel => Self::Exotel(ours::exotel(target)?),
            Name::Dyn => Self::Dyn(Arc::new(ours::synthflow(target)?)),
            Name::Retry => Self::Retry(ours::retry(target)?),
            Name::RateLimit => Self::RateLimit(ours::rate_limit(target)?),
        })
    }

    /// Makes one call and checks that it succeeded.
    ///
    /// # Errors
    ///
    /// Where it did not: figures of a failed call are worth nothing.
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
