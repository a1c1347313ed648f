//! What 2Chat says, by its page and by what it has been seen to say.

mod common;

use common::FIXTURE;
use numbers_testkit::{Case, Script, ScriptedServer, check_cases, check_successes, release_once};
use twochat_voip::{Client, ErrorKind, Outcome, VirtualNumberUuid};

#[tokio::test]
async fn success_true_is_the_success() {
    check_successes(&FIXTURE, Outcome::Released).await;
}

#[tokio::test]
async fn the_response_is_there_parsed_and_raw() {
    let answer = Script::response_with(200, "x-extra: 1\r\n", "{\"success\": true}");
    let server = ScriptedServer::start([answer]).await;
    let client = Client::builder()
        .with_api_key("k")
        .with_base_url(server.url())
        .build()
        .unwrap();
    let uuid = VirtualNumberUuid::new(FIXTURE.id).unwrap();
    let response = client.delete_virtual_number(&uuid).await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.outcome(), Outcome::Released);
    assert_eq!(response.headers()["x-extra"], "1");
    assert_eq!(response.request_id(), None);
    assert_eq!(response.bytes(), b"{\"success\": true}");
    assert_eq!(response.into_body().success, Some(true));
}

#[tokio::test]
async fn an_error_form_under_success_is_a_refusal() {
    let cases = [
        (
            "{\"error\": true, \"error_message\": \"no such number\"}",
            Some("no such number"),
        ),
        (
            "{\"success\": false, \"error\": true, \"error_message\": \"busy\"}",
            Some("busy"),
        ),
        ("{\"success\": false, \"message\": \"busy\"}", Some("busy")),
        ("{\"success\": false, \"detail\": \"busy\"}", Some("busy")),
        (
            "{\"success\": false, \"error_message\": \"\", \"detail\": \"busy\"}",
            Some("busy"),
        ),
        ("{\"success\": false, \"error_message\": null}", None),
        ("{\"success\": false}", None),
        ("{\"error\": true}", None),
        ("{\"success\": false, \"error\": false}", None),
        ("{\"success\": null, \"error\": true}", None),
    ];
    // 201 too: the status says no more than that there is an answer.
    for status in [200, 201] {
        let cases = cases.map(|(body, message)| {
            Case::refused(body, Script::response(status, body), ErrorKind::Rejected)
                .status(status)
                .message(message)
                .code(None)
        });
        check_cases(&FIXTURE, cases).await;
    }
}

#[tokio::test]
async fn what_is_neither_leaves_the_outcome_unknown() {
    let cases = [
        "{}",
        "{\"success\": true, \"error\": true}",
        "{\"success\": true, \"error\": true, \"error_message\": \"?\"}",
        "{\"success\": true, \"error\": 0}",
        "{\"success\": true, \"error_message\": \"?\"}",
        "{\"success\": true, \"error_message\": {}}",
        "{\"success\": true, \"detail\": \"Virtual number not found\"}",
        "{\"success\": true, \"detail\": [{\"msg\": \"?\"}]}",
        "{\"success\": \"true\", \"error\": true}",
        "{\"success\": 1, \"error\": true}",
        "{\"success\": true, \"more\": 1, \"more\": 1}",
        "{\"success\": \"true\"}",
        "{\"success\": 1}",
        "{\"success\": null}",
        "{\"Success\": true}",
        "{\"error\": false}",
        "{\"error\": \"true\"}",
        "{\"data\": {\"success\": true}}",
        "{\"success\": true, \"success\": false}",
        "{\"success\": false, \"success\": true}",
        "{\"status\": \"ok\"}",
        "{\"error_message\": \"?\"}",
    ]
    .map(|body| {
        Case::unknown(
            body,
            Script::response(200, body),
            ErrorKind::UnexpectedResponse,
        )
        .status(200)
    });
    check_cases(&FIXTURE, cases).await;
}

#[tokio::test]
async fn a_success_may_have_a_word_beside_it() {
    for body in [
        "{\"success\": true, \"message\": \"the number was deleted\"}",
        "{\"success\": true, \"error\": false, \"error_message\": \"\", \"detail\": null}",
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
async fn a_4xx_that_states_the_success_is_unknown() {
    let bodies = [
        "{\"success\": true}",
        "{\"success\": true, \"error\": true, \"error_message\": \"no\"}",
    ];
    for status in [400, 401, 404, 409, 410, 422, 429] {
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
        "{\"success\": \"true\"}",
        "{\"success\": 1}",
        "{\"success\": false}",
        "{\"data\": {\"success\": true}}",
        "{\"success\": true",
        "[{\"success\": true}]",
    ]
    .map(|body| Case::refused(body, Script::response(404, body), ErrorKind::NotFound).status(404));
    check_cases(&FIXTURE, cases).await;
}

#[tokio::test]
async fn its_words_are_found_under_any_status_and_in_any_field() {
    let cases = [
        ("{\"error\": true, \"error_message\": \"a\"}", Some("a")),
        (
            "{\"success\": false, \"error\": true, \"error_message\": \"a\", \"message\": \"b\"}",
            Some("a"),
        ),
        ("{\"message\": \"b\", \"detail\": \"c\"}", Some("b")),
        ("{\"detail\": \"c\"}", Some("c")),
        (
            "{\"detail\": [{\"loc\": [\"path\"], \"msg\": \"c\", \"type\": \"x\"}]}",
            Some("c"),
        ),
        (
            "{\"error_message\": \"\\u001b[31ma\\u0007\\r\\nb\"}",
            Some("[31ma b"),
        ),
        ("{\"error_message\": 7}", Some("7")),
        ("{\"error_message\": {}}", None),
        ("[\"a\"]", None),
    ];
    for (status, kind) in [
        (400, ErrorKind::Rejected),
        (404, ErrorKind::NotFound),
        (409, ErrorKind::Conflict),
    ] {
        let cases = cases.map(|(body, message)| {
            Case::refused(body, Script::response(status, body), kind)
                .status(status)
                .message(message)
        });
        check_cases(&FIXTURE, cases).await;
    }
}
