//! The rules for a contract beyond its syntax.

mod names;
mod parameters;
mod request;
mod responses;
mod schemas;
mod variables;

use super::{Contract, Refusal};

/// Every violation.
pub(super) fn refusals(contract: &Contract) -> Vec<Refusal> {
    let mut found = Vec::new();
    schemas::cycles(contract, &mut found);
    // The other rules need schemas that end.
    if found.is_empty() {
        for rule in [
            names::check,
            request::check,
            parameters::check,
            variables::check,
            schemas::check,
            responses::check,
        ] {
            rule(contract, &mut found);
        }
    }
    found
}
