use numbers_core::{NumberId, printable};
use secrecy::{ExposeSecret, SecretString};

/// The length of an id, in bytes, up to which it is not looked for.
const SHORT: usize = 5;

/// Takes the secrets and the number out of a stranger's text: a vendor that complains of a key may
/// well repeat it. What can't be shown goes first: woven into a key, it would hide it from the search.
pub(crate) fn redact(text: &str, secrets: &[SecretString], number: &NumberId) -> String {
    let text = secrets.iter().fold(printable(text), |text, secret| {
        match secret.expose_secret() {
            "" => text,
            secret if text.contains(secret) => text.replace(secret, "***"),
            _ => text,
        }
    });
    match number.as_str() {
        // Of an id this short nobody would know it again, and it stands in all sorts of texts.
        id if id.len() <= SHORT => text,
        id if text.contains(id) => text.replace(id, &number.masked()),
        _ => text,
    }
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
}
