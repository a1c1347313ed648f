//! Differences between our contract and a vendor's document.
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing)] // in what the tests share

mod changes;
mod declared;
mod operation;
mod reading;

use serde_json::Value;
use xtask::contract::Contract;
use xtask::diff::{Difference, compare};

const SYNTHFLOW: &str = include_str!("../../../crates/synthflow-numbers/contract/openapi.yaml");
/// The facts of Synthflow's document, shortened.
const THEIRS: &str = include_str!("../fixtures/synthflow.yaml");

fn differences(theirs: &str) -> Vec<Difference> {
    let contract = Contract::read("synthflow-numbers", SYNTHFLOW).unwrap();
    compare(&contract, theirs).unwrap().differences
}

fn facts(theirs: &str) -> Vec<String> {
    differences(theirs)
        .into_iter()
        .map(|difference| difference.fact)
        .collect()
}

/// The fixture as JSON, for changes by pointer.
fn json() -> Value {
    serde_saphyr::from_str(THEIRS).unwrap()
}

/// The part of the fixture's operation at `at`.
fn part<'a>(document: &'a mut Value, at: &str) -> &'a mut Value {
    let item = document["paths"].as_object_mut().unwrap();
    let operation = &mut item.iter_mut().next().unwrap().1["delete"];
    operation.pointer_mut(at).unwrap()
}

/// The reported facts after `value` is put at `at` in the operation, or removed if it is null.
fn changed(vendor: &Vendor, at: &str, value: Value) -> Vec<String> {
    let mut theirs: Value = serde_saphyr::from_str(vendor.theirs).unwrap();
    let (folder, name) = at.rsplit_once('/').unwrap();
    let folder = part(&mut theirs, folder).as_object_mut().unwrap();
    match value {
        Value::Null => assert!(folder.remove(name).is_some(), "{at}"),
        value => drop(folder.insert(name.to_owned(), value)),
    }
    vendor.facts(&theirs.to_string())
}

/// A contract, and a document with exactly the facts of the vendor's page.
struct Vendor {
    ours: &'static str,
    theirs: &'static str,
}

const VENDORS: [Vendor; 3] = [
    Vendor {
        ours: include_str!("../../../crates/twochat-voip/contract/openapi.yaml"),
        theirs: include_str!("../fixtures/twochat.yaml"),
    },
    Vendor {
        ours: include_str!("../../../crates/exotel-numbers/contract/openapi.yaml"),
        theirs: include_str!("../fixtures/exotel.yaml"),
    },
    Vendor {
        ours: SYNTHFLOW,
        theirs: THEIRS,
    },
];
const TWOCHAT: &Vendor = &VENDORS[0];
const EXOTEL: &Vendor = &VENDORS[1];

impl Vendor {
    fn facts(&self, theirs: &str) -> Vec<String> {
        let (ours, file) = (self.ours.to_owned(), String::new());
        let contract = Contract::from_text("acme", ours, file, true).unwrap();
        let found = compare(&contract, theirs).unwrap().differences;
        found.into_iter().map(|one| one.fact).collect()
    }
}
