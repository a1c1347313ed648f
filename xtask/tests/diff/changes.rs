//! Which changes of a vendor's document are differences.

use super::{EXOTEL, THEIRS, TWOCHAT, VENDORS, Vendor, changed, differences, facts, json};
use serde_json::{Value, json};

#[test]
fn the_vendors_document_does_not_differ() {
    assert_eq!(differences(THEIRS), []);
    assert_eq!(differences(&json().to_string()), []);
}

#[test]
fn a_document_with_the_facts_of_the_page_does_not_differ() {
    for vendor in &VENDORS {
        assert_eq!(vendor.facts(vendor.theirs), [] as [&str; 0]);
    }
}

#[test]
fn an_assumed_fact_may_be_documented() {
    let body = "/responses/200/content/application~1json/schema/properties";
    assert_eq!(
        changed(
            TWOCHAT,
            &format!("{body}/error_message"),
            json!({ "type": "string" })
        ),
        [] as [&str; 0]
    );
    // Our success has one value, our error any.
    let status = "/responses/202/content/application~1json/schema/properties/Status/enum";
    assert_eq!(changed(EXOTEL, status, json!([202, 404])), [] as [&str; 0]);
    let refused = json!({ "description": "refused", "content": { "application/json": { "schema": {
        "type": "object",
        "properties": { "RestException": { "type": "object", "properties": { "Code": { "type": "integer" } } } },
    } } } });
    assert_eq!(changed(EXOTEL, "/responses/404", refused), [] as [&str; 0]);
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
        ("'200':", "'202':", &["response 200", "response 202"]),
        ("'400':", "'422':", &["response 400", "response 422"]),
        (
            "        status:",
            "        state:",
            &["response 200, field /state", "response 200, field /status"],
        ),
        (
            "          $ref: '#/components/schemas/word'",
            "          type: boolean",
            &["response 200, field /status"],
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
fn another_value_of_a_success_is_a_difference() {
    let mut theirs = json();
    theirs["components"]["schemas"]["word"]["enum"] = json!(["done", "failed"]);
    assert_eq!(
        facts(&theirs.to_string()),
        ["response 200, field /status, value"]
    );
    theirs["components"]["schemas"]["word"]["enum"] = json!(["ok", "failed"]);
    assert_eq!(
        facts(&theirs.to_string()),
        ["response 200, field /status, value"]
    );
    theirs["components"]["schemas"]["word"]["enum"] = json!(["ok", null]);
    assert_eq!(differences(&theirs.to_string()), []);
}

#[test]
fn a_response_with_another_status_is_a_difference() {
    for (to, reported) in [
        ("'4XX'", &["response 400", "response 4XX"][..]),
        ("default", &["response 400"]),
    ] {
        let theirs = THEIRS.replacen("'400'", to, 1);
        assert_eq!(facts(&theirs), reported, "{to}");
    }
    let theirs = TWOCHAT.theirs.replacen("default:", "'400':", 1);
    assert_eq!(TWOCHAT.facts(&theirs), ["response 400", "response default"]);
    assert_eq!(
        TWOCHAT.facts(&theirs.replacen("error_message:", "reason:", 1)),
        [
            "response 400",
            "response 400, field /error_message",
            "response 400, field /reason",
            "response default",
        ]
    );
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
            &["response 200, field /success"],
        ),
        (
            TWOCHAT,
            format!("{schema}/properties/success/enum"),
            json!(["yes", true]),
            &["response 200, field /success, value"],
        ),
        (
            EXOTEL,
            format!("{exotel}/Status"),
            json!({ "type": "string" }),
            &["response 202, field /Status"],
        ),
        (
            EXOTEL,
            format!("{exotel}/Message"),
            Value::Null,
            &["response 202, field /Message"],
        ),
        (
            TWOCHAT,
            schema.to_owned(),
            json!({ "type": "array", "items": {} }),
            &["response 200, body", "response 200, field /success"],
        ),
        (
            TWOCHAT,
            "/responses/200/content".to_owned(),
            text,
            &["response 200, media type"],
        ),
        (
            TWOCHAT,
            "/responses/default/content".to_owned(),
            Value::Null,
            &["response default, media type"],
        ),
        (
            EXOTEL,
            "/deprecated".to_owned(),
            json!(true),
            &["deprecation"],
        ),
    ];
    for (vendor, at, value, reported) in rows {
        assert_eq!(changed(vendor, &at, value), reported, "{at}");
    }
}

/// A contract with lists and required fields, and a document with the same facts.
const ACME: Vendor = Vendor {
    ours: include_str!("../fixtures/acme.yaml"),
    theirs: include_str!("../fixtures/acme.yaml"),
};

#[test]
fn every_change_within_a_list_or_of_a_need_is_reported() {
    assert_eq!(ACME.facts(ACME.theirs), [] as [&str; 0]);
    let line = "response 200, field /data";
    for (from, to, reported) in [
        (
            "        'on':",
            "        'off':",
            vec![format!("{line}/parts/*/off"), format!("{line}/parts/*/on")],
        ),
        (
            "          items:\n            type: string",
            "          items:\n            type: integer",
            vec![format!("{line}/tags/*")],
        ),
        (
            "required: [state, left, parts]",
            "required: [state, left]",
            vec![format!("{line}/parts, need")],
        ),
        (
            "description: Words.",
            "description: Words.\n          deprecated: true",
            vec![format!("{line}/tags, deprecation")],
        ),
        (
            "/lines/{Sid}.json:",
            "/lines/{id}.json:",
            vec!["path".to_owned()],
        ),
        (
            "/lines/{Sid}.json:",
            "/lines/{Sid}:",
            vec!["path".to_owned()],
        ),
        (
            "          in: path",
            "          deprecated: true\n          in: path",
            vec!["parameter path tenant".to_owned()],
        ),
    ] {
        assert!(ACME.theirs.contains(from), "{from}");
        let found: std::collections::BTreeSet<_> = ACME
            .facts(&ACME.theirs.replacen(from, to, 1))
            .into_iter()
            .collect();
        // The fields of the responses that share a schema are reported with each.
        let found: Vec<_> = found
            .into_iter()
            .filter(|fact| !fact.starts_with("response 206"))
            .collect();
        assert_eq!(found, reported, "{from} -> {to}");
    }
}
