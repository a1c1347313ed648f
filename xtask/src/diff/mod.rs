//! `cargo xtask contract diff`: the differences between our contract and a document that a vendor publishes.

mod compare;
mod document;
mod facts;

use crate::contract::Contract;
use crate::contract::model::{Deviation, Differs};
use anyhow::{Context, Result};
pub use compare::Difference;
use compare::differences;
use document::OpenApi;
use facts::{Call, Fact};

/// What a comparison found.
#[derive(Debug, Default)]
pub struct Findings {
    /// Undeclared differences.
    pub differences: Vec<Difference>,
    /// Differences that our contract declares, with a reason.
    pub expected: Vec<Differs>,
    /// Declared differences that are not there.
    pub vanished: Vec<Deviation>,
}

/// Compares a contract with the text of a vendor's document: OpenAPI 3, YAML or JSON.
///
/// # Errors
///
/// If the text is not such a document.
pub fn compare(contract: &Contract, text: &str) -> Result<Findings> {
    let ours = OpenApi::read(&contract.text)?.calls().next();
    let ours = ours.context("the contract has no operation")?;
    let document = OpenApi::read(text)?;
    let likely = document
        .calls()
        .filter_map(|theirs| Some((likeness(&ours, &theirs)?, theirs)));
    let mut all = match likely.min_by_key(|(likeness, _)| *likeness) {
        Some((_, theirs)) => differences(&ours, &theirs),
        None => vec![Difference {
            fact: "operation".to_owned(),
            ours: format!("{} {}", contract.method, ours.path),
            theirs: "not there".to_owned(),
        }],
    };
    let mut findings = Findings::default();
    for declared in &contract.document.differs {
        let is_gone = |known: &&Deviation| !all.iter().any(|one| is(known, one));
        let gone: Vec<_> = declared.facts.iter().filter(is_gone).cloned().collect();
        // A declared group applies only if all of it is found.
        if gone.is_empty() {
            findings.expected.push(declared.clone());
        }
        findings.vanished.extend(gone);
    }
    let expected: Vec<_> = findings.expected.iter().flat_map(|it| &it.facts).collect();
    all.retain(|one| !expected.iter().any(|known| is(known, one)));
    findings.differences = all;
    Ok(findings)
}

/// How an operation matches ours, best match first: by method and path, by method and shape, by name, by shape
/// alone. The shape is the path except for parameter names and where the server's prefix ends.
fn likeness(ours: &Call, theirs: &Call) -> Option<usize> {
    let same_method =
        ours.facts.get("method").map(Fact::shown) == theirs.facts.get("method").map(Fact::shown);
    let ways = [
        same_method && ours.path == theirs.path,
        same_method && ours.is_at(theirs),
        ours.is_named_like(theirs),
        ours.is_at(theirs),
    ];
    ways.into_iter().position(|is_alike| is_alike)
}

/// Whether a difference is the declared one.
fn is(known: &Deviation, found: &Difference) -> bool {
    known.fact == found.fact && known.theirs == found.theirs
}
