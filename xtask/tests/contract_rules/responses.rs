//! The rules for responses.

use super::{EXOTEL, SYNTHFLOW, TWOCHAT, refused};
use xtask::contract::Contract;

#[test]
fn an_example_that_does_not_match_its_schema_is_refused() {
    let value = "{\"error\": true, \"error_message\": \"Something went wrong\"}";
    for (to, what) in [
        (
            "{\"error\": true, \"extra\": 1}",
            "does not match: \"/extra\" is not in the schema",
        ),
        (
            "{\"error\": \"yes\"}",
            "does not match: \"/error\" is \"yes\", not true",
        ),
        (
            "{\"error\": true, \"error_message\": 7}",
            "does not match: \"/error_message\" is of another type than the schema's",
        ),
        ("[true]", "does not match: \"\" is not an object"),
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
        "example deleted of 200: does not match: \"/status\" is missing",
    );
}

#[test]
fn a_response_without_an_example_is_refused() {
    let start = SYNTHFLOW
        .find("              examples:\n                empty:")
        .unwrap();
    let end = SYNTHFLOW.find("        default:").unwrap();
    let text = format!("{}{}", &SYNTHFLOW[..start], &SYNTHFLOW[end..]);
    let shown = Contract::read("acme", &text).unwrap_err().to_string();
    assert!(shown.ends_with("response 400: no example"), "{shown}");
}

#[test]
fn a_success_without_an_example_of_it_is_refused() {
    refused(
        TWOCHAT,
        "x-result: released",
        "x-result: unknown",
        "description: The number was deleted.",
        "response 200: no example of the success",
    );
}

#[test]
fn two_examples_that_can_not_be_told_apart_are_refused() {
    refused(
        TWOCHAT,
        "value: {\"success\": false, \"error\": true, \"error_message\": \"The number is in use\"}",
        "value: {\"success\": true}",
        "{\"success\": true}\n        default",
        "example refused-under-200 of 200: this body can't be told from a success or an error",
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
fn only_examples_of_default_have_a_status() {
    refused(
        TWOCHAT,
        "                  x-status: 400\n",
        "",
        "summary: The documented error format.",
        "example error of default: an example of default needs x-status",
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
fn a_result_that_contradicts_the_status_is_refused() {
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
        "example deleted of 200: x-result relaesed is no outcome of this response, no kind of error and not unknown",
    );
}

#[test]
fn what_the_generator_can_not_express_is_refused() {
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
            "response 200: x-hint belongs to an error",
        ),
        (
            TWOCHAT,
            "          const: true\n        error_message",
            "          const: 18446744073709551615\n        error_message",
            "description: Whether the request failed.",
            "ErrorResponse.error has a const that is not a boolean, a 64-bit integer or a string",
        ),
        (
            EXOTEL,
            "$ref: '#/components/schemas/ErrorData'",
            "$ref: '#/components/schemas/ErrorResponse'",
            "description: The response to a request that was not accepted.",
            "the schema ErrorResponse contains itself",
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
        "another x-hint for not_found, in response default",
    );
}

/// The contract of the fixture, which uses what the vendors of this workspace do not need.
const ACME: &str = include_str!("../fixtures/acme.yaml");

#[test]
fn a_key_where_it_has_no_meaning_is_refused() {
    for (from, to, mark, what) in [
        (
            "          type: number\n",
            "          type: [number, string]\n",
            "description: What the line cost.",
            "Line.cost is part of a success, so it has one type, and an array has items",
        ),
        (
            "          items:\n            type: string\n",
            "",
            "description: Words.",
            "Line.tags is part of a success, so it has one type, and an array has items",
        ),
        (
            "description: The type of the line.\n",
            "description: The type of the line.\n          x-error: code\n",
            "description: The type of the line.",
            "Line.type is part of a success, so it has no x-error",
        ),
        (
            "          enum: [dropped, gone]",
            "          enum: [dropped, 7]",
            "description: The state of the line.",
            "Line.state has a const or enum of another type",
        ),
        (
            "          description: The line will be dropped.\n          x-outcome: accepted",
            "          description: The line will be dropped.",
            "description: The line will be dropped.",
            "response 202: no example",
        ),
        (
            "                  x-status: 429\n                  x-result: rate_limited",
            "                  x-status: 200\n                  x-result: rate_limited",
            "200\n                  x-result: rate",
            "example busy of default: this status has its own response",
        ),
        (
            "\"state\": \"gone\", \"left\": 1",
            "\"state\": \"gone\", \"left\": 0",
            "{\"data\": {\"state\": \"gone\"",
            "example gone of 200: does not match: \"/data/left\" is 0, less than 1",
        ),
        (
            "\"parts\": [{\"on\": true}]",
            "\"parts\": [{\"on\": 1}]",
            "{\"data\": {\"state\": \"dropped\"",
            "example dropped of 200: does not match: \"/data/parts/0/on\" is of another type",
        ),
        (
            "\"fault\": {\"text\": \"Slow",
            "\"fault\": {\"more\": 1, \"text\": \"Slow",
            "{\"fault\": {\"more\"",
            "example busy of default: does not match: \"/fault/more\" is not in the schema; add it, or additionalProperties: true",
        ),
        (
            "          x-name: line_sid\n",
            "          x-name: Sid\n",
            "name: Sid\n",
            "x-name Sid is its name anyway",
        ),
        (
            "      scheme: AccessKey\n",
            "      scheme: AccessKey\n      x-user: tenant\n",
            "type: http",
            "x-user tenant: expected scheme basic, and a parameter of the path before the id",
        ),
        (
            "      scheme: AccessKey\n",
            "      scheme: Access Key\n",
            "type: http",
            "security scheme key: expected type http with scheme bearer, basic or another word",
        ),
    ] {
        refused(ACME, from, to, mark, what);
    }
}

#[test]
fn a_shared_response_is_declared_used_and_says_it_all() {
    let shared = "  responses:\n    Gone:\n      description: It is gone.\n  securitySchemes:";
    let with = |to: &str| {
        let text = ACME.replacen("  securitySchemes:", shared, 1);
        text.replacen(
            "        '403':",
            &format!("        '404':\n{to}        '403':"),
            1,
        )
    };
    let to = "          $ref: '#/components/responses/Gone'\n";
    assert!(Contract::read("acme", &with(to)).is_ok());
    let cycle = "description: It is gone.\n      $ref: '#/components/responses/Gone'";
    let text = with(to).replacen("description: It is gone.", cycle, 1);
    let shown = Contract::read("acme", &text).unwrap_err().to_string();
    let what = "#/components/responses/Gone is not declared, or a $ref itself";
    assert!(shown.contains(what), "{shown}");
    for (to, what) in [
        ("", "the response Gone is not used"),
        (
            "          $ref: '#/components/responses/Lost'\n",
            "#/components/responses/Lost is not declared",
        ),
        (
            "          $ref: '#/components/responses/Gone'\n          description: Else.\n",
            "beside $ref, a response says nothing more",
        ),
        ("          x-source: seen\n", "a response has a description"),
    ] {
        let text = if to.is_empty() {
            ACME.replacen("  securitySchemes:", shared, 1)
        } else {
            with(to)
        };
        let shown = Contract::read("acme", &text).unwrap_err().to_string();
        assert!(shown.contains(what), "{shown}");
    }
}

#[test]
fn an_example_of_a_success_has_what_tells_it() {
    let text = ACME.replacen("required: [state, left,", "required: [left,", 1);
    refused(
        &text,
        "\"state\": \"gone\", ",
        "",
        "{\"data\": {\"left\": 1, \"parts\": []}}",
        "example gone of 200: this body can't be told from a success or an error",
    );
}

#[test]
fn a_key_of_a_response_is_a_plain_status() {
    for key in ["0400", "+400", "4XX"] {
        refused(
            SYNTHFLOW,
            "        '400':",
            &format!("        '{key}':"),
            "description: The request was refused",
            &format!("response {key}: expected a status from 200 to 599, or default"),
        );
    }
}
