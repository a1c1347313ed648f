//! Different OpenAPI for the same facts.

use super::{SYNTHFLOW, THEIRS, differences, facts, json};
use serde_json::json;
use xtask::contract::Contract;
use xtask::diff::compare;

#[test]
fn version_3_0_is_read_too() {
    let mut theirs = json();
    theirs["openapi"] = json!("3.0.3");
    theirs["components"]["schemas"]["word"]["nullable"] = json!(true);
    assert_eq!(differences(&theirs.to_string()), []);
    theirs["components"]["schemas"]["word"]["type"] = json!("integer");
    assert_eq!(facts(&theirs.to_string()), ["response 200, field /status"]);
}

#[test]
fn a_prefix_may_be_in_the_server_or_in_the_path() {
    let theirs = THEIRS
        .replace("/v2\n", "\n")
        .replace("  /numbers/", "  /v2/numbers/");
    assert_ne!(theirs, THEIRS);
    assert_eq!(differences(&theirs), []);
}

#[test]
fn server_variables_are_expanded() {
    let mut theirs = json();
    theirs["servers"] = json!([
        { "url": "https://{host}.synthflow.ai/v2/", "variables": { "host": { "default": "api", "enum": ["api", "api.us", "api.eu"] } } },
    ]);
    assert_eq!(differences(&theirs.to_string()), []);
}

#[test]
fn a_recursive_schema_terminates() {
    let mut theirs = json();
    theirs["components"]["schemas"]["Done"]["properties"]["more"] =
        json!({ "$ref": "#/components/schemas/Done" });
    assert!(facts(&theirs.to_string()).contains(&"response 200, field /more".to_owned()));
    for name in 0..30 {
        theirs["components"]["schemas"]["Done"]["properties"][format!("field{name}")] =
            json!({ "$ref": "#/components/schemas/Done" });
    }
    assert!(facts(&theirs.to_string()).contains(&"response 200, field /field1".to_owned()));
    theirs["components"]["schemas"]["Done"] = json!({ "$ref": "#/components/schemas/Done" });
    assert_eq!(
        facts(&theirs.to_string()),
        ["response 200, body", "response 200, field /status"]
    );
}

#[test]
fn anything_but_openapi_3_is_an_error() {
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
