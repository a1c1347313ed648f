//! What Exotel says, by its page and by what it has been seen to say.

mod common;

use common::FIXTURE;
use exotel_numbers::{Client, ErrorKind, ExophoneSid, Outcome};
use numbers_testkit::{Case, Script, ScriptedServer, check_cases, check_successes, release_once};

#[tokio::test]
async fn status_202_is_the_success_and_means_accepted() {
    check_successes(&FIXTURE, Outcome::Accepted).await;
}

#[tokio::test]
async fn an_object_without_an_error_form_is_the_success_too() {
    for body in [
        "{}",
        "{\"Status\": 202}",
        "{\"Message\": \"Accepted\"}",
        "{\"Status\": null, \"Message\": null}",
        "{\"RestException\": null}",
        "{\"Message\": \"Accepted\", \"status\": \"Success\", \"error\": null}",
        "{\"status\": 202}",
        "{\"request_id\": \"r\", \"http_code\": 202, \"response\": {\"code\": 202, \"error_data\": null, \"status\": \"success\"}}",
    ] {
        let case = Case::unknown(
            body,
            Script::response(202, body),
            ErrorKind::UnexpectedResponse,
        );
        let (release, _) = release_once(&FIXTURE, &case).await;
        assert_eq!(release.expect(body).outcome(), Outcome::Accepted, "{body}");
    }
}

#[tokio::test]
async fn the_response_is_there_parsed_and_raw() {
    let body = "{\n  \"Status\":202,\n  \"Message\":\"Accepted\"\n}";
    let server = ScriptedServer::start([Script::response_with(202, "x-extra: 1\r\n", body)]).await;
    let client = Client::builder()
        .with_api_key("k")
        .with_api_token("t")
        .with_account_sid("acme1")
        .with_base_url(server.url())
        .build()
        .unwrap();
    let sid = ExophoneSid::new(FIXTURE.id).unwrap();
    let response = client.release_number(&sid).await.unwrap();
    assert_eq!(response.status(), 202);
    assert_eq!(response.outcome(), Outcome::Accepted);
    assert_eq!(response.headers()["x-extra"], "1");
    assert_eq!(response.request_id(), None);
    assert_eq!(response.bytes(), body.as_bytes());
    let body = response.into_body();
    assert_eq!(
        (body.status, body.message.as_deref()),
        (Some(202), Some("Accepted"))
    );
}

#[tokio::test]
async fn another_status_in_the_body_leaves_the_outcome_unknown() {
    let cases = [
        "{\"Status\": 200, \"Message\": \"OK\"}",
        "{\"Status\": 302}",
        "{\"Status\": \"202\"}",
        "{\"Status\": true}",
        "{\"Status\": {}}",
        "{\"Status\": 202, \"Status\": 202}",
    ]
    .map(|body| {
        Case::unknown(
            body,
            Script::response(202, body),
            ErrorKind::UnexpectedResponse,
        )
        .status(202)
    });
    check_cases(&FIXTURE, cases).await;
}

#[tokio::test]
async fn an_error_form_under_202_is_what_its_status_says() {
    let refused = |kind, body, message, code| {
        Case::refused(body, Script::response(202, body), kind)
            .status(202)
            .message(message)
            .code(code)
    };
    let unknown = |kind, body| Case::unknown(body, Script::response(202, body), kind).status(202);
    let envelope = "{\"request_id\": \"r\", \"http_code\": 404, \"response\": {\"code\": 404, \"error_data\": {\"code\": 1001, \"message\": \"gone\", \"description\": \"long gone\"}, \"status\": \"failure\", \"data\": null}}";
    check_cases(
        &FIXTURE,
        [
            refused(
                ErrorKind::Unauthenticated,
                "{\"RestException\": {\"Status\": 401, \"Message\": \"who?\", \"Code\": 340030}}",
                Some("who?"),
                Some("340030"),
            ),
            refused(
                ErrorKind::NotFound,
                "{\"RestException\": {\"Status\": 404, \"Message\": \"ExoPhone not found\"}}",
                Some("ExoPhone not found"),
                None,
            ),
            // Not to be repeated: what responses like this does not keep to its page.
            refused(
                ErrorKind::RateLimited,
                "{\"RestException\": {\"Status\": 429, \"Code\": \"34005\"}}",
                None,
                Some("34005"),
            ),
            refused(
                ErrorKind::Rejected,
                "{\"RestException\": {\"Message\": \"no\"}}",
                Some("no"),
                None,
            ),
            refused(
                ErrorKind::NotFound,
                "{\"Status\": \"404\", \"Message\": \"gone\"}",
                Some("gone"),
                None,
            ),
            refused(ErrorKind::NotFound, envelope, Some("gone"), Some("1001")),
            refused(
                ErrorKind::NotFound,
                "{\"response\": {\"code\": 404}}",
                None,
                None,
            ),
            // The least that is an error.
            refused(
                ErrorKind::Rejected,
                "{\"Status\": 400, \"Message\": \"no\"}",
                Some("no"),
                None,
            ),
            refused(
                ErrorKind::NotFound,
                "{\"Status\": 404, \"Message\": \"gone\"}",
                Some("gone"),
                None,
            ),
            unknown(
                ErrorKind::ServerError,
                "{\"RestException\": {\"Status\": 500}}",
            ),
            unknown(
                ErrorKind::ServerError,
                "{\"Status\": 503, \"Message\": \"busy\"}",
            ),
            unknown(ErrorKind::Timeout, "{\"RestException\": {\"Status\": 408}}"),
            // What says nothing of an error, or says both, proves nothing.
            unknown(ErrorKind::UnexpectedResponse, "{\"RestException\": {}}"),
            unknown(
                ErrorKind::UnexpectedResponse,
                "{\"http_code\": 202, \"response\": [{\"code\": 404, \"error_data\": {\"code\": 1}}]}",
            ),
            unknown(
                ErrorKind::UnexpectedResponse,
                "{\"http_code\": 202, \"response\": \"failure\"}",
            ),
            unknown(
                ErrorKind::UnexpectedResponse,
                "{\"http_code\": 202, \"response\": false}",
            ),
            unknown(
                ErrorKind::UnexpectedResponse,
                "{\"http_code\": 202, \"response\": {\"status\": \"failure\"}}",
            ),
            unknown(
                ErrorKind::UnexpectedResponse,
                "{\"http_code\": 202, \"response\": {\"status\": 404}}",
            ),
            unknown(
                ErrorKind::UnexpectedResponse,
                "{\"Status\": 202, \"error\": \"not found\"}",
            ),
            unknown(ErrorKind::UnexpectedResponse, "{\"error\": {\"code\": 404}}"),
            unknown(
                ErrorKind::UnexpectedResponse,
                "{\"status\": 404, \"message\": \"ExoPhone not found\"}",
            ),
            unknown(ErrorKind::UnexpectedResponse, "{\"status\": \"failure\"}"),
            unknown(
                ErrorKind::UnexpectedResponse,
                "{\"RestException\": {\"Status\": 404}, \"response\": [1]}",
            ),
            unknown(
                ErrorKind::UnexpectedResponse,
                "{\"RestException\": {\"Status\": 404}, \"status\": 500}",
            ),
            // A refusal that also states success.
            unknown(
                ErrorKind::UnexpectedResponse,
                "{\"Status\": 404, \"Message\": \"x\", \"status\": 202}",
            ),
            unknown(
                ErrorKind::UnexpectedResponse,
                "{\"Status\": 404, \"Message\": \"x\", \"status\": \"accepted\"}",
            ),
            unknown(
                ErrorKind::UnexpectedResponse,
                "{\"Status\": 404, \"Message\": \"x\", \"response\": {\"status\": \"success\"}}",
            ),
            unknown(ErrorKind::UnexpectedResponse, "{\"RestException\": \"no\"}"),
            unknown(
                ErrorKind::UnexpectedResponse,
                "{\"RestException\": {\"Status\": 202, \"Message\": \"no\"}}",
            ),
            unknown(
                ErrorKind::UnexpectedResponse,
                "{\"Status\": 202, \"RestException\": {\"Message\": \"no\"}}",
            ),
            unknown(
                ErrorKind::UnexpectedResponse,
                "{\"Message\": \"Accepted\", \"RestException\": {\"Message\": \"no\"}}",
            ),
            unknown(
                ErrorKind::UnexpectedResponse,
                "{\"http_code\": 202, \"response\": {\"error\": \"not found\"}}",
            ),
            unknown(
                ErrorKind::UnexpectedResponse,
                "{\"RestException\": {\"Status\": 404}, \"Status\": 503}",
            ),
            unknown(
                ErrorKind::UnexpectedResponse,
                "{\"Status\": 70000, \"Message\": \"no\"}",
            ),
            unknown(
                ErrorKind::UnexpectedResponse,
                "{\"Status\": 600, \"Message\": \"no\"}",
            ),
            unknown(ErrorKind::UnexpectedResponse, "{\"http_code\": 302}"),
            unknown(
                ErrorKind::UnexpectedResponse,
                "{\"Status\": 202, \"http_code\": \"500\"}",
            ),
            unknown(
                ErrorKind::UnexpectedResponse,
                "{\"http_code\": 202, \"response\": {\"error_data\": {}}}",
            ),
            unknown(
                ErrorKind::UnexpectedResponse,
                "{\"RestException\": {\"Status\": 500, \"Status\": 400, \"Message\": \"no\"}}",
            ),
            unknown(
                ErrorKind::UnexpectedResponse,
                "{\"Status\": 202, \"response\": {\"error_data\": {\"code\": 1}, \"error_data\": null}}",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_4xx_that_states_the_success_is_unknown() {
    let bodies = [
        "{\"Status\": 202, \"Message\": \"Accepted\"}",
        "{\"Status\": 202, \"RestException\": {\"Status\": 404}}",
        "{\"http_code\": 202, \"response\": {}}",
        "{\"status\": 202, \"message\": \"accepted\"}",
        "{\"status\": \"Success\"}",
        "{\"response\": {\"status\": \"success\"}}",
    ];
    for status in [400, 401, 404, 409, 422, 429] {
        let cases = bodies.map(|body| {
            Case::unknown(
                body,
                Script::response(status, body),
                ErrorKind::UnexpectedResponse,
            )
            .status(status)
        });
        check_cases(&FIXTURE, cases).await;
    }
}

#[tokio::test]
async fn a_4xx_that_states_no_success_is_a_refusal() {
    let cases = [
        "{}",
        "{\"Message\": \"Accepted\"}",
        "{\"Status\": 404}",
        "{\"Status\": \"202\"}",
        "{\"Status\": 202",
    ]
    .map(|body| Case::refused(body, Script::response(404, body), ErrorKind::NotFound).status(404));
    check_cases(&FIXTURE, cases).await;
}
