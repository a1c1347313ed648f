//! An invalid contract is refused with name, line and column.
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing)] // in what the tests share

mod document;
mod names;
mod responses;

use xtask::contract::Contract;

const TWOCHAT: &str = include_str!("../../../crates/twochat-voip/contract/openapi.yaml");
const EXOTEL: &str = include_str!("../../../crates/exotel-numbers/contract/openapi.yaml");
const SYNTHFLOW: &str = include_str!("../../../crates/synthflow-numbers/contract/openapi.yaml");

/// The line and column of `mark`, starting at 1.
fn place(text: &str, mark: &str) -> String {
    let at = text.find(mark).unwrap();
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
    format!("{line}:{column}")
}

/// Replaces `from` with `to`, and expects the error `what` at `mark`.
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
fn the_contracts_are_valid() {
    for text in [TWOCHAT, SYNTHFLOW, EXOTEL] {
        let (text, file) = (text.to_owned(), String::new());
        assert!(Contract::from_text("acme", text, file, true).is_ok());
    }
}
