//! Each fact stands in the contract alone, and none can change unnoticed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use xtask::codegen;
use xtask::contract::mutate::FACTS;
use xtask::contract::{Contract, FILE, Piece};
use xtask::workspace::{self, Folder};

/// What the vendors' pages say, written down a second time and by hand, in the words of the files
/// that are generated.
fn literals(krate: &str) -> &'static [&'static str] {
    match krate {
        "twochat-voip" => &[
            ".with_method(\"DELETE\")",
            "Endpoint::new(VENDOR, \"delete-virtual-number\",",
            "\"/open/voip/virtual-numbers/{virtual_number_uuid}\"",
            "SERVER: &str = \"https://api.p.2chat.io\"",
            "Auth::Header(\"x-user-api-key\")",
            "&[(200, Outcome::Released)]",
            "pub success: Option<bool>",
            "    pub(crate) const SUCCESS: bool = true;",
            "    pub(crate) const ERROR: bool = true;",
            "pub(crate) error_message: ",
            "pub(crate) message:",
            "pub(crate) detail: ",
            "Form::Uuid { prefix: \"DID\" }",
            "\"/open/voip/virtual-numbers/DID64a54de2-8ebe-4c01-838f-a2235815dab4\"",
            "{\"error\":true,\"error_message\":\"Something went wrong\"}",
        ],
        "synthflow-numbers" => &[
            ".with_method(\"DELETE\")",
            "Endpoint::new(VENDOR, \"delete-phone-number\",",
            "\"/numbers/{phone_number_slug}\"",
            "Self::Global => \"https://api.synthflow.ai/v2\"",
            "Self::Us => \"https://api.us.synthflow.ai/v2\"",
            "Self::Eu => \"https://api.eu.synthflow.ai/v2\"",
            "Auth::Bearer",
            "&[(200, Outcome::Released)]",
            "pub status: Option<String>",
            "STATUS: &str = \"ok\"",
            "pub(crate) detail: ",
            "pub(crate) error: ",
            "pub(crate) message:",
            "Form::Without { prefix: \"+\" }",
            "\"/v2/numbers/33782990580\"",
        ],
        "exotel-numbers" => &[
            ".with_method(\"DELETE\")",
            "Endpoint::new(VENDOR, \"release-number\",",
            "\"/v2_beta/Accounts/{account_sid}/IncomingPhoneNumbers/{exophone_sid}\"",
            "Self::Singapore => \"https://api.exotel.com\"",
            "Self::Mumbai => \"https://api.in.exotel.com\"",
            "AUTH: Auth = Auth::Basic",
            "&[(202, Outcome::Accepted)]",
            "STATUS: i64 = 202",
            "LEAST_STATUS: i64 = 400",
            "rename = \"RestException\"",
            "rename = \"Code\"",
            "pub(crate) error_data: ",
            "\"an account of another region answers the same: ",
            "\"/v2_beta/Accounts/Exotel/IncomingPhoneNumbers/",
        ],
        other => panic!("no literals for {other}"),
    }
}

fn folders() -> Vec<Folder> {
    workspace::vendors(workspace::root()).unwrap()
}

fn text(krate: &str) -> String {
    let path = workspace::root().join("crates").join(krate).join(FILE);
    fs::read_to_string(path).unwrap()
}

/// What a contract's crate is generated to be, or nothing where the gate refuses the contract.
fn generated(krate: &str, text: &str) -> Option<Vec<codegen::File>> {
    let contract = Contract::read(krate, text).ok()?;
    Some(codegen::of_vendor(&contract).unwrap())
}

fn missing(krate: &str, files: &[codegen::File]) -> Vec<&'static str> {
    // As rustfmt would have it on lines without end.
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
    let says = |literal: &str| texts.iter().any(|text| text.contains(literal.trim()));
    literals(krate)
        .iter()
        .copied()
        .filter(|literal| !says(literal))
        .collect()
}

#[test]
fn the_contracts_say_what_the_pages_say() {
    for Folder { name, .. } in folders() {
        let files = generated(&name, &text(&name)).unwrap();
        assert_eq!(missing(&name, &files), [] as [&str; 0], "{name}");
    }
}

#[test]
fn every_changed_fact_is_noticed() {
    let mut before = BTreeMap::new();
    for fact in FACTS {
        let text = text(fact.krate);
        let before = before
            .entry(fact.krate)
            .or_insert_with(|| generated(fact.krate, &text).unwrap());
        let changed = fact.change(&text).unwrap();
        let after = generated(fact.krate, &changed)
            .unwrap_or_else(|| panic!("{}, {}: refused by the gate", fact.krate, fact.name));
        let code = |files: &[codegen::File]| -> Vec<String> {
            let lines = files.iter().flat_map(|file| file.text.lines());
            lines
                .filter(|line| !line.contains("SHA-256"))
                .map(str::to_owned)
                .collect()
        };
        assert_ne!(code(before), code(&after), "{}, {}", fact.krate, fact.name);
        assert_ne!(
            missing(fact.krate, &after),
            [] as [&str; 0],
            "{}, {}",
            fact.krate,
            fact.name
        );
    }
}

/// What `src/` says outside the generated file, tests apart.
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

/// The texts by which a vendor's wire would be known.
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
                assert!(!text.contains(&fact), "{}/{name} says {fact}", folder.name);
            }
            let numbers =
                text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
            let status = numbers.filter(|word| word.len() == 3).find(|word| {
                word.parse::<u16>()
                    .is_ok_and(|code| (200..600).contains(&code))
            });
            assert_eq!(status, None, "{}/{name} says a status", folder.name);
        }
    }
}

#[test]
fn the_configuration_reads_the_variables_that_the_tables_show() {
    for folder in folders() {
        let contract = Contract::load(&folder).unwrap();
        let shown: BTreeSet<_> = contract
            .document
            .variables
            .iter()
            .map(|variable| variable.value.name.clone())
            .collect();
        let prefix = shown.iter().next().unwrap().split('_').next().unwrap();
        let config = fs::read_to_string(folder.path.join("src/config.rs")).unwrap();
        let read: BTreeSet<_> = config
            .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
            .filter(|word| word.starts_with(&format!("{prefix}_")))
            .map(str::to_owned)
            .collect();
        assert_eq!(read, shown, "{}", folder.name);
    }
}
