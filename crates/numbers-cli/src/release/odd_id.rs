//! Ids that hardly are ids: a heading, a row of a table, a remark behind the id. A vendor may take any text, and would
//! respond 404 to each of them, or release another number.

/// Why an id is odd, or `None`. `example` is an id as the vendor shows it.
pub(crate) fn oddity(id: &str, example: &str) -> Option<&'static str> {
    if id.contains(char::is_whitespace) {
        Some("it has a space in it")
    } else if id.contains([',', ';']) {
        Some("it has a comma in it, like a row of a table")
    } else if id.contains('#') {
        Some("it has a # in it, like a remark")
    } else if id.contains(['"', '\'', '`']) {
        Some("it has a quotation mark in it")
    } else if !id.contains(|character: char| character.is_ascii_digit()) {
        Some("it has no digit in it, like a heading")
    } else if id.starts_with('+') && !is_phone_number(example) {
        Some("it begins with + like a phone number, and the vendor's ids are none")
    } else {
        None
    }
}

/// Digits as in E.164, with or without the `+`.
fn is_phone_number(example: &str) -> bool {
    let digits = example.strip_prefix('+').unwrap_or(example);
    (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::oddity;

    const SID: &str = "35a1dcbd05a01d4c6e9f3b7a1cf51a7e";
    const PHONE: &str = "33782990580";

    #[test]
    fn headings_rows_remarks_and_phone_numbers_are_odd() {
        for id in [
            "number",
            "phone_number",
            "1202555 0101",
            "1202\u{a0}555",
            "12025550101,acme",
            "12025550101;acme",
            "12025550101#ours",
            "\"12025550101\"",
            "'1",
            "--quiet",
            "+12025550101",
        ] {
            assert!(oddity(id, SID).is_some(), "{id}");
        }
    }

    #[test]
    fn ids_are_not_odd_and_neither_is_a_plus_of_a_phone_number() {
        for id in [
            SID,
            PHONE,
            "1",
            "DID64a54de2-8ebe-4c01-838f-a2235815dab4",
            "+33782990580",
        ] {
            assert_eq!(oddity(id, PHONE), None, "{id}");
        }
    }
}
