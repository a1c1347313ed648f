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
mod ours;

use anyhow::Result;
use clap::ValueEnum;
use numbers_core::{RateLimit, Releaser, Retry};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

const KEY: &str = "sk-0123456789abcdef0123456789abcdef";
const SLUG: &str = "33782990580";
const UUID: &str = "DID64a54de2-8ebe-4c01-838f-a2235815dab4";
const ACCOUNT_SID: &str = "acme1";
const EXOPHONE_SID: &str = "8f1dc7ac6f2d4a5f8dd6c2e5b3f0a917";

/// The name of a client in tables and files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Name {
    /// hyper-util's pooled client: the floor.
    Hyper,
    /// reqwest by hand, the body taken as bytes.
    Reqwest,
    /// reqwest by hand, the body read as JSON.
    ReqwestJson,
    /// A new reqwest client for each call, the usual mistake.
    ReqwestNew,
    /// What progenitor generates.
    Progenitor,
    /// 2Chat's call by hand, as [`Name::ReqwestJson`] makes Synthflow's.
    TwochatByHand,
    /// Exotel's call by hand, as [`Name::ReqwestJson`] makes Synthflow's.
    ExotelByHand,
    /// Our client for 2Chat.
    Twochat,
    /// Our client for Synthflow.
    Synthflow,
    /// Our client for Exotel.
    Exotel,
    /// Our client for Synthflow as `Arc<dyn Releaser>`.
    Dyn,
    /// Our client for Synthflow in `Retry`.
    Retry,
    /// Our client for Synthflow in `RateLimit`.
    RateLimit,
}

impl Name {
    /// Every client, in the order of the tables.
    pub fn all() -> &'static [Self] {
        Self::value_variants()
    }

    /// Whether it is one of this workspace's.
    pub fn is_ours(self) -> bool {
        self >= Self::Twochat
    }

    /// Whether it is there only for another client to be compared with.
    pub fn is_yardstick(self) -> bool {
        matches!(self, Self::TwochatByHand | Self::ExotelByHand)
    }

    /// The same call by hand, with which its cost is compared.
    pub fn by_hand(self) -> Self {
        match self {
            Self::TwochatByHand | Self::Twochat => Self::TwochatByHand,
            Self::ExotelByHand | Self::Exotel => Self::ExotelByHand,
            _ => Self::ReqwestJson,
        }
    }

    /// How many calls stand for so many of another client: one that makes itself anew each time is
    /// slower by orders of magnitude.
    pub fn scaled(self, calls: u32) -> u32 {
        if self == Self::ReqwestNew {
            (calls / 50).max(2)
        } else {
            calls
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.to_possible_value();
        f.pad(value.as_ref().map_or("", |value| value.get_name()))
    }
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
