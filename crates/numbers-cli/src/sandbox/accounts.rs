//! The accounts in the command's sandbox: made-up numbers and the variables for them.

use numbers::NumberId;
use numbers_sandbox::{Sandbox, Server, credentials};
use std::ffi::OsString;

/// An account at one vendor, the same at each server.
pub(crate) struct Account {
    /// The vendor's name in the facade.
    pub(crate) vendor: &'static str,
    /// The servers. The variables are for the first.
    pub(crate) servers: &'static [Server],
    /// The made-up numbers at each server.
    pub(crate) numbers: &'static [&'static str],
    secrets: &'static [(&'static str, &'static str)],
}

pub(crate) const TWOCHAT: Account = Account {
    vendor: "twochat",
    servers: &[Server::TwoChat],
    numbers: &[
        "DID00000000-0000-4000-8000-000000000001",
        "DID00000000-0000-4000-8000-000000000002",
        "DID00000000-0000-4000-8000-000000000003",
    ],
    secrets: &[("TWOCHAT_API_KEY", credentials::TWOCHAT_API_KEY)],
};

pub(crate) const SYNTHFLOW: Account = Account {
    vendor: "synthflow",
    servers: &[
        Server::SynthflowGlobal,
        Server::SynthflowUs,
        Server::SynthflowEu,
    ],
    numbers: &["12025550101", "12025550102", "12025550103"],
    secrets: &[("SYNTHFLOW_API_KEY", credentials::SYNTHFLOW_API_KEY)],
};

pub(crate) const EXOTEL: Account = Account {
    vendor: "exotel",
    servers: &[Server::ExotelSingapore, Server::ExotelMumbai],
    numbers: &[
        "00000000000000000000000000000001",
        "00000000000000000000000000000002",
        "00000000000000000000000000000003",
    ],
    secrets: &[
        ("EXOTEL_API_KEY", credentials::EXOTEL_API_KEY),
        ("EXOTEL_API_TOKEN", credentials::EXOTEL_API_TOKEN),
        ("EXOTEL_ACCOUNT_SID", credentials::EXOTEL_ACCOUNT_SID),
    ],
};

pub(crate) const ACCOUNTS: [Account; 3] = [TWOCHAT, SYNTHFLOW, EXOTEL];

impl Account {
    /// The ids of the numbers at each server: of this many made-up ones, or of those above.
    pub(crate) fn ids(&self, numbers: Option<u32>) -> impl Iterator<Item = String> {
        let fixed = self.numbers.iter().filter(move |_| numbers.is_none());
        let made_up = (1..=numbers.unwrap_or_default()).filter_map(|n| {
            let server = self.servers.first()?;
            Some(server.made_up_number(n))
        });
        fixed.map(|id| (*id).to_owned()).chain(made_up)
    }

    /// The first of its numbers.
    pub(crate) fn number(&self) -> NumberId {
        NumberId::from(self.numbers.first().copied().unwrap_or_default())
    }

    /// Puts the made-up numbers into the sandbox.
    pub(crate) fn seed(&self, sandbox: &Sandbox) {
        for server in self.servers {
            for number in self.numbers {
                sandbox.hold(*server, number);
            }
        }
    }

    /// The variable for the base URL.
    pub(crate) fn base_url_variable(&self) -> String {
        format!("{}_BASE_URL", self.vendor.to_uppercase())
    }

    /// The variables for the first server, with their values.
    pub(crate) fn variables(&self, sandbox: &Sandbox) -> Vec<(String, String)> {
        let secrets = self.secrets.iter();
        let mut variables: Vec<_> = secrets
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        if let Some(server) = self.servers.first() {
            variables.push((self.base_url_variable(), sandbox.base_url(*server)));
        }
        variables
    }

    /// Looks up these variables instead of the environment.
    pub(crate) fn lookup(&self, sandbox: &Sandbox) -> impl Fn(&str) -> Option<OsString> {
        let variables = self.variables(sandbox);
        move |wanted| {
            let mut pairs = variables.iter();
            let (_, value) = pairs.find(|(name, _)| name == wanted)?;
            Some(OsString::from(value))
        }
    }
}
