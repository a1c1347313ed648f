//! Where a vendor's own document and our contract part, and where not.
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing)] // in what the tests share

use serde_json::{Value, json};
use xtask::contract::Contract;
use xtask::contract::diff::{Difference, compare};

const SYNTHFLOW: &str = include_str!("../../crates/synthflow-numbers/contract/openapi.yaml");
/// The facts of Synthflow's document, in few words of our own.
const THEIRS: &str = include_str!("fixtures/synthflow.yaml");

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

#[test]
fn their_document_as_it_is_does_not_differ() {
    assert_eq!(differences(THEIRS), []);
    assert_eq!(differences(&json().to_string()), []);
}

#[test]
fn what_is_expected_to_differ_is_told_with_its_reason() {
    let contract = Contract::read("synthflow-numbers", SYNTHFLOW).unwrap();
    let expected = compare(&contract, THEIRS).unwrap().expected;
    let facts: Vec<_> = expected.iter().map(|known| known.fact.as_str()).collect();
    assert_eq!(facts, ["authentication", "parameter header Authorization"]);
    assert!(expected.iter().all(|known| !known.reason.is_empty()));
}

#[test]
fn every_changed_fact_is_reported() {
    let changes: &[(&str, &str, &[&str])] = &[
        (
            "https://api.us.synthflow.ai/v2",
            "https://us.synthflow.ai/v2",
            &["servers"],
        ),
        (
            "  - url: https://api.eu.synthflow.ai/v2\n",
            "",
            &["servers"],
        ),
        ("    delete:", "    post:", &["method"]),
        ("  /numbers/{", "  /phones/{", &["path"]),
        (
            "- name: phone_number_slug",
            "- name: slug",
            &["parameter path phone_number_slug", "parameter path slug"],
        ),
        (
            "- name: Authorization",
            "- name: X-Key",
            &["parameter header X-Key"],
        ),
        ("scheme: bearer", "scheme: basic", &["authentication"]),
        ("'200':", "'202':", &["answer 200", "answer 202"]),
        ("'400':", "'422':", &["answer 400", "answer 422"]),
        (
            "        status:",
            "        state:",
            &["answer 200, field /state", "answer 200, field /status"],
        ),
        (
            "          $ref: '#/components/schemas/word'",
            "          type: boolean",
            &["answer 200, field /status"],
        ),
        (
            "      operationId: delete-phone-number",
            "      operationId: delete-phone-number\n      requestBody: {}",
            &["request body"],
        ),
    ];
    for (from, to, reported) in changes {
        assert!(THEIRS.contains(from), "{from}");
        let changed = THEIRS.replacen(from, to, 1);
        assert_eq!(facts(&changed), *reported, "{from} -> {to}");
    }
}

#[test]
fn each_difference_shows_both_sides() {
    let found = differences(&THEIRS.replacen("    delete:", "    put:", 1));
    let shown: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert_eq!(shown, ["method\n  ours:   DELETE\n  theirs: PUT"]);
}

#[test]
fn another_value_of_the_success_is_a_difference() {
    let mut theirs = json();
    theirs["components"]["schemas"]["word"]["enum"] = json!(["done", "failed"]);
    assert_eq!(
        facts(&theirs.to_string()),
        ["answer 200, field /status, value"]
    );
    theirs["components"]["schemas"]["word"]["enum"] = json!(["ok", "failed"]);
    assert_eq!(differences(&theirs.to_string()), []);
}

#[test]
fn version_3_0_is_read_too() {
    let mut theirs = json();
    theirs["openapi"] = json!("3.0.3");
    theirs["components"]["schemas"]["word"]["nullable"] = json!(true);
    assert_eq!(differences(&theirs.to_string()), []);
    theirs["components"]["schemas"]["word"]["type"] = json!("integer");
    assert_eq!(facts(&theirs.to_string()), ["answer 200, field /status"]);
}

#[test]
fn a_prefix_that_moves_from_the_servers_to_the_path_is_no_difference() {
    let theirs = THEIRS
        .replace("/v2\n", "\n")
        .replace("  /numbers/", "  /v2/numbers/");
    assert_ne!(theirs, THEIRS);
    assert_eq!(differences(&theirs), []);
}

#[test]
fn servers_with_variables_are_spelt_out() {
    let mut theirs = json();
    theirs["servers"] = json!([
        { "url": "https://{host}.synthflow.ai/v2/", "variables": { "host": { "default": "api", "enum": ["api", "api.us", "api.eu"] } } },
    ]);
    assert_eq!(differences(&theirs.to_string()), []);
}

#[test]
fn hundreds_of_other_paths_some_of_them_invalid_do_not_matter() {
    let mut theirs = json();
    for count in 0..400 {
        theirs["paths"][format!("/other/{count}")] = match count % 4 {
            0 => json!({ "get": { "responses": { "200": { "$ref": "#/nowhere" } } } }),
            1 => json!({ "delete": "not an operation" }),
            2 => json!(null),
            _ => json!({ "post": { "parameters": { "not": "a list" }, "responses": [1, 2] } }),
        };
    }
    assert_eq!(differences(&theirs.to_string()), []);
    theirs["servers"][0]["url"] = json!("https://api.synthflow.example/v2");
    assert_eq!(facts(&theirs.to_string()), ["servers"]);
}

#[test]
fn a_schema_that_contains_itself_ends() {
    let mut theirs = json();
    theirs["components"]["schemas"]["Done"]["properties"]["more"] =
        json!({ "$ref": "#/components/schemas/Done" });
    assert!(facts(&theirs.to_string()).contains(&"answer 200, field /more".to_owned()));
    theirs["components"]["schemas"]["Done"] = json!({ "$ref": "#/components/schemas/Done" });
    assert_eq!(facts(&theirs.to_string()), ["answer 200, field /status"]);
}

#[test]
fn a_document_without_the_operation_differs() {
    let mut theirs = json();
    theirs["paths"] = json!({ "/other": { "get": {} } });
    assert_eq!(facts(&theirs.to_string()), ["operation"]);
}

#[test]
fn what_is_no_openapi_document_is_an_error() {
    let contract = Contract::read("synthflow-numbers", SYNTHFLOW).unwrap();
    for text in [
        "",
        "- a list",
        "swagger: '2.0'\npaths: {}",
        "openapi: 3.1.0",
        "a: b: c",
        "<html>",
    ] {
        assert!(compare(&contract, text).is_err(), "{text}");
    }
}
