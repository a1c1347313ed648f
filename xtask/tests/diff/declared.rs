//! Declared differences.

use super::{SYNTHFLOW, THEIRS, facts};
use xtask::contract::Contract;
use xtask::diff::compare;

#[test]
fn a_declared_difference_is_reported_with_its_reason() {
    let contract = Contract::read("synthflow-numbers", SYNTHFLOW).unwrap();
    let expected = compare(&contract, THEIRS).unwrap().expected;
    let facts = expected.iter().flat_map(|known| &known.facts);
    let facts: Vec<_> = facts.map(|known| known.fact.as_str()).collect();
    assert_eq!(facts, ["parameter header Authorization", "authentication"]);
    assert!(expected.iter().all(|known| !known.reason.is_empty()));
}

#[test]
fn declared_differences_are_expected_only_together() {
    let (at, end) = (
        THEIRS.find("        - name: Authorization").unwrap(),
        THEIRS.find("      responses:").unwrap(),
    );
    let theirs = format!("{}{}", &THEIRS[..at], &THEIRS[end..]);
    assert_eq!(facts(&theirs), ["authentication"]);
    let applied = theirs.replacen("paths:", "security:\n  - token: []\npaths:", 1);
    assert_eq!(facts(&applied), [] as [&str; 0]);
}

#[test]
fn a_declared_difference_that_is_missing_is_reported() {
    let vanished = |theirs: &str| -> Vec<String> {
        let contract = Contract::read("synthflow-numbers", SYNTHFLOW).unwrap();
        let vanished = compare(&contract, theirs).unwrap().vanished;
        vanished.into_iter().map(|known| known.fact).collect()
    };
    assert_eq!(vanished(THEIRS), [] as [&str; 0]);
    let applied = THEIRS.replacen("paths:", "security:\n  - token: []\npaths:", 1);
    assert_eq!(vanished(&applied), ["authentication"]);
    // Another difference in the same fact does not count.
    let optional = THEIRS.replacen(
        "in: header\n          required: true",
        "in: header\n          required: false",
        1,
    );
    assert_ne!(optional, THEIRS);
    assert_eq!(vanished(&optional), ["parameter header Authorization"]);
    assert_eq!(
        facts(&optional),
        ["authentication", "parameter header Authorization"]
    );
}
