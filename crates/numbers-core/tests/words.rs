//! The names and texts that people and programs read.

use numbers_core::{
    Attempt, Endpoint, Error, ErrorKind, NumberId, Outcome, Preview, Vendor,
    raw::{SegmentError, check_segment},
};
use std::time::Duration;

const ACME: Vendor = Vendor::new("acme");

#[test]
fn an_endpoint_returns_what_it_was_made_of() {
    let endpoint = Endpoint::new(ACME, "release-number", "/numbers/{id}")
        .with_docs("https://acme.example/docs")
        .with_where_to_check("the list")
        .with_warning("it is gone");
    assert_eq!(
        (endpoint.operation(), endpoint.template()),
        ("release-number", "/numbers/{id}")
    );
    assert_eq!(
        (
            endpoint.docs(),
            endpoint.where_to_check(),
            endpoint.warning()
        ),
        ("https://acme.example/docs", "the list", "it is gone")
    );
}

#[test]
fn a_preview_shows_its_parts_and_hides_its_url_in_debug() {
    let preview = Preview::new(
        ACME,
        NumberId::new("33782990580"),
        "DELETE",
        "https://acme.example/33782990580",
    )
    .with_header("x-key", "***");
    assert_eq!(
        (preview.method(), preview.url()),
        ("DELETE", "https://acme.example/33782990580")
    );
    assert_eq!(
        format!("{preview:?}"),
        r#"Preview { vendor: Vendor(acme), number: NumberId(…0580), method: "DELETE", headers: [("x-key", "***")], .. }"#
    );
}

#[test]
fn an_attempt_keeps_the_id_of_its_request() {
    let attempt = Attempt::failed(ErrorKind::RateLimited, Duration::ZERO);
    assert_eq!(attempt.request_id(), None);
    assert_eq!(
        attempt.clone().with_request_id(Some("r-1")).request_id(),
        Some("r-1")
    );
    assert_eq!(attempt.with_request_id(Some(" \u{1b} ")).request_id(), None);
}

#[test]
fn every_kind_has_a_name_for_programs_and_words_for_people() {
    for (status, name, words) in [
        (
            200,
            "unexpected_response",
            "a response that the vendor does not document",
        ),
        (301, "redirected", "a redirect, which is never followed"),
        (400, "rejected", "the vendor refused"),
        (401, "unauthenticated", "the credentials were not accepted"),
        (402, "payment_required", "the vendor asks for payment"),
        (
            403,
            "permission_denied",
            "the credentials do not allow this",
        ),
        (404, "not_found", "the vendor does not know this number"),
        (408, "timeout", "the vendor gave up waiting for the request"),
        (409, "conflict", "the number's state does not allow this"),
        (429, "rate_limited", "too many requests"),
        (500, "server_error", "the vendor failed"),
    ] {
        let error = Error::from_status(ACME, status);
        assert_eq!(
            (error.kind().as_str(), error.kind().to_string().as_str()),
            (name, name)
        );
        assert!(
            error
                .to_string()
                .starts_with(&format!("acme: {words} (HTTP {status}); the number ")),
            "{error}"
        );
    }
    for (error, name, words) in [
        (
            Error::invalid_number(ACME, "x"),
            "invalid_number",
            "invalid number id: x",
        ),
        (
            Error::new(ACME, ErrorKind::NotSent).with_detail("x"),
            "not_sent",
            "nothing was sent: x",
        ),
        (Error::connect(ACME, "x"), "connect", "could not connect: x"),
        (
            Error::new(ACME, ErrorKind::Timeout),
            "timeout",
            "no response in time",
        ),
        (
            Error::new(ACME, ErrorKind::ConnectionLost),
            "connection_lost",
            "the connection was lost before a response was complete",
        ),
    ] {
        assert_eq!(error.kind().as_str(), name);
        let fate = if error.may_have_released() {
            "may have been released"
        } else {
            "was not released by this call"
        };
        assert_eq!(
            error.to_string(),
            format!("acme: {words}; the number {fate}")
        );
    }
}

#[test]
fn an_error_shows_its_parts_but_no_body() {
    let error = Error::from_status(ACME, 400)
        .with_vendor_message(Some("no\n\u{1b}[2Jway"))
        .with_vendor_code(Some("7"))
        .with_hint(Some("look there"))
        .with_bytes("canary");
    assert_eq!(
        error.to_string(),
        "acme: the vendor refused (HTTP 400): \"no [2Jway\" [code 7]; look there; the number was not released by this call"
    );
    let debug = format!("{error:?}");
    assert!(
        debug == error.to_string() && !debug.contains("canary"),
        "{debug}"
    );
}

#[test]
fn outcomes_and_vendors_have_the_names_that_the_command_prints() {
    let names: Vec<_> = [Outcome::Released, Outcome::Accepted, Outcome::Absent]
        .iter()
        .map(|outcome| (outcome.as_str(), outcome.to_string()))
        .collect();
    assert_eq!(
        names,
        ["released", "accepted", "absent"].map(|name| (name, name.to_owned()))
    );
    assert_eq!(format!("{ACME} {ACME:?}"), "acme Vendor(acme)");
}

#[test]
fn a_refused_id_says_why() {
    for (id, why) in [
        ("", "it is empty"),
        ("..", "it is a dot segment, which would change the path"),
        (
            "a/b",
            "it contains '/', '\\' or '%', which would change the path",
        ),
        ("a\tb", "it contains a control character"),
        (&"x".repeat(129), "it is longer than 128 bytes"),
    ] {
        let error = check_segment(id).unwrap_err();
        assert_eq!(error.to_string(), why);
        // As `main` prints it.
        assert_eq!(format!("{error:?}"), format!("the id was refused: {why}"));
    }
    assert_eq!(check_segment("."), Err(SegmentError::Dots));
}
