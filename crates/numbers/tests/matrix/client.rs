//! A client of one of the sandbox's servers.

use numbers::{Choice, Releaser};
use numbers_sandbox::{Sandbox, Server, credentials};
use std::sync::Arc;
use std::time::Duration;

/// A client with the sandbox's credentials and this time-out.
pub(crate) fn client(sandbox: &Sandbox, server: Server, timeout: Duration) -> Arc<dyn Releaser> {
    let choice: Choice = vendor(server).parse().unwrap();
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
    choice.with_timeout(timeout).from_vars(lookup).unwrap()
}

/// The vendor whose server it is, as [`Choice`] names it.
pub(crate) fn vendor(server: Server) -> &'static str {
    match server {
        Server::TwoChat => "twochat",
        Server::SynthflowGlobal | Server::SynthflowUs | Server::SynthflowEu => "synthflow",
        Server::ExotelSingapore | Server::ExotelMumbai => "exotel",
    }
}

/// A piece of every id that [`id`] makes, of which there is one for each form.
#[allow(dead_code)] // the soak searches no log
pub(crate) const PIECES_OF_IDS: [&str; 2] = ["00c0ffee", "99155577"];

/// The id of a number that this server's vendor would take, a phone number at Synthflow.
pub(crate) fn id(server: Server, index: usize) -> String {
    match vendor(server) {
        "twochat" => format!("DID00c0ffee-0000-4000-8000-{index:012x}"),
        "synthflow" => format!("99155577{index:07}"),
        _ => format!("00c0ffee{index:024x}"),
    }
}
