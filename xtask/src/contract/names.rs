//! Names of a contract in Rust's cases.

/// Whether it is an identifier. Only ASCII, though Rust allows more.
pub(crate) fn is_ident(name: &str) -> bool {
    name.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

/// Whether it is a reserved word of Rust.
pub(crate) fn is_reserved(name: &str) -> bool {
    // syn knows every reserved word except this one, new in edition 2024.
    name == "gen" || syn::parse_str::<proc_macro2::Ident>(name).is_err()
}

/// The words of a name, in lower case. `AccountSid`, `account_sid`, `account-sid` and `accountSid`
/// are the same two.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut fresh = true;
    let mut upper = true;
    for character in name.chars() {
        if !character.is_ascii_alphanumeric() {
            fresh = true;
            continue;
        }
        let capital = character.is_ascii_uppercase();
        if fresh || (capital && !upper) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(character.to_ascii_lowercase());
        }
        (fresh, upper) = (false, capital);
    }
    words
}

/// `account_sid`
pub fn snake(name: &str) -> String {
    words(name).join("_")
}

/// `ACCOUNT_SID`
pub fn constant(name: &str) -> String {
    snake(name).to_ascii_uppercase()
}

/// `AccountSid`
pub fn pascal(name: &str) -> String {
    words(name)
        .iter()
        .map(|word| {
            let mut letters = word.chars();
            let first = letters.next().map(|letter| letter.to_ascii_uppercase());
            first.into_iter().chain(letters).collect::<String>()
        })
        .collect()
}
