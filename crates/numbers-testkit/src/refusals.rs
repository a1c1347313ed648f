//! What is refused before anything is sent.

use crate::{UnusedListener, VendorFixture};
use numbers_core::{ConfigError, Error, ErrorKind, NumberId};
use std::time::Duration;

/// Ids that no vendor accepts, each with a word of the message that says why.
pub const BAD_IDS: &[(&str, &str)] = &[
    ("", "empty"),
    (".", "dot segment"),
    ("..", "dot segment"),
    ("/", "'/'"),
    ("1/2", "'/'"),
    ("../IncomingPhoneNumbers", "'/'"),
    ("\\", "'\\'"),
    ("1\\2", "'\\'"),
    ("%", "'%'"),
    ("%2e%2e", "'%'"),
    ("%2F", "'%'"),
    ("1\n", "control"),
    ("1\r\nx: y", "control"),
    ("\0", "control"),
    ("1\t2", "control"),
    ("\u{7f}", "control"),
    ("\u{85}", "control"),
    (" ", "white space"),
    (".. ", "white space"),
    ("\u{3000}1", "white space"),
    ("\u{feff}33782990580", "invisible"),
    ("337829\u{200b}90580", "invisible"),
    (LONG, "128 bytes"),
];

/// 129 bytes.
const LONG: &str = "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000";

/// Asserts that an id was refused: nothing was sent, and a retry would not help.
pub fn assert_bad_id(id: &str, word: &str, error: &Error) {
    assert_refused(id, error);
    assert_eq!(error.kind(), ErrorKind::InvalidNumber, "{id:?}");
    let text = error.to_string();
    assert!(text.contains(word), "{id:?}: {text}");
    assert!(
        id.len() < 5 || !text.contains(id),
        "{id:?} is repeated: {text}"
    );
}

/// Asserts that a configuration was refused with a message that has these words.
pub fn assert_bad_config(words: &[&str], error: &ConfigError) {
    let text = error.to_string();
    for word in words {
        assert!(text.contains(word), "{word} is not in: {text}");
    }
}

fn assert_refused(what: &str, error: &Error) {
    assert!(!error.may_have_released(), "{what:?}: {error}");
    assert!(!error.is_retryable(), "{what:?}: {error}");
    assert_eq!(error.status(), None, "{what:?}");
    assert_eq!(error.attempts(), [], "{what:?}");
}

/// `release` and `preview` refuse each of [`BAD_IDS`], and send nothing.
pub async fn check_bad_ids(fixture: &VendorFixture) {
    let listener = UnusedListener::listen();
    let client = fixture.client(&listener.url());
    for (id, word) in BAD_IDS {
        let number = NumberId::new(*id);
        assert_bad_id(id, word, &client.release(&number).await.unwrap_err());
        assert_bad_id(id, word, &client.preview(&number).unwrap_err());
        assert!(!listener.was_contacted(), "{id:?} was sent");
    }
    // The listener does notice a connection.
    std::net::TcpStream::connect(listener.address()).unwrap();
    assert!(listener.was_contacted());
}

/// Every vendor's client refuses a bad base URL or time-out with the same message.
pub fn check_bad_transport(fixture: &VendorFixture) {
    let second = Duration::from_secs(1);
    let refused = |url: &str, timeout| {
        (fixture.build)(url, timeout, Box::new(reqwest::ClientBuilder::no_proxy)).unwrap_err()
    };
    for (url, words) in [
        ("", "not a URL"),
        ("vendor.invalid", "not a URL"),
        ("/v2", "not a URL"),
        ("https://", "not a URL"),
        ("http://vendor.invalid", "must be https"),
        ("http://10.0.0.1", "must be https"),
        ("http://0.0.0.0", "must be https"),
        ("http://localhost.invalid", "must be https"),
        ("http://127.0.0.1.invalid", "must be https"),
        ("ftp://127.0.0.1", "must be https"),
        ("file:///etc/hosts", "must be https"),
        ("https://user@vendor.invalid", "credentials"),
        ("https://:secret@vendor.invalid", "credentials"),
        ("http://user:secret@127.0.0.1", "credentials"),
        ("https://vendor.invalid/?", "no '?'"),
        ("https://vendor.invalid/?a=b", "no '?'"),
        ("https://vendor.invalid/#", "no '#'"),
    ] {
        assert_bad_config(&["base_url", words], &refused(url, second));
    }
    let error = refused("http://127.0.0.1:1", Duration::ZERO);
    assert_bad_config(&["timeout", "longer time"], &error);
    // The extremes do not panic.
    for timeout in [Duration::MAX, Duration::from_nanos(1)] {
        let _ = fixture.client_with_timeout("http://127.0.0.1:1", timeout);
    }
}
