use std::fmt;

use crate::reading::{Reading, exotel, synthflow, two_chat};

/// One of the servers that the vendors name: a vendor, and the region where it has several.
///
/// Each has a listener and numbers of its own. A number held in one region does not exist in
/// another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Server {
    /// 2Chat, `https://api.p.2chat.io`.
    TwoChat,
    /// Synthflow Global, `https://api.synthflow.ai/v2`.
    SynthflowGlobal,
    /// Synthflow United States, `https://api.us.synthflow.ai/v2`.
    SynthflowUs,
    /// Synthflow European Union, `https://api.eu.synthflow.ai/v2`.
    SynthflowEu,
    /// Exotel Singapore, `https://api.exotel.com`.
    ExotelSingapore,
    /// Exotel Mumbai, `https://api.in.exotel.com`.
    ExotelMumbai,
}

impl Server {
    /// Every server, in the order in which [fixed ports](crate::Builder::first_port) are given out.
    pub const ALL: [Self; 6] = [
        Self::TwoChat,
        Self::SynthflowGlobal,
        Self::SynthflowUs,
        Self::SynthflowEu,
        Self::ExotelSingapore,
        Self::ExotelMumbai,
    ];

    /// A short name that stays the same: `twochat`, `synthflow-global`, `synthflow-us`,
    /// `synthflow-eu`, `exotel-singapore` or `exotel-mumbai`. It is the `Display` form too.
    pub fn name(self) -> &'static str {
        match self {
            Self::TwoChat => "twochat",
            Self::SynthflowGlobal => "synthflow-global",
            Self::SynthflowUs => "synthflow-us",
            Self::SynthflowEu => "synthflow-eu",
            Self::ExotelSingapore => "exotel-singapore",
            Self::ExotelMumbai => "exotel-mumbai",
        }
    }

    pub(crate) fn reading(self) -> &'static Reading {
        match self {
            Self::TwoChat => &two_chat::READING,
            Self::SynthflowGlobal | Self::SynthflowUs | Self::SynthflowEu => &synthflow::READING,
            Self::ExotelSingapore | Self::ExotelMumbai => &exotel::READING,
        }
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
