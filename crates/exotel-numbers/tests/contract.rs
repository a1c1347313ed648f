//! Every response that the contract documents, replayed through the public client.
//!
//! Written by `cargo xtask codegen` from `contract/openapi.yaml`; a change belongs there.

use exotel_numbers::{
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
        "accepted",
        "202",
        202,
        r#"{"Message":"Accepted","Status":202}"#,
        Parsed {
            result: Ok(Outcome::Accepted),
            may_have_released: true,
            message: None,
            code: None,
        },
    ),
    (
        "accepted-without-status",
        "202",
        202,
        r#"{"Message":"Accepted"}"#,
        Parsed {
            result: Ok(Outcome::Accepted),
            may_have_released: true,
            message: None,
            code: None,
        },
    ),
    (
        "not-found-under-202",
        "202",
        202,
        r#"{"RestException":{"Code":34010,"Message":"ExoPhone not found","Status":404}}"#,
        Parsed {
            result: Err(ErrorKind::NotFound),
            may_have_released: false,
            message: Some("ExoPhone not found"),
            code: Some("34010"),
        },
    ),
    (
        "failure-in-the-envelope",
        "202",
        202,
        r#"{"http_code":202,"response":{"status":"failure"}}"#,
        Parsed {
            result: Err(ErrorKind::UnexpectedResponse),
            may_have_released: true,
            message: None,
            code: None,
        },
    ),
    (
        "error-beside-success",
        "202",
        202,
        r#"{"error":"not found","status":404}"#,
        Parsed {
            result: Err(ErrorKind::UnexpectedResponse),
            may_have_released: true,
            message: Some("not found"),
            code: None,
        },
    ),
    (
        "bad-request",
        "400",
        400,
        r#"{"RestException":{"Code":"34001","Message":"Bad request","Status":400}}"#,
        Parsed {
            result: Err(ErrorKind::Rejected),
            may_have_released: false,
            message: Some("Bad request"),
            code: Some("34001"),
        },
    ),
    (
        "unauthenticated",
        "401",
        401,
        r#"{"RestException":{"Code":340030,"Message":"Authentication failed","Status":401}}"#,
        Parsed {
            result: Err(ErrorKind::Unauthenticated),
            may_have_released: false,
            message: Some("Authentication failed"),
            code: Some("340030"),
        },
    ),
    (
        "not-found",
        "404",
        404,
        r#"{"RestException":{"Message":"ExoPhone not found","Status":404}}"#,
        Parsed {
            result: Err(ErrorKind::NotFound),
            may_have_released: false,
            message: Some("ExoPhone not found"),
            code: None,
        },
    ),
    (
        "not-found-bare",
        "404",
        404,
        r#"{"Message":"Not found","Status":404}"#,
        Parsed {
            result: Err(ErrorKind::NotFound),
            may_have_released: false,
            message: Some("Not found"),
            code: None,
        },
    ),
    (
        "rate-limited",
        "default",
        429,
        r#"{"RestException":{"Message":"Too many requests","Status":429}}"#,
        Parsed {
            result: Err(ErrorKind::RateLimited),
            may_have_released: false,
            message: Some("Too many requests"),
            code: None,
        },
    ),
    (
        "enveloped",
        "default",
        403,
        r#"{"http_code":403,"request_id":"6f1f","response":{"error_data":{"code":1003,"description":"The key may not release numbers","message":"Not allowed"}}}"#,
        Parsed {
            result: Err(ErrorKind::PermissionDenied),
            may_have_released: false,
            message: Some("Not allowed"),
            code: Some("1003"),
        },
    ),
];

fn client(base_url: &str) -> Result<Client, ConfigError> {
    ClientBuilder::from_vars(|name| match name {
        "EXOTEL_API_KEY" => Some("the-key".into()),
        "EXOTEL_API_TOKEN" => Some("the-token".into()),
        "EXOTEL_ACCOUNT_SID" => Some("Exotel".into()),
        "EXOTEL_BASE_URL" => Some(base_url.into()),
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
                "/v2_beta/Accounts/Exotel/IncomingPhoneNumbers/35a1dcbd05a01d4c6e9f3b7a1cf51a7e",
            )
            .match_header("authorization", "Basic dGhlLWtleTp0aGUtdG9rZW4=")
            .with_status((*status).into())
            .with_header("content-type", "application/json")
            .with_body(body)
            .expect(1)
            .create_async()
            .await;
        let client = client(&server.url()).unwrap();
        let result = client
            .release(&NumberId::new("35a1dcbd05a01d4c6e9f3b7a1cf51a7e"))
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
