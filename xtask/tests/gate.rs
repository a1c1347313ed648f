//! What a contract must not say is refused by name, line and column.
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing)] // in what the tests share

use xtask::contract::Contract;

const TWOCHAT: &str = include_str!("../../crates/twochat-voip/contract/openapi.yaml");
const EXOTEL: &str = include_str!("../../crates/exotel-numbers/contract/openapi.yaml");
const SYNTHFLOW: &str = include_str!("../../crates/synthflow-numbers/contract/openapi.yaml");

/// The line and column at which `mark` stands, from 1.
fn place(text: &str, mark: &str) -> String {
    let at = text.find(mark).unwrap();
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
    format!("{line}:{column}")
}

/// Puts `to` in place of `from`, and expects a refusal, at `mark`, that says `what`.
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
fn the_contracts_themselves_pass() {
    for text in [TWOCHAT, SYNTHFLOW] {
        assert!(Contract::read("acme", text).is_ok());
    }
}

#[test]
fn a_key_that_the_generator_does_not_use_is_refused_wherever_it_stands() {
    for (from, to, key) in [
        ("      responses:", "      reponses:", "reponses"),
        (
            "          type: boolean",
            "          minLenght: 2\n          type: boolean",
            "minLenght",
        ),
        ("          x-outcome:", "          x-sucess:", "x-sucess"),
        ("x-vendor: twochat", "x-vendor: twochat\ntags: []", "tags"),
        (
            "  version: 2026-11",
            "  version: 2026-11\n  contact: {}",
            "contact",
        ),
        (
            "      name: X-User-API-Key",
            "      nmae: X-User-API-Key",
            "nmae",
        ),
        (
            "                  x-status: 400",
            "                  x-statsu: 400",
            "x-statsu",
        ),
        ("                anyOf:", "                oneOf:", "oneOf"),
        (
            "              prefix: DID",
            "              prefx: DID",
            "prefx",
        ),
        (
            "            type: string",
            "            type: string\n            format: uuid",
            "format",
        ),
    ] {
        refused(TWOCHAT, from, to, key, &format!("unknown field `{key}`"));
    }
}

#[test]
fn another_version_or_a_key_given_twice_is_refused() {
    refused(
        TWOCHAT,
        "openapi: 3.1.0",
        "openapi: 3.0.3",
        "3.0.3",
        "OpenAPI 3.0.3 instead of 3.1.0",
    );
    refused(
        TWOCHAT,
        "x-vendor: twochat",
        "x-vendor: acme\nx-vendor: twochat",
        "x-vendor: twochat",
        "duplicate mapping key: x-vendor",
    );
}

#[test]
fn an_example_that_does_not_fit_its_schema_is_refused_by_pointer() {
    let value = "{\"error\": true, \"error_message\": \"Something went wrong\"}";
    for (to, what) in [
        (
            "{\"error\": true, \"extra\": 1}",
            "does not fit: \"/extra\" is not in the schema",
        ),
        (
            "{\"error\": \"yes\"}",
            "does not fit: \"/error\" is \"yes\", not true",
        ),
        (
            "{\"error\": true, \"error_message\": 7}",
            "does not fit: \"/error_message\" is of another type than the schema's",
        ),
        ("[true]", "does not fit: \"\" is not an object"),
    ] {
        refused(
            TWOCHAT,
            value,
            to,
            to,
            &format!("example error of default: {what}"),
        );
    }
    let (from, to) = ("value: {\"status\": \"ok\"}", "value: {}");
    refused(
        SYNTHFLOW,
        from,
        to,
        "{}\n        '400'",
        "example deleted of 200: does not fit: \"/status\" is missing",
    );
}

#[test]
fn a_path_and_its_parameters_agree() {
    let name = "        - name: virtual_number_uuid";
    let text = TWOCHAT.replacen("{virtual_number_uuid}", "{uuid}", 1);
    let shown = Contract::read("acme", &text).unwrap_err().to_string();
    assert!(
        shown.contains("the path uses the parameter uuid, which is not declared"),
        "{shown}"
    );
    assert!(
        shown.contains("the path uses the parameter virtual_number_uuid 0 times"),
        "{shown}"
    );
    assert!(
        shown.contains(&format!("openapi.yaml:{}:", place(&text, &name[10..]))),
        "{shown}"
    );
}

#[test]
fn an_answer_without_an_example_is_refused() {
    let start = SYNTHFLOW
        .find("              examples:\n                empty:")
        .unwrap();
    let end = SYNTHFLOW.find("        default:").unwrap();
    let text = format!("{}{}", &SYNTHFLOW[..start], &SYNTHFLOW[end..]);
    let shown = Contract::read("acme", &text).unwrap_err().to_string();
    assert!(shown.ends_with("answer 400 has no example"), "{shown}");
}

#[test]
fn two_examples_that_nothing_tells_apart_are_refused() {
    refused(
        TWOCHAT,
        "value: {\"success\": false, \"error\": true, \"error_message\": \"The number is in use\"}",
        "value: {\"success\": true}",
        "{\"success\": true}\n        default",
        "example refused-under-200 of 200: the rules can't tell success from error by this body",
    );
    refused(
        SYNTHFLOW,
        "value: {\"detail\": \"Bad request\"}",
        "value: {}",
        "{}\n        default",
        "example refused can't be told from empty: the same body under 400",
    );
}

#[test]
fn default_needs_the_status_of_its_examples_and_nothing_else_has_one() {
    refused(
        TWOCHAT,
        "                  x-status: 400\n",
        "",
        "summary: The documented error form.",
        "example error of default: default needs x-status",
    );
    refused(
        TWOCHAT,
        "                  x-result: released\n",
        "                  x-result: released\n                  x-status: 202\n",
        "202\n",
        "example deleted of 200: x-status belongs to default alone",
    );
}

#[test]
fn a_result_that_the_status_contradicts_is_refused() {
    refused(
        TWOCHAT,
        "x-result: not_found",
        "x-result: rejected",
        "rejected\n                  x-message: Virtual",
        "example error-with-success of default: x-result is not_found under 404",
    );
    refused(
        TWOCHAT,
        "x-result: released",
        "x-result: relaesed",
        "relaesed",
        "example deleted of 200: x-result relaesed is no outcome of this answer and no kind of error",
    );
}

#[test]
fn servers_and_schemes_are_whole() {
    let server = "https://api.p.2chat.io";
    for to in [
        "http://api.p.2chat.io",
        "https://api.p.2chat.io/",
        "https://user@api.p.2chat.io",
    ] {
        refused(
            TWOCHAT,
            server,
            to,
            to,
            &format!("server {to}: expected https"),
        );
    }
    refused(
        SYNTHFLOW,
        "    x-region: us\n",
        "",
        "url: https://api.us",
        "a server without x-region beside others",
    );
    refused(
        TWOCHAT,
        "  - apiKey: []",
        "  - bearer: []",
        "- bearer: []",
        "the security scheme bearer is not declared",
    );
}

#[test]
fn a_name_that_rust_could_not_write_or_not_tell_from_another_is_refused() {
    for (contract, from, to, mark, what) in [
        (
            TWOCHAT,
            "x-vendor: twochat",
            "x-vendor: 2chat",
            "2chat\nservers",
            "x-vendor 2chat is no identifier",
        ),
        (
            TWOCHAT,
            "- name: virtual_number_uuid",
            "- name: virtual-number",
            "name: virtual-number",
            "the parameter virtual-number can't name a variable",
        ),
        (
            EXOTEL,
            "- name: exophone_sid",
            "- name: AccountSid",
            "name: AccountSid",
            "parameter AccountSid becomes AccountSid, as account_sid does",
        ),
        (
            SYNTHFLOW,
            "x-region: eu",
            "x-region: US",
            "US\n",
            "x-region US becomes Us, as us does",
        ),
        (
            TWOCHAT,
            "        message:\n",
            "        Detail:\n",
            "description: What went wrong, in a third form.",
            "ErrorResponse: field detail becomes detail, as Detail does",
        ),
        (
            TWOCHAT,
            "        message:\n",
            "        '0':\n",
            "description: What went wrong, in another form.",
            "ErrorResponse: field 0 makes no identifier",
        ),
        (
            EXOTEL,
            "    ErrorData:\n",
            "    enveloped:\n",
            "description: The error in the envelope.",
            "schema enveloped becomes Enveloped, as Enveloped does",
        ),
        (
            EXOTEL,
            "    ErrorData:\n",
            "    fields:\n",
            "description: The error in the envelope.",
            "schema fields becomes Fields, which is taken",
        ),
        (
            TWOCHAT,
            "- name: virtual_number_uuid",
            "- name: form",
            "name: form",
            "parameter form becomes Form, which is taken",
        ),
    ] {
        refused(contract, from, to, mark, what);
    }
}

#[test]
fn what_the_generator_could_not_say_is_refused() {
    for (contract, from, to, mark, what) in [
        (
            TWOCHAT,
            "    ErrorResponse:\n",
            "    Empty:\n      description: Nothing.\n      type: object\n      properties: {}\n    ErrorResponse:\n",
            "description: Nothing.",
            "the schema Empty has no properties",
        ),
        (
            TWOCHAT,
            "          x-outcome: released",
            "          x-outcome: released\n          x-hint: look again",
            "look again",
            "answer 200: x-hint belongs to an error",
        ),
        (
            TWOCHAT,
            "          const: true\n        error_message",
            "          const: 18446744073709551615\n        error_message",
            "description: Whether the request failed.",
            "ErrorResponse.error has a const that is no boolean, 64-bit integer or text",
        ),
        (
            SYNTHFLOW,
            "          type: [string, array]",
            "          type: []",
            "description: 'What went wrong",
            "ErrorResponse.detail has either a type or a $ref",
        ),
        (
            SYNTHFLOW,
            "https://api.eu.",
            "https://api.us.",
            "https://api.us.synthflow.ai/v2\n    description: European",
            "server https://api.us.synthflow.ai/v2 twice",
        ),
        (
            TWOCHAT,
            "  - apiKey: []",
            "  - apiKey: [read]",
            "- apiKey: [read]",
            "the security scheme apiKey has scopes",
        ),
        (
            TWOCHAT,
            "  - apiKey: []",
            "  - apiKey: []\n  - {}",
            "- apiKey: []",
            "exactly one security scheme applies",
        ),
    ] {
        refused(contract, from, to, mark, what);
    }
}

#[test]
fn a_kind_of_error_has_one_hint() {
    let words = "The number was not released, or the service failed.\n";
    let text = EXOTEL.replacen(words, &format!("{words}          x-hint: look again\n"), 1);
    refused(
        &text,
        "x-status: 403\n                  x-result: permission_denied",
        "x-status: 410\n                  x-result: not_found",
        "look again",
        "another x-hint for not_found, in answer default",
    );
}
