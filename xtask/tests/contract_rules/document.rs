//! The rules for keys, path, servers and security scheme.

use super::{EXOTEL, SYNTHFLOW, TWOCHAT, place, refused};
use xtask::contract::Contract;

#[test]
fn an_unknown_key_is_refused_anywhere() {
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
fn another_word_where_there_is_one_is_refused_at_its_key() {
    for (from, to, what) in [
        (
            "openapi: 3.1.0",
            "openapi: 3.0.3",
            "invalid value: string \"3.0.3\", expected string \"3.1.0\"",
        ),
        (
            "in: path\n",
            "in: query\n",
            "invalid value: string \"query\", expected string \"path\"",
        ),
        (
            "required: true",
            "required: false",
            "invalid value: boolean `false`, expected boolean `true`",
        ),
        (
            "type: object",
            "type: array",
            "invalid value: string \"array\", expected string \"object\"",
        ),
    ] {
        refused(TWOCHAT, from, to, to, what);
    }
}

#[test]
fn a_repeated_key_or_another_method_is_refused() {
    refused(
        TWOCHAT,
        "x-vendor: twochat",
        "x-vendor: acme\nx-vendor: twochat",
        "x-vendor: twochat",
        "duplicate mapping key: x-vendor",
    );
    refused(
        TWOCHAT,
        "    delete:",
        "    trace:",
        "trace:",
        "a contract has one operation; expected get, post, put, patch or delete",
    );
}

#[test]
fn a_path_must_match_its_parameters() {
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
fn a_path_that_would_be_sent_otherwise_is_refused() {
    for path in [
        "/open voip/",
        "/open//voip/",
        "/open/../voip/",
        "/%2e%2e/",
        "/ö/",
        "/}/",
    ] {
        refused(
            TWOCHAT,
            "  /open/voip/",
            &format!("  {path}"),
            "delete-virtual-number\n      summary",
            "expected a path of plain characters",
        );
    }
}

#[test]
fn a_parameter_is_declared_once() {
    let start = EXOTEL.find("        - name: account_sid").unwrap();
    let one = &EXOTEL[start
        ..start
            + EXOTEL[start..]
                .find("        - name: exophone_sid")
                .unwrap()];
    let mark = EXOTEL.find("operationId: ").unwrap() + "operationId: ".len();
    refused(
        EXOTEL,
        one,
        &format!("{one}{one}"),
        &EXOTEL[mark..mark + 40],
        "expected a path of plain characters",
    );
}

#[test]
fn an_invalid_server_or_scheme_is_refused() {
    let server = "https://api.p.2chat.io";
    for to in [
        "http://api.p.2chat.io",
        "https://api.p.2chat.io/",
        "https://user@api.p.2chat.io",
        "https:///api.p.2chat.io",
        "https://api p.2chat.io",
        "https://api.p.2chat.io/v1/../v2",
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
        "x-region and description are for each of several servers, and only then",
    );
    refused(
        TWOCHAT,
        "  - apiKey: []",
        "  - bearer: []",
        "- bearer: []",
        "the security scheme bearer is not declared",
    );
    for word in ["Basic", "Bearer"] {
        refused(
            SYNTHFLOW,
            "scheme: bearer",
            &format!("scheme: {word}"),
            "type: http",
            "security scheme bearer: expected type http with scheme bearer, basic or another word",
        );
    }
}

#[test]
fn the_parser_s_advice_to_programmers_is_left_out() {
    for (from, to, what) in [
        (
            "x-vendor: twochat",
            "x-vendor: twochat\nx-vendor: twochat",
            "duplicate mapping key: x-vendor not allowed here",
        ),
        ("title: 2Chat", "title:", "null is not allowed here"),
        (
            "x-requests-per-minute: 10",
            "x-requests-per-minute: 0",
            "invalid value: integer `0`, expected a nonzero u32",
        ),
    ] {
        let text = TWOCHAT.replacen(from, to, 1);
        let shown = Contract::read("acme", &text).unwrap_err().to_string();
        assert!(shown.ends_with(&format!(": {what}")), "{shown}");
    }
}
