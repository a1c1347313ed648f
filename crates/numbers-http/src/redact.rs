//! Removes the secrets and the number from untrusted text.

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

/// Replaces `needle` with `mask`, in the text as it is and percent-decoded.
fn replace(text: String, needle: &str, mask: &str) -> String {
    let needle = printable(needle);
    let literal = bytes(&units(&needle, false));
    let decoded = bytes(&units(&needle, true));
    let text = replace_units(text, false, &literal, mask);
    // A `%` in the secret may be encoded or not.
    let text = replace_units(text, true, &decoded, mask);
    replace_units(text, true, &literal, mask)
}

fn replace_units(text: String, decode: bool, needle: &[u8], mask: &str) -> String {
    let units = units(&text, decode);
    let mut redacted = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(window) = units.get(at..at + needle.len()) {
        let (Some(first), Some(last)) = (window.first(), window.last()) else {
            return text;
        };
        if !window.iter().map(|unit| &unit.byte).eq(needle) {
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

/// A byte of a text in lower case, and its position.
struct Unit {
    byte: u8,
    place: Range<usize>,
}

fn bytes(units: &[Unit]) -> Vec<u8> {
    units.iter().map(|unit| unit.byte).collect()
}

/// A text without its white space, percent-decoded once if asked for.
fn units(text: &str, decode: bool) -> Vec<Unit> {
    let all = text.as_bytes();
    let mut units = Vec::with_capacity(all.len());
    let mut at = 0;
    while let Some(&byte) = all.get(at) {
        let decoded = match all.get(at..at + 3) {
            Some(&[b'%', high, low]) if decode => hex(high).zip(hex(low)),
            _ => None,
        };
        let (byte, end) = match decoded {
            Some((high, low)) => (high * 16 + low, at + 3),
            None => (byte, at + 1),
        };
        let byte = byte.to_ascii_lowercase();
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

fn hex(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
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
    fn a_secret_right_behind_a_percent_sign_is_found() {
        for text in ["LIKE '%cAnArY%'", "a%canary", "100% canary", "%63%canary"] {
            assert!(
                !without("cAnArY", text).to_lowercase().contains("nary"),
                "{text}"
            );
        }
        let shown = redact("LIKE '%33782990580%'", &[], &NumberId::new("33782990580"));
        assert_eq!(shown, "LIKE '%…0580%'");
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
