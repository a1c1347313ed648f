//! Every response that the contract documents, replayed through the public client.
//!
//! Written by `cargo xtask codegen` from `contract/openapi.yaml`; a change belongs there.

use synthflow_numbers::{
    Client, ClientBuilder, ConfigError, ENDPOINT, ErrorKind, NumberId, Outcome, Releaser,
};

/// What the client makes of a response.
#[derive(Debug, PartialEq)]
struct Parsed<'a> {
    result: Result<Outcome, ErrorKind>,
    may_have_released: bool,
    message: Option<&'a str>,
    code: Option<&'a str>,
}

/// Name, documented response, status, body, and what the client makes of it.
const EXAMPLES: &[(&str, &str, u16, &str, Parsed<'_>)] = &[
    (
        "deleted",
        "200",
        200,
        r#"{"status":"ok"}"#,
        Parsed {
            result: Ok(Outcome::Released),
            may_have_released: true,
            message: None,
            code: None,
        },
    ),
    (
        "empty",
        "400",
        400,
        r#"{}"#,
        Parsed {
            result: Err(ErrorKind::Rejected),
            may_have_released: false,
            message: None,
            code: None,
        },
    ),
    (
        "refused",
        "400",
        400,
        r#"{"detail":"Bad request"}"#,
        Parsed {
            result: Err(ErrorKind::Rejected),
            may_have_released: false,
            message: Some("Bad request"),
            code: None,
        },
    ),
    (
        "unauthenticated",
        "default",
        401,
        r#"{"detail":"Not authenticated"}"#,
        Parsed {
            result: Err(ErrorKind::Unauthenticated),
            may_have_released: false,
            message: Some("Not authenticated"),
            code: None,
        },
    ),
    (
        "faults",
        "default",
        422,
        r#"{"detail":[{"loc":["path","phone_number_slug"],"msg":"value is too short","type":"value_error"}]}"#,
        Parsed {
            result: Err(ErrorKind::Rejected),
            may_have_released: false,
            message: Some("value is too short"),
            code: None,
        },
    ),
    (
        "gateway",
        "default",
        404,
        r#"{"error":"not_found","message":"No such number"}"#,
        Parsed {
            result: Err(ErrorKind::NotFound),
            may_have_released: false,
            message: Some("No such number"),
            code: Some("not_found"),
        },
    ),
];

fn client(base_url: &str) -> Result<Client, ConfigError> {
    ClientBuilder::from_vars(|name| match name {
        "SYNTHFLOW_API_KEY" => Some("the-key".into()),
        "SYNTHFLOW_BASE_URL" => Some(base_url.into()),
        _ => None,
    })?
    .build()
}

#[tokio::test]
async fn every_example_is_read_as_the_contract_says() {
    for (name, _, status, body, expected) in EXAMPLES {
        let mut server = mockito::Server::new_async().await;
        let mock = server
            .mock("DELETE", "/v2/numbers/33782990580")
            .match_header("authorization", "Bearer the-key")
            .with_status((*status).into())
            .with_header("content-type", "application/json")
            .with_body(body)
            .expect(1)
            .create_async()
            .await;
        let client = client(&(server.url() + "/v2")).unwrap();
        let result = client.release(&NumberId::new("33782990580")).await;
        mock.assert_async().await;
        let error = result.as_ref().err();
        let parsed = Parsed {
            result: result
                .as_ref()
                .map(|release| release.outcome())
                .map_err(|error| error.kind()),
            may_have_released: error.is_none_or(|error| error.may_have_released()),
            message: error.and_then(|error| error.vendor_message()),
            code: error.and_then(|error| error.vendor_code()),
        };
        assert_eq!(parsed, *expected, "{name}");
    }
}

#[test]
fn every_documented_response_has_an_example() {
    for documented in ENDPOINT.responses() {
        assert!(
            EXAMPLES.iter().any(|example| example.1 == *documented),
            "{documented}"
        );
    }
}
