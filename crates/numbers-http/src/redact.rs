//! Takes the secrets and the number out of untrusted text.

use numbers_core::NumberId;
use numbers_core::raw::printable;
use secrecy::{ExposeSecret, SecretString};
use std::ops::Range;

/// An id of up to this many bytes is not searched for: it would be found in too many texts.
const SHORT: usize = 5;

/// Masks the secrets and the number in a vendor's text. Each is found as it is, in ASCII letters of either case,
/// percent-encoded once in whole or in part, and with white space or invisible characters within.
pub(crate) fn redact(text: &str, secrets: &[SecretString], number: &NumberId) -> String {
    let text = secrets.iter().fold(printable(text), |text, secret| {
        replace(text, secret.expose_secret(), "***")
    });
    if number.as_str().len() <= SHORT {
        return text;
    }
    replace(text, number.as_str(), &number.masked())
}

/// Puts `mask` in place of `needle`.
fn replace(text: String, needle: &str, mask: &str) -> String {
    let needle = printable(needle);
    // Also undecoded, for a secret with a `%` of its own.
    let literal = needle.bytes().filter(|byte| !byte.is_ascii_whitespace());
    let literal: Vec<u8> = literal.map(|byte| byte.to_ascii_lowercase()).collect();
    let decoded = bytes_of(decode(&needle));
    let text = replace_decoded(text, &decoded, mask);
    if literal == decoded {
        return text;
    }
    replace_decoded(text, &literal, mask)
}

fn replace_decoded(text: String, needle: &[u8], mask: &str) -> String {
    let units = decode(&text);
    let mut redacted = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(window) = units.get(at..at + needle.len()) {
        let (Some(first), Some(last)) = (window.first(), window.last()) else {
            return text;
        };
        if window
            .iter()
            .map(|unit| unit.byte)
            .ne(needle.iter().copied())
        {
            at += 1;
            continue;
        }
        redacted.push_str(text.get(copied..first.place.start).unwrap_or_default());
        redacted.push_str(mask);
        copied = last.place.end;
        at += needle.len();
    }
    redacted.push_str(text.get(copied..).unwrap_or_default());
    redacted
}

/// A byte of a text, percent-decoded and in lower case, and its place.
struct Unit {
    byte: u8,
    place: Range<usize>,
}

fn bytes_of(units: Vec<Unit>) -> Vec<u8> {
    units.into_iter().map(|unit| unit.byte).collect()
}

/// A text without its white space, percent-decoded once.
fn decode(text: &str) -> Vec<Unit> {
    let bytes = text.as_bytes();
    let mut units = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let encoded = (byte == b'%')
            .then(|| u8::from_str_radix(text.get(at + 1..at + 3)?, 16).ok())
            .flatten();
        let end = at + if encoded.is_some() { 3 } else { 1 };
        let byte = encoded.unwrap_or(byte).to_ascii_lowercase();
        if !byte.is_ascii_whitespace() {
            units.push(Unit {
                byte,
                place: at..end,
            });
        }
        at = end;
    }
    units
}

#[cfg(test)]
mod tests {
    use super::redact;
    use numbers_core::NumberId;
    use secrecy::SecretString;

    fn without(secret: &str, text: &str) -> String {
        redact(text, &[SecretString::from(secret)], &NumberId::new("1"))
    }

    #[test]
    fn a_secret_is_found_with_invisible_characters_in_it() {
        let text = "key k\u{200b}e\u{1b}y-1 may not touch +3378\u{0}2990580";
        let secrets = [SecretString::from("key-1")];
        let shown = redact(text, &secrets, &NumberId::new("33782990580"));
        assert_eq!(shown, "key *** may not touch +…0580");
    }

    #[test]
    fn a_secret_is_found_percent_encoded_in_whole_or_in_part() {
        for text in [
            "a b+c/d=e",
            "no a%20b%2Bc%2Fd%3de",
            "no %61 b%2bc/d=%65",
            "no A b+C/d=E",
        ] {
            assert!(without("a b+c/d=e", text).ends_with("***"), "{text}");
        }
    }

    #[test]
    fn a_secret_with_a_percent_sign_is_found_encoded_and_as_it_is() {
        for text in ["k%41y%", "k%2541y%25", "k%2541y%"] {
            assert_eq!(without("k%41y%", text), "***", "{text}");
        }
    }

    #[test]
    fn a_secret_is_found_with_white_space_within() {
        assert_eq!(without("secretkey", "no secret\r\n key!"), "no ***!");
        assert_eq!(without("one  two", "not one  two"), "not ***");
        assert_eq!(without("one  two", "not onetwo"), "not ***");
    }

    #[test]
    fn what_only_resembles_a_secret_stays() {
        for text in ["secretke", "ecretkey", "%", "%4", "%zz", "", "é%C3%A9%"] {
            assert_eq!(without("secretkey", text), text);
        }
    }

    #[test]
    fn the_number_is_found_as_sent_and_in_either_case() {
        for (id, text, shown) in [
            (
                "ext 5551234",
                "no /numbers/ext%205551234, no ext  5551234",
                "no /numbers/…1234, no …1234",
            ),
            (
                "DID64a54de2-8ebe-4c01-838f-a2235815dab4",
                "did64A54DE2-8EBE-4C01-838F-A2235815DAB4?",
                "…dab4?",
            ),
            (
                "Ünïcode",
                "ünïcode, Ünïcode, %C3%9Cn%C3%AFcode",
                "ünïcode, …code, …code",
            ),
            ("33782990580", "+33 782 990 580 is gone", "+…0580 is gone"),
        ] {
            assert_eq!(redact(text, &[], &NumberId::new(id)), shown, "{id}");
        }
    }
}
