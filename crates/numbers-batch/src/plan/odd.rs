//! Ids that are probably a mistake in the list.

/// Why an id is probably a mistake, or `None`. `example` is an example of an id, such as
/// [`Endpoint::id_example`](numbers_core::Endpoint::id_example), or empty.
///
/// A vendor may accept any text, and respond 404 to such an id or release another number.
///
/// ```
/// use numbers_batch::plan::odd_id_reason;
///
/// assert!(odd_id_reason("phone_number", "").is_some());
/// assert_eq!(odd_id_reason("33782990580", ""), None);
/// ```
pub fn odd_id_reason(id: &str, example: &str) -> Option<&'static str> {
    let has = |characters: &[char]| id.contains(characters);
    if has(&['#']) {
        Some("has a # in it: is it followed by a comment?")
    } else if has(&[',', ';', '|']) {
        Some("has a comma or another separator in it: is the list a CSV?")
    } else if has(&['"', '\'', '`']) {
        Some("has a quotation mark in it")
    } else if id.contains(char::is_whitespace) {
        Some("has a space in it")
    } else if id.starts_with('-') {
        Some("begins with - like a flag")
    } else if has(&['+']) && !(is_phone_number(id) && is_phone_number(example)) {
        Some("has a + in it, which ids of this vendor do not have")
    } else if !id.contains(|character: char| character.is_ascii_digit()) {
        Some("is a word without a digit: is it the name of a column?")
    } else {
        None
    }
}

/// Digits as in E.164, with or without the `+`.
pub(crate) fn is_phone_number(id: &str) -> bool {
    let digits = id.strip_prefix('+').unwrap_or(id);
    (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::odd_id_reason;

    const SID: &str = "35a1dcbd05a01d4c6e9f3b7a1cf51a7e";
    const PHONE: &str = "33782990580";

    #[test]
    fn what_is_probably_not_an_id_is_odd() {
        for id in [
            "337829 90580",
            "33782990580\u{a0}x1",
            "33782990580, 33782990581",
            "33782990580;",
            "33782990580 # mine",
            "33782990580#",
            "\"33782990580\"",
            "number",
            "phone_number",
            "--quiet",
            "-33782990580",
            "+33782990580",
            "3.37829E+10",
        ] {
            assert!(odd_id_reason(id, SID).is_some(), "{id}");
        }
        assert!(odd_id_reason("3.37829E+10", PHONE).is_some());
    }

    #[test]
    fn plain_digits_and_a_vendors_own_form_are_not_odd() {
        for (id, example) in [
            ("33782990580", SID),
            (SID, SID),
            ("PN1", ""),
            ("1", PHONE),
            ("+33782990580", PHONE),
            ("+33782990580", "+15550100"),
        ] {
            assert_eq!(odd_id_reason(id, example), None, "{id}");
        }
    }
}
