use std::fmt;

use crate::{
    made_up,
    vendor_spec::{VendorSpec, exotel, synthflow, two_chat},
};

/// A vendor's server, by region if the vendor has several.
///
/// Each has its own listener and its own numbers. A number held in one region does not exist in another.
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
    /// Every server, in the order of the [fixed ports](crate::Builder::first_port).
    pub const ALL: [Self; 6] = [
        Self::TwoChat,
        Self::SynthflowGlobal,
        Self::SynthflowUs,
        Self::SynthflowEu,
        Self::ExotelSingapore,
        Self::ExotelMumbai,
    ];

    /// A short, stable name: `twochat`, `synthflow-global`, `synthflow-us`, `synthflow-eu`, `exotel-singapore` or
    /// `exotel-mumbai`. `Display` shows it too.
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

    /// The id of the nth made-up number, from 1 on, in the vendor's format. [`Builder::numbers`](crate::Builder::numbers)
    /// holds them.
    pub fn made_up_number(self, n: u32) -> String {
        made_up::id(self, n)
    }

    pub(crate) fn spec(self) -> &'static VendorSpec {
        match self {
            Self::TwoChat => &two_chat::SPEC,
            Self::SynthflowGlobal | Self::SynthflowUs | Self::SynthflowEu => &synthflow::SPEC,
            Self::ExotelSingapore | Self::ExotelMumbai => &exotel::SPEC,
        }
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
