//! Names of a contract in Rust's cases.

/// The reserved words of Rust 2024.
const RESERVED: [&str; 53] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "_",
];

/// Whether it is an identifier. Only ASCII, though Rust allows more.
pub fn is_ident(name: &str) -> bool {
    name.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

/// Whether it is a reserved word of Rust.
pub fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
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

/// `account_sid`; a reserved word gets an underscore.
pub fn field(name: &str) -> String {
    let name = snake(name);
    let end = if is_reserved(&name) { "_" } else { "" };
    name + end
}
