//! No part of a contract is dead: where a value or a key is changed, the contract is refused, or something that
//! is generated changes.
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing)] // in what the tests share

use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use xtask::codegen;
use xtask::contract::Contract;
use xtask::workspace;

const PAGE: &str = include_str!("../../docs/adding-a-vendor.md");

/// What is generated from a contract, or `None` if it is refused.
fn generated(like: &Contract, document: &Value) -> Option<Vec<(String, String)>> {
    let text = document.to_string();
    let contract = Contract::from_text(&like.krate, text, like.file.clone(), like.reads_by_hand);
    let files = codegen::drafts(workspace::root(), &[contract.ok()?]).unwrap();
    let shown = |text: &str| -> String {
        let lines = text.lines().filter(|line| !line.contains("SHA-256"));
        lines.collect::<Vec<_>>().join("\n")
    };
    let files = files.into_iter();
    Some(
        files
            .map(|it| (it.path.display().to_string(), shown(&it.text)))
            .collect(),
    )
}

/// The JSON pointers to every object and every other value that is no array.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items
                .map(|(count, item)| (count.to_string(), item))
                .collect()
        }
        Value::Object(fields) => {
            let escaped = |name: &str| name.replace('~', "~0").replace('/', "~1");
            fields
                .iter()
                .map(|(name, value)| (escaped(name), value))
                .collect()
        }
        _ => Vec::new(),
    };
    if !value.is_array() {
        found.push(at.to_owned());
    }
    for (name, value) in inner {
        pointers(value, &format!("{at}/{name}"), found);
    }
}

fn key(pointer: &str) -> &str {
    pointer.rsplit_once('/').map_or("", |(_, key)| key)
}

/// The values that each key has in any contract: what else a word may be, where not any word will do.
fn words(documents: &[Value]) -> BTreeMap<String, BTreeSet<String>> {
    let mut words: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for document in documents {
        let mut all = Vec::new();
        pointers(document, "", &mut all);
        for at in all {
            if let Some(word) = document.pointer(&at).unwrap().as_str() {
                words
                    .entry(key(&at).to_owned())
                    .or_default()
                    .insert(word.to_owned());
            }
        }
    }
    words
}

/// Other values, and for an object the same with another name for each of its keys.
fn others(value: &Value) -> Vec<Value> {
    match value {
        Value::Bool(it) => vec![(!it).into()],
        Value::Number(it) => vec![
            it.as_i64()
                .map_or_else(|| 0.25.into(), |it| (it + 1).into()),
        ],
        Value::String(it) => vec![format!("{it}x").into()],
        Value::Object(fields) => {
            let renamed = |name: &String| -> Value {
                let fields = fields.iter().map(|(key, value)| {
                    let end = if key == name { "x" } else { "" };
                    (format!("{key}{end}"), value.clone())
                });
                fields.collect::<Map<_, _>>().into()
            };
            fields.keys().map(renamed).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn every_value_and_key_of_every_contract_counts() {
    let mut contracts = codegen::contracts(workspace::root()).unwrap();
    // The vendors of this workspace do not need every key. The one of the page on adding a vendor needs others.
    let (_, page) = PAGE.split_once("```yaml\n").unwrap();
    let (text, _) = page.split_once("```").unwrap();
    contracts.push(Contract::read("acme-lines", text).unwrap());
    contracts.push(Contract::read("acme-calls", include_str!("fixtures/acme.yaml")).unwrap());
    let document = |contract: &Contract| serde_saphyr::from_str(&contract.text).unwrap();
    let documents: Vec<Value> = contracts.iter().map(document).collect();
    let words = words(&documents);
    let mut unnoticed = Vec::new();
    for (contract, document) in contracts.iter().zip(&documents) {
        let before = generated(contract, document).unwrap();
        let mut all = Vec::new();
        pointers(document, "", &mut all);
        assert!(all.len() > 50, "{} has {}", contract.krate, all.len());
        for at in all {
            let mut try_value = |other: Value| {
                let mut changed = document.clone();
                *changed.pointer_mut(&at).unwrap() = other;
                let after = generated(contract, &changed);
                if after.as_ref() == Some(&before) {
                    unnoticed.push(format!("{}: {at}", contract.krate));
                }
                after.is_some()
            };
            let value = document.pointer(&at).unwrap();
            let is_taken = others(value)
                .into_iter()
                .map(&mut try_value)
                .fold(false, |a, b| a | b);
            // Where not any word will do, the others that there are.
            if let (false, Some(word)) = (is_taken, value.as_str()) {
                for other in words[key(&at)].iter().filter(|other| *other != word) {
                    try_value(other.as_str().into());
                }
            }
        }
    }
    assert_eq!(unnoticed, [""; 0]);
}
