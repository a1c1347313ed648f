//! What to do next, once for each cause.

use super::line::Line;
use numbers::{Disposition, Endpoint};
use std::collections::BTreeMap;

/// How many numbers failed or are unknown, by cause.
#[derive(Default)]
pub(crate) struct Causes {
    unknown: u64,
    failed: BTreeMap<&'static str, usize>,
}

impl Causes {
    pub(crate) fn add(&mut self, line: &Line<'_>) {
        match (line.outcome, line.kind) {
            (Disposition::Unknown, _) => self.unknown += 1,
            (Disposition::Failed, Some(kind)) => *self.failed.entry(kind).or_default() += 1,
            _ => {}
        }
    }

    /// Where to look up the numbers that are unknown.
    pub(crate) fn unknown(&self, endpoint: &Endpoint) -> Option<String> {
        (self.unknown > 0).then(|| lookup(self.unknown, endpoint))
    }

    /// A sentence for each cause of a failure.
    pub(crate) fn failed(&self, endpoint: &Endpoint) -> Vec<String> {
        let causes = self.failed.iter();
        causes
            .filter_map(|(kind, count)| {
                Some(format!("{count} failed, {kind}: {}", next(kind, endpoint)?))
            })
            .collect()
    }
}

/// Where to look up numbers that are unknown.
pub(crate) fn lookup(count: u64, endpoint: &Endpoint) -> String {
    let (them, lookup) = (
        if count == 1 { "it" } else { "them" },
        endpoint.where_to_check(),
    );
    format!(
        "{count} unknown: the vendor may have released {them}. Check before you try again: {lookup}"
    )
}

/// What to do about a kind of failure.
pub(crate) fn next(kind: &str, endpoint: &Endpoint) -> Option<String> {
    let vendor = endpoint.vendor();
    Some(match kind {
        "unauthenticated" => {
            format!("check key and account; `numbers vendors {vendor}` shows where they come from")
        }
        "payment_required" => "pay the vendor, then run the same command again".to_owned(),
        "permission_denied" => {
            "use the key of the account that holds the numbers, or ask for permission to release"
                .to_owned()
        }
        "not_found" => format!(
            "check the ids, and whether account and region are those that hold them; `numbers vendors {vendor}` \
             shows what an id looks like"
        ),
        "conflict" => format!("look at the numbers' state: {}", endpoint.where_to_check()),
        "rejected" => format!("see the vendor's message, and {}", endpoint.docs()),
        "rate_limited" => {
            "try again later, slower with --rate, or with --retry, which waits".to_owned()
        }
        "connect" => "check network, proxy and host; --retry tries again".to_owned(),
        "not_sent" => "nothing was sent; release them later".to_owned(),
        _ => return None,
    })
}
