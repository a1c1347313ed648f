//! What the clients are called.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use std::fmt;

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
        matches!(
            self,
            Self::Twochat
                | Self::Synthflow
                | Self::Exotel
                | Self::Dyn
                | Self::Retry
                | Self::RateLimit
        )
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
