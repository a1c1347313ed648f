//! What a contract must not say is refused by name, line and column.
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing)] // in what the tests share

mod answers;
mod document;
mod names;

use xtask::contract::Contract;

const TWOCHAT: &str = include_str!("../../../crates/twochat-voip/contract/openapi.yaml");
const EXOTEL: &str = include_str!("../../../crates/exotel-numbers/contract/openapi.yaml");
const SYNTHFLOW: &str = include_str!("../../../crates/synthflow-numbers/contract/openapi.yaml");

/// The line and column at which `mark` stands, from 1.
fn place(text: &str, mark: &str) -> String {
    let at = text.find(mark).unwrap();
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
    format!("{line}:{column}")
}

/// Puts `to` in place of `from`, and expects a refusal, at `mark`, that says `what`.
#[track_caller]
fn refused(contract: &str, from: &str, to: &str, mark: &str, what: &str) {
    assert!(contract.contains(from), "{from}");
    let text = contract.replacen(from, to, 1);
    let shown = Contract::read("acme", &text).unwrap_err().to_string();
    let expected = format!(
        "crates/acme/contract/openapi.yaml:{}: {what}",
        place(&text, mark)
    );
    let found = shown.lines().any(|line| line.starts_with(&expected));
    assert!(found, "{shown}\nexpected {expected}");
}

#[test]
fn the_contracts_themselves_pass() {
    for text in [TWOCHAT, SYNTHFLOW, EXOTEL] {
        assert!(Contract::read("acme", text).is_ok());
    }
}
