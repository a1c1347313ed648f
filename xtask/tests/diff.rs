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
    let facts = expected.iter().flat_map(|known| &known.facts);
    let facts: Vec<_> = facts.map(|known| known.fact.as_str()).collect();
    assert_eq!(facts, ["parameter header Authorization", "authentication"]);
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
            &["authentication", "parameter header X-Key"],
        ),
        (
            "scheme: bearer",
            "scheme: basic",
            &["authentication", "parameter header Authorization"],
        ),
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
    assert_eq!(
        facts(&theirs.to_string()),
        ["answer 200, field /status, value"]
    );
    theirs["components"]["schemas"]["word"]["enum"] = json!(["ok", null]);
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
    assert_eq!(
        facts(&theirs.to_string()),
        ["answer 200, body", "answer 200, field /status"]
    );
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

/// The pointer of the one operation's part, in any of the fixtures.
fn part<'a>(document: &'a mut Value, at: &str) -> &'a mut Value {
    let item = document["paths"].as_object_mut().unwrap();
    let operation = &mut item.iter_mut().next().unwrap().1["delete"];
    operation.pointer_mut(at).unwrap()
}

/// What is reported of a fixture once `value` stands at `at` in its operation, or nothing does.
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

/// A contract and a document that says what the vendor's page says, and nothing that is believed.
struct Vendor {
    ours: &'static str,
    theirs: &'static str,
}

const VENDORS: [Vendor; 3] = [
    Vendor {
        ours: include_str!("../../crates/twochat-voip/contract/openapi.yaml"),
        theirs: include_str!("fixtures/twochat.yaml"),
    },
    Vendor {
        ours: include_str!("../../crates/exotel-numbers/contract/openapi.yaml"),
        theirs: include_str!("fixtures/exotel.yaml"),
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
        let contract = Contract::read("acme", self.ours).unwrap();
        let found = compare(&contract, theirs).unwrap().differences;
        found.into_iter().map(|one| one.fact).collect()
    }
}

#[test]
fn a_document_that_says_no_more_than_the_page_does_not_differ() {
    for vendor in &VENDORS {
        assert_eq!(vendor.facts(vendor.theirs), [] as [&str; 0]);
    }
}

#[test]
fn what_is_believed_may_be_documented_too() {
    let body = "/responses/200/content/application~1json/schema/properties";
    assert_eq!(
        changed(
            TWOCHAT,
            &format!("{body}/error_message"),
            json!({ "type": "string" })
        ),
        [] as [&str; 0]
    );
    let refused = json!({ "description": "refused", "content": { "application/json": { "schema": {
        "type": "object",
        "properties": { "RestException": { "type": "object", "properties": { "Code": { "type": "integer" } } } },
    } } } });
    assert_eq!(changed(EXOTEL, "/responses/404", refused), [] as [&str; 0]);
}

#[test]
fn an_answer_that_moves_to_another_status_is_a_difference() {
    for (to, reported) in [
        ("'4XX'", &["answer 400", "answer 4XX"][..]),
        ("default", &["answer 400"]),
    ] {
        let theirs = THEIRS.replacen("'400'", to, 1);
        assert_eq!(facts(&theirs), reported, "{to}");
    }
    let theirs = TWOCHAT.theirs.replacen("default:", "'400':", 1);
    assert_eq!(TWOCHAT.facts(&theirs), ["answer 400", "answer default"]);
    assert_eq!(
        TWOCHAT.facts(&theirs.replacen("error_message:", "reason:", 1)),
        [
            "answer 400",
            "answer 400, field /error_message",
            "answer 400, field /reason",
            "answer default",
        ]
    );
}

#[test]
fn expected_differences_that_explain_each_other_are_expected_together() {
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
fn every_change_of_a_body_is_reported() {
    let schema = "/responses/200/content/application~1json/schema";
    let exotel = "/responses/202/content/application~1json/schema/properties";
    let text = json!({ "text/plain": { "schema": { "type": "string" } } });
    let rows: [(&Vendor, String, Value, &[&str]); 8] = [
        (
            TWOCHAT,
            format!("{schema}/properties/success"),
            json!({}),
            &["answer 200, field /success"],
        ),
        (
            TWOCHAT,
            format!("{schema}/properties/success/enum"),
            json!(["yes", true]),
            &["answer 200, field /success, value"],
        ),
        (
            EXOTEL,
            format!("{exotel}/Status"),
            json!({ "type": "string" }),
            &["answer 202, field /Status"],
        ),
        (
            EXOTEL,
            format!("{exotel}/Message"),
            Value::Null,
            &["answer 202, field /Message"],
        ),
        (
            TWOCHAT,
            schema.to_owned(),
            json!({ "type": "array", "items": {} }),
            &["answer 200, body", "answer 200, field /success"],
        ),
        (
            TWOCHAT,
            "/responses/200/content".to_owned(),
            text,
            &["answer 200, media type"],
        ),
        (
            TWOCHAT,
            "/responses/default/content".to_owned(),
            Value::Null,
            &["answer default, media type"],
        ),
        (EXOTEL, "/deprecated".to_owned(), json!(true), &["standing"]),
    ];
    for (vendor, at, value, reported) in rows {
        assert_eq!(changed(vendor, &at, value), reported, "{at}");
    }
}

#[test]
fn the_operation_is_the_one_of_path_and_method_whatever_else_is_like_it() {
    let mut theirs = json();
    let other = json!({ "operationId": "delete-phone-number", "responses": {} });
    theirs["paths"]["/an/older/one"] = json!({ "post": other });
    theirs["paths"]["/numbers/{another}"] = json!({ "delete": { "responses": {} } });
    assert_eq!(differences(&theirs.to_string()), []);
    // A shape with the method goes before the name, and the name before a shape with another.
    let own = theirs["paths"]["/numbers/{phone_number_slug}"].take();
    theirs["paths"]["/numbers/{another}"] = own;
    assert_eq!(differences(&theirs.to_string()), []);
    let own = theirs["paths"]["/numbers/{another}"]["delete"].take();
    theirs["paths"] = json!({
        "/numbers/{another}": { "get": { "responses": {} } },
        "/phones/{phone_number_slug}": { "delete": own },
    });
    assert_eq!(facts(&theirs.to_string()), ["path"]);
}
