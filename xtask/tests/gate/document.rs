//! What a contract may say at all, and of its path, servers and scheme.

use super::{SYNTHFLOW, TWOCHAT, place, refused};
use xtask::contract::Contract;

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
