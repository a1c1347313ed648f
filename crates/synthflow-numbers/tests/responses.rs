//! What Synthflow says, by its page and by what it has been seen to say.

mod common;

use common::FIXTURE;
use numbers_testkit::{Case, Script, ScriptedServer, check_cases, check_successes, release_once};
use synthflow_numbers::{Client, ErrorKind, Outcome, PhoneNumberSlug};

#[tokio::test]
async fn status_ok_is_the_success() {
    check_successes(&FIXTURE, Outcome::Released).await;
}

#[tokio::test]
async fn the_response_is_there_parsed_and_raw() {
    let answer = Script::response_with(200, "x-extra: 1\r\n", "{\"status\": \"ok\"}");
    let server = ScriptedServer::start([answer]).await;
    let client = Client::builder()
        .with_api_key("k")
        .with_base_url(server.url())
        .build()
        .unwrap();
    let slug = PhoneNumberSlug::new(FIXTURE.id).unwrap();
    let response = client.delete_phone_number(&slug).await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.outcome(), Outcome::Released);
    assert_eq!(response.headers()["x-extra"], "1");
    assert_eq!(response.request_id(), None);
    assert_eq!(response.bytes(), b"{\"status\": \"ok\"}");
    assert_eq!(response.into_body().status.as_deref(), Some("ok"));
}

#[tokio::test]
async fn a_word_beside_the_success_or_an_empty_error_changes_nothing() {
    for body in [
        "{\"status\": \"ok\", \"message\": \"deleted\"}",
        "{\"status\": \"ok\", \"error\": null, \"detail\": null}",
        "{\"status\": \"ok\", \"error\": false}",
    ] {
        let case = Case::unknown(
            body,
            Script::response(200, body),
            ErrorKind::UnexpectedResponse,
        );
        let (release, _) = release_once(&FIXTURE, &case).await;
        assert_eq!(release.expect(body).outcome(), Outcome::Released, "{body}");
    }
}

#[tokio::test]
async fn a_status_other_than_ok_or_none_leaves_the_outcome_unknown() {
    let cases = [
        ("{}", None),
        ("{\"status\": \"OK\"}", None),
        ("{\"status\": \"ok \"}", None),
        ("{\"status\": \"error\"}", None),
        (
            "{\"status\": \"pending\", \"detail\": \"later\"}",
            Some("later"),
        ),
        ("{\"status\": null}", None),
        ("{\"status\": true}", None),
        ("{\"status\": 200}", None),
        ("{\"status\": [\"ok\"]}", None),
        ("{\"Status\": \"ok\"}", None),
        ("{\"response\": {\"status\": \"ok\"}}", None),
        ("{\"status\": \"ok\", \"status\": \"error\"}", None),
        ("{\"success\": true}", None),
        // What says both proves nothing.
        (
            "{\"status\": \"ok\", \"error\": \"not_found\", \"message\": \"no such number\"}",
            Some("no such number"),
        ),
        ("{\"status\": \"ok\", \"detail\": \"gone\"}", Some("gone")),
        (
            "{\"status\": \"ok\", \"detail\": [], \"detail\": null}",
            None,
        ),
        ("{\"detail\": \"not found\"}", Some("not found")),
        (
            "{\"error\": \"not_found\", \"message\": \"no such number\"}",
            Some("no such number"),
        ),
    ]
    .map(|(body, message)| {
        Case::unknown(
            body,
            Script::response(200, body),
            ErrorKind::UnexpectedResponse,
        )
        .status(200)
        .message(message)
    });
    check_cases(&FIXTURE, cases).await;
}

#[tokio::test]
async fn a_4xx_that_states_the_success_is_unknown() {
    let bodies = [
        "{\"status\": \"ok\"}",
        "{\"status\": \"ok\", \"detail\": \"no\"}",
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
        "{\"status\": \"OK\"}",
        "{\"status\": \"error\"}",
        "{\"status\": [\"ok\"]}",
        "{\"status\": \"ok\"",
    ]
    .map(|body| Case::refused(body, Script::response(404, body), ErrorKind::NotFound).status(404));
    check_cases(&FIXTURE, cases).await;
}

#[tokio::test]
async fn its_words_are_found_in_every_form() {
    let list = "{\"detail\": [{\"loc\": [\"path\", \"phone_number_slug\"], \"msg\": \"too short\", \"type\": \"value_error\"}, {\"loc\": [], \"msg\": \"no digits\", \"type\": \"x\"}]}";
    let cases = [
        ("{\"detail\": \"Not found\"}", Some("Not found"), None),
        (list, Some("too short; no digits"), None),
        ("{\"detail\": [\"a\", \"b\"]}", Some("a; b"), None),
        ("{\"detail\": []}", None, None),
        ("{\"detail\": {\"msg\": \"a\"}}", Some("a"), None),
        (
            "{\"error\": \"not_found\", \"message\": \"gone\"}",
            Some("gone"),
            Some("not_found"),
        ),
        (
            "{\"error\": 17, \"message\": \"gone\"}",
            Some("gone"),
            Some("17"),
        ),
        (
            "{\"detail\": \"\\u001b[31ma\\u0007\\r\\nb\"}",
            Some("[31ma b"),
            None,
        ),
        ("{}", None, None),
        ("[\"a\"]", None, None),
        ("\"a\"", None, None),
    ];
    for (status, kind) in [
        (400, ErrorKind::Rejected),
        (401, ErrorKind::Unauthenticated),
        (403, ErrorKind::PermissionDenied),
        (404, ErrorKind::NotFound),
        (422, ErrorKind::Rejected),
    ] {
        let cases = cases.map(|(body, message, code)| {
            Case::refused(body, Script::response(status, body), kind)
                .status(status)
                .message(message)
                .code(code)
        });
        check_cases(&FIXTURE, cases).await;
    }
}
