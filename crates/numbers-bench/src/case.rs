//! What is measured: a client, and how it connects.

use crate::clients::Name;
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::fmt;

/// How often a client connects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// A connection for each call: the default of our clients.
    Fresh,
    /// Idle connections are kept and used again: the default of reqwest.
    Kept,
}

/// What the connection speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ValueEnum)]
pub enum Scheme {
    /// Plain http.
    Http,
    /// TLS.
    Https,
}

/// One client in one mode over one scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Args)]
pub struct Case {
    /// How often it connects.
    pub mode: Mode,
    /// What it connects over.
    pub scheme: Scheme,
    /// The client.
    pub name: Name,
}

impl Case {
    /// Every case of these clients, the defaults first.
    pub fn all(names: &[Name]) -> Vec<Self> {
        let mut cases = Vec::new();
        for mode in [Mode::Fresh, Mode::Kept] {
            for scheme in [Scheme::Http, Scheme::Https] {
                let names = names
                    .iter()
                    .filter(|name| scheme == Scheme::Http || name.is_measured_over_tls());
                cases.extend(names.map(|&name| Self { mode, scheme, name }));
            }
        }
        cases
    }

    /// The same call by hand, in the same mode over the same scheme.
    #[must_use]
    pub fn by_hand(self) -> Self {
        Self {
            name: self.name.by_hand(),
            ..self
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fresh => "fresh",
            Self::Kept => "kept",
        })
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Http => "http",
            Self::Https => "https",
        })
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.name, self.mode, self.scheme)
    }
}
