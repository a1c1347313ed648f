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
