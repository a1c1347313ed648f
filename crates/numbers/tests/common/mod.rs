//! Clients of the sandbox's servers, and ids that their vendors accept.

#![allow(dead_code, reason = "each test uses a part of it")]

use numbers::{CompiledVendor, Releaser, Retry, RetryPolicy, TransportOptions};
use numbers_sandbox::{Fault, Sandbox, Server, credentials};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

/// How often `Retry` tries in these tests.
pub(crate) const MAX_ATTEMPTS: u32 = 3;

/// How a call is retried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RetryMode {
    /// Not at all: the client without `Retry`.
    Never,
    /// By the default policy.
    Default,
    /// Also after an attempt that may have released.
    ResendAfterUnknown,
}

impl RetryMode {
    pub(crate) const ALL: [Self; 3] = [Self::Never, Self::Default, Self::ResendAfterUnknown];

    /// The client, within `Retry` if the mode asks for it.
    pub(crate) fn wrap(self, client: Arc<dyn Releaser>) -> Arc<dyn Releaser> {
        let pause = Duration::from_millis(1);
        let policy = RetryPolicy::default()
            .with_max_attempts(NonZeroU32::new(MAX_ATTEMPTS).unwrap())
            .with_backoff(pause, pause)
            .with_max_retry_after(pause);
        match self {
            Self::Never => client,
            Self::Default => Arc::new(Retry::new(client, policy)),
            Self::ResendAfterUnknown => {
                Arc::new(Retry::new(client, policy.with_resend_after_unknown(true)))
            }
        }
    }
}

/// A client with the sandbox's credentials and this time-out.
pub(crate) fn client(sandbox: &Sandbox, server: Server, timeout: Duration) -> Arc<dyn Releaser> {
    let vendor: CompiledVendor = vendor(server).parse().unwrap();
    let url = sandbox.base_url(server);
    let lookup = |name: &str| match name {
        "TWOCHAT_API_KEY" => Some(credentials::TWOCHAT_API_KEY.into()),
        "SYNTHFLOW_API_KEY" => Some(credentials::SYNTHFLOW_API_KEY.into()),
        "EXOTEL_API_KEY" => Some(credentials::EXOTEL_API_KEY.into()),
        "EXOTEL_API_TOKEN" => Some(credentials::EXOTEL_API_TOKEN.into()),
        "EXOTEL_ACCOUNT_SID" => Some(credentials::EXOTEL_ACCOUNT_SID.into()),
        name if name.ends_with("_BASE_URL") => Some((&url).into()),
        _ => None,
    };
    let transport = TransportOptions::new().with_timeout(timeout);
    vendor.from_vars(lookup, transport).unwrap()
}

/// The server's vendor, as [`CompiledVendor`] names it.
pub(crate) fn vendor(server: Server) -> &'static str {
    match server {
        Server::TwoChat => "twochat",
        Server::SynthflowGlobal | Server::SynthflowUs | Server::SynthflowEu => "synthflow",
        Server::ExotelSingapore | Server::ExotelMumbai => "exotel",
    }
}

/// A part of each id that [`id`] makes, for each format.
pub(crate) const ID_PARTS: [&str; 2] = ["00c0ffee", "99155577"];

/// An id that this server's vendor accepts.
pub(crate) fn id(server: Server, index: usize) -> String {
    match vendor(server) {
        "twochat" => format!("DID00c0ffee-0000-4000-8000-{index:012x}"),
        "synthflow" => format!("99155577{index:07}"),
        _ => format!("00c0ffee{index:024x}"),
    }
}

/// Whether an attempt with this fault ends by the client's time-out.
pub(crate) fn is_stall(fault: &Fault) -> bool {
    let name = fault.to_string();
    name.starts_with("stall") || name == "one byte a second"
}
