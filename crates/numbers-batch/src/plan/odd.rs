//! Ids that a vendor may take, and that hardly are one.

/// Why an id is odd, if it is. `example` is one that the vendor shows, or empty.
pub(super) fn odd(id: &str, example: &str) -> Option<&'static str> {
    let has = |sought: &[char]| id.contains(sought);
    if has(&['#']) {
        Some("has a # in it: is a comment behind the id?")
    } else if has(&[',', ';', '|']) {
        Some("has a comma or another separator in it: is the list a CSV?")
    } else if has(&['"', '\'', '`']) {
        Some("has a quotation mark in it")
    } else if id.contains(char::is_whitespace) {
        Some("has a space in it")
    } else if has(&['+']) && !example.contains('+') {
        Some("has a + in it, which ids of this vendor do not have")
    } else if !id.contains(|character: char| character.is_ascii_digit()) {
        Some("is a word without a digit: is it the head of a column?")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::odd;

    const SID: &str = "35a1dcbd05a01d4c6e9f3b7a1cf51a7e";

    #[test]
    fn what_hardly_is_an_id_is_odd() {
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
            "+33782990580",
            "3.37829E+10",
        ] {
            assert!(odd(id, SID).is_some(), "{id}");
        }
    }

    #[test]
    fn plain_digits_and_a_vendors_own_form_are_not_odd() {
        for (id, example) in [
            ("33782990580", SID),
            (SID, SID),
            ("PN1", ""),
            ("+33782990580", "+15550100"),
        ] {
            assert_eq!(odd(id, example), None, "{id}");
        }
    }
}
