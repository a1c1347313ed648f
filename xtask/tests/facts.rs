//! Each fact is only in the contract, and no change goes unnoticed.
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing)] // in what the tests share

use std::collections::BTreeSet;
use std::fs;
use xtask::codegen;
use xtask::contract::mutate::{self, Fact};
use xtask::contract::{Contract, FILE, Piece};
use xtask::workspace::{self, Folder};

/// The facts of the vendor's page, written by hand beside the contract.
fn literals(folder: &Folder) -> Vec<String> {
    let text = fs::read_to_string(folder.path.join("contract/literals.txt")).unwrap();
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

fn folders() -> Vec<Folder> {
    workspace::vendors(workspace::root()).unwrap()
}

fn text(folder: &Folder) -> String {
    fs::read_to_string(folder.path.join(FILE)).unwrap()
}

/// The generated files, or `None` if the contract is invalid.
fn generated(folder: &Folder, text: &str) -> Option<Vec<codegen::File>> {
    let contract = Contract::read(&folder.name, text).ok()?;
    Some(codegen::vendor_files(&contract).unwrap())
}

/// The literals that the files, with line ends removed, do not contain.
fn missing(folder: &Folder, files: &[codegen::File]) -> Vec<String> {
    let texts: Vec<String> = files
        .iter()
        .map(|file| {
            file.text
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .replace("( ", "(")
        })
        .collect();
    let found = |literal: &String| texts.iter().any(|text| text.contains(literal));
    literals(folder)
        .into_iter()
        .filter(|literal| !found(literal))
        .collect()
}

#[test]
fn generated_files_contain_the_facts_of_the_pages() {
    for folder in folders() {
        assert_ne!(literals(&folder), [] as [&str; 0], "{}", folder.name);
        let files = generated(&folder, &text(&folder)).unwrap();
        assert_eq!(missing(&folder, &files), [] as [&str; 0], "{}", folder.name);
    }
}

#[test]
fn every_changed_fact_is_noticed() {
    for folder in folders() {
        let text = text(&folder);
        let code = |files: &[codegen::File]| -> Vec<String> {
            let lines = files.iter().flat_map(|file| file.text.lines());
            lines
                .filter(|line| !line.contains("SHA-256"))
                .map(str::to_owned)
                .collect()
        };
        let before = code(&generated(&folder, &text).unwrap());
        let facts = Fact::all(&folder).unwrap();
        assert!(!facts.is_empty(), "{}", folder.name);
        for fact in facts {
            let name = format!("{}, {}", folder.name, fact.name);
            let changed = fact.change(&text).unwrap();
            let after = generated(&folder, &changed)
                .unwrap_or_else(|| panic!("{name}: refused by the gate"));
            assert_ne!(before, code(&after), "{name}");
            assert_ne!(missing(&folder, &after), [] as [&str; 0], "{name}");
        }
    }
}

#[test]
fn an_unknown_crate_is_refused_by_mutate() {
    let changed = mutate::run(Some("typo"), |krate, _, _| panic!("{krate}"));
    assert_eq!(
        changed.unwrap_err().to_string(),
        "no vendor's crate typo; expected one of: exotel-numbers, synthflow-numbers, twochat-voip"
    );
}

/// The files of `src/` other than the constants.
fn by_hand(folder: &Folder) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder.path.join("src")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name != "wire.rs" {
            files.push((name, fs::read_to_string(path).unwrap()));
        }
    }
    files
}

/// The facts of a contract, as they would appear in code.
fn facts(contract: &Contract) -> BTreeSet<String> {
    let mut facts = BTreeSet::from([contract.operation().unwrap().id.value.clone()]);
    for piece in contract.pieces() {
        if let Piece::Literal(text) = piece {
            facts.insert(text.to_owned());
            facts.extend(
                text.split('/')
                    .filter(|part| part.len() > 7)
                    .map(str::to_owned),
            );
        }
    }
    for server in contract.servers() {
        let host = server.url.value.trim_start_matches("https://");
        facts.insert(host.split('/').next().unwrap().to_owned());
        facts.extend(
            server
                .region
                .iter()
                .map(|region| format!("\"{}\"", region.value)),
        );
    }
    for parameter in contract.parameters() {
        facts.insert(format!("\"{}\"", parameter.example.value));
    }
    facts.extend(contract.scheme().unwrap().name.clone());
    facts.extend(
        contract
            .scheme()
            .unwrap()
            .name
            .as_ref()
            .map(|name| name.to_ascii_lowercase()),
    );
    for schema in contract.document.components.schemas.values() {
        for (name, property) in &schema.value.properties {
            facts.insert(format!("\"{name}\""));
            facts.insert(format!("\\\"{name}\\\""));
            let only = property
                .value
                .value
                .as_ref()
                .and_then(|only| only.value.as_str());
            facts.extend(only.map(|only| format!("\"{only}\"")));
        }
    }
    facts
}

#[test]
fn no_fact_is_written_by_hand_in_src() {
    for folder in folders() {
        let contract = Contract::load(&folder).unwrap();
        for (name, text) in by_hand(&folder) {
            for fact in facts(&contract) {
                assert!(
                    !text.contains(&fact),
                    "{}/{name} contains {fact}",
                    folder.name
                );
            }
            let numbers =
                text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
            let status = numbers.filter(|word| word.len() == 3).find(|word| {
                word.parse::<u16>()
                    .is_ok_and(|code| (200..600).contains(&code))
            });
            assert_eq!(status, None, "{}/{name} contains a status", folder.name);
        }
    }
}
