use numbers_core::{NumberId, printable, push_segment};
use secrecy::{ExposeSecret, SecretString};

/// The length of an id, in bytes, up to which it is not looked for.
const SHORT: usize = 5;

/// Takes the secrets and the number out of a stranger's text: a vendor that complains of a key may
/// well repeat it, as it is or as it stood in the path, in ASCII letters of either case. What can't be shown
/// goes first, here and in what is looked for: woven into a key, it would hide it from the search.
pub(crate) fn redact(text: &str, secrets: &[SecretString], number: &NumberId) -> String {
    let text = secrets.iter().fold(printable(text), |text, secret| {
        replace(text, &printable(secret.expose_secret()), "***")
    });
    let id = number.as_str();
    // Of an id this short nobody would know it again, and it stands in all sorts of texts.
    if id.len() <= SHORT {
        return text;
    }
    let mut sent = String::new();
    push_segment(&mut sent, id);
    let text = replace(text, &sent, &number.masked());
    replace(text, &printable(id), &number.masked())
}

/// Puts `by` in place of `what`, in ASCII letters of either case.
fn replace(text: String, what: &str, by: &str) -> String {
    let (lower, what) = (text.to_ascii_lowercase(), what.to_ascii_lowercase());
    if what.is_empty() || !lower.contains(&what) {
        return text;
    }
    let mut replaced = String::new();
    let mut rest = 0;
    // Lower case in ASCII moves no byte, so a place in the one text is a place in the other.
    for (place, found) in lower.match_indices(&what) {
        replaced.push_str(text.get(rest..place).unwrap_or_default());
        replaced.push_str(by);
        rest = place + found.len();
    }
    replaced.push_str(text.get(rest..).unwrap_or_default());
    replaced
}

#[cfg(test)]
mod tests {
    use super::redact;
    use numbers_core::NumberId;
    use secrecy::SecretString;

    #[test]
    fn a_secret_is_found_also_where_invisible_characters_are_woven_into_it() {
        let text = "key k\u{200b}e\u{1b}y-1 may not touch +3378\u{0}2990580";
        let shown = redact(
            text,
            &[SecretString::from("key-1")],
            &NumberId::new("33782990580"),
        );
        assert_eq!(shown, "key *** may not touch +…0580");
    }

    #[test]
    fn the_number_is_found_as_it_was_sent_and_in_letters_of_either_case() {
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
        ] {
            assert_eq!(redact(text, &[], &NumberId::new(id)), shown, "{id}");
        }
    }

    #[test]
    fn a_secret_with_two_spaces_is_found_where_they_have_become_one() {
        let secrets = [SecretString::from("one  two")];
        let shown = redact("not one  two", &secrets, &NumberId::new("1"));
        assert_eq!(shown, "not ***");
    }
}
