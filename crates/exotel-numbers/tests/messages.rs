//! What an error shows of Exotel's words: message, code, request id and hint.

mod common;

use common::FIXTURE;
use exotel_numbers::ErrorKind;
use numbers_testkit::{Case, Script, check_cases, release_once};

#[tokio::test]
async fn its_words_and_codes_are_found_in_every_form() {
    let cases = [
        (
            "{\"RestException\": {\"Status\": 400, \"Message\": \"a\", \"Code\": 340030}}",
            Some("a"),
            Some("340030"),
        ),
        (
            "{\"RestException\": {\"Status\": 400, \"Message\": \"a\", \"Code\": \"340030\"}}",
            Some("a"),
            Some("340030"),
        ),
        (
            "{\"RestException\": {\"Status\": 400, \"Message\": \"a\"}}",
            Some("a"),
            None,
        ),
        (
            "{\"RestException\": {\"Status\": \"400\", \"Message\": \"a\", \"Code\": null}}",
            Some("a"),
            None,
        ),
        (
            "{\"http_code\": 400, \"response\": {\"error_data\": {\"code\": 1001, \"message\": \"a\", \"description\": \"b\"}}}",
            Some("a"),
            Some("1001"),
        ),
        (
            "{\"http_code\": 400, \"response\": {\"error_data\": {\"description\": \"b\"}}}",
            Some("b"),
            None,
        ),
        (
            "{\"http_code\": 400, \"response\": {\"error_data\": null}}",
            None,
            None,
        ),
        ("{\"Status\": 404, \"Message\": \"a\"}", Some("a"), None),
        (
            "{\"Message\": \"\\u001b[31ma\\u0007\\r\\nb\"}",
            Some("[31ma b"),
            None,
        ),
        ("{}", None, None),
        ("[{\"Message\": \"a\"}]", None, None),
    ];
    for (status, kind) in [
        (400, ErrorKind::Rejected),
        (403, ErrorKind::PermissionDenied),
        (404, ErrorKind::NotFound),
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

#[tokio::test]
async fn the_envelope_s_request_id_is_the_vendor_s() {
    let body = "{\"request_id\": \"in-body\", \"http_code\": 400, \"response\": {}}";
    let script = Script::response_with(400, "x-request-id: in-head\r\n", body);
    let case = Case::refused("envelope", script, ErrorKind::Rejected);
    let (result, _) = release_once(&FIXTURE, &case).await;
    assert_eq!(result.unwrap_err().request_id(), Some("in-body"));
}

#[tokio::test]
async fn the_message_of_a_401_and_a_404_hints_at_the_region() {
    for (status, hinted) in [
        (400, false),
        (401, true),
        (403, false),
        (404, true),
        (500, false),
    ] {
        let case = Case::refused("hint", Script::response(status, ""), ErrorKind::Rejected);
        let (result, _) = release_once(&FIXTURE, &case).await;
        let text = result.unwrap_err().to_string();
        assert_eq!(text.contains("EXOTEL_REGION"), hinted, "{text}");
    }
}
