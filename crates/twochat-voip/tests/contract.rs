//! Every response that the contract documents, replayed through the public client.
//!
//! Written by `cargo xtask codegen` from `contract/openapi.yaml`; a change belongs there.

use twochat_voip::{
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
        r#"{"success":true}"#,
        Parsed {
            result: Ok(Outcome::Released),
            may_have_released: true,
            message: None,
            code: None,
        },
    ),
    (
        "refused-under-200",
        "200",
        200,
        r#"{"error":true,"error_message":"The number is in use","success":false}"#,
        Parsed {
            result: Err(ErrorKind::Rejected),
            may_have_released: false,
            message: Some("The number is in use"),
            code: None,
        },
    ),
    (
        "error",
        "default",
        400,
        r#"{"error":true,"error_message":"Something went wrong"}"#,
        Parsed {
            result: Err(ErrorKind::Rejected),
            may_have_released: false,
            message: Some("Something went wrong"),
            code: None,
        },
    ),
    (
        "error-with-success",
        "default",
        404,
        r#"{"error":true,"error_message":"Virtual number not found","success":false}"#,
        Parsed {
            result: Err(ErrorKind::NotFound),
            may_have_released: false,
            message: Some("Virtual number not found"),
            code: None,
        },
    ),
    (
        "error-in-message",
        "default",
        402,
        r#"{"message":"No credits left","success":false}"#,
        Parsed {
            result: Err(ErrorKind::PaymentRequired),
            may_have_released: false,
            message: Some("No credits left"),
            code: None,
        },
    ),
    (
        "error-in-detail",
        "default",
        401,
        r#"{"detail":"Wrong key"}"#,
        Parsed {
            result: Err(ErrorKind::Unauthenticated),
            may_have_released: false,
            message: Some("Wrong key"),
            code: None,
        },
    ),
];

fn client(base_url: &str) -> Result<Client, ConfigError> {
    ClientBuilder::from_vars(|name| match name {
        "TWOCHAT_API_KEY" => Some("the-key".into()),
        "TWOCHAT_BASE_URL" => Some(base_url.into()),
        _ => None,
    })?
    .build()
}

#[tokio::test]
async fn every_example_is_read_as_the_contract_says() {
    for (name, _, status, body, expected) in EXAMPLES {
        let mut server = mockito::Server::new_async().await;
        let mock = server
            .mock(
                "DELETE",
                "/open/voip/virtual-numbers/DID64a54de2-8ebe-4c01-838f-a2235815dab4",
            )
            .match_header("x-user-api-key", "the-key")
            .with_status((*status).into())
            .with_header("content-type", "application/json")
            .with_body(body)
            .expect(1)
            .create_async()
            .await;
        let client = client(&server.url()).unwrap();
        let result = client
            .release(&NumberId::new("DID64a54de2-8ebe-4c01-838f-a2235815dab4"))
            .await;
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
