//! What the clients are called.

use clap::ValueEnum;
use std::fmt;

/// The name of a client in tables and files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ValueEnum)]
pub enum Name {
    /// hyper-util's client alone: the floor.
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

    /// Whether it is one of ours.
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

    /// Whether it is measured over TLS too. The others add the same there as over http, and hyper has no
    /// TLS of its own.
    pub fn is_measured_over_tls(self) -> bool {
        !matches!(
            self,
            Self::Hyper | Self::Reqwest | Self::Dyn | Self::Retry | Self::RateLimit
        )
    }

    /// The same call by hand with reqwest.
    pub fn by_hand(self) -> Self {
        match self {
            Self::TwochatByHand | Self::Twochat => Self::TwochatByHand,
            Self::ExotelByHand | Self::Exotel => Self::ExotelByHand,
            _ => Self::ReqwestJson,
        }
    }

    /// This many calls, or far fewer of the one that is slower by orders of magnitude.
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
