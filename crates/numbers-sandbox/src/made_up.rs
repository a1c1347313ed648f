//! Made-up numbers: the nth of a server has an id that follows from n, so that none is kept as a string.

use crate::Server;

/// How many made-up numbers a server can have: the Synthflow pattern has seven digits for them.
pub(crate) const MOST: u32 = 9_999_999;

/// The id is the prefix, then n with leading zeros.
struct Pattern {
    prefix: &'static str,
    digits: usize,
}

impl Pattern {
    fn for_server(server: Server) -> Self {
        match server {
            Server::TwoChat => Self {
                prefix: "DID00000000-0000-4000-8000-",
                digits: 12,
            },
            // No phone has such a number: 555 is no area code.
            Server::SynthflowGlobal | Server::SynthflowUs | Server::SynthflowEu => Self {
                prefix: "1555",
                digits: 7,
            },
            Server::ExotelSingapore | Server::ExotelMumbai => Self {
                prefix: "",
                digits: 32,
            },
        }
    }
}

/// The id of the nth made-up number.
pub(crate) fn id(server: Server, n: u32) -> String {
    let Pattern { prefix, digits } = Pattern::for_server(server);
    format!("{prefix}{n:0digits$}")
}

/// The index of an id among the made-up numbers, from 0; none if it does not follow the pattern.
pub(crate) fn index(server: Server, id: &str) -> Option<usize> {
    let Pattern { prefix, digits } = Pattern::for_server(server);
    let rest = id.strip_prefix(prefix)?;
    let is_whole = rest.len() == digits && rest.bytes().all(|byte| byte.is_ascii_digit());
    let n: usize = if is_whole { rest.parse().ok()? } else { 0 };
    n.checked_sub(1)
}
