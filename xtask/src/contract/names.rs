//! A name of the contract's in the ways that Rust writes names.

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
