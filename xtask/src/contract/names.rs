//! Names of a contract in Rust's cases.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

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

/// Whether a path, but for its first slash, is sent as it is.
pub fn is_plain_path(path: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte);
    let mut segments = path.split('/');
    segments.all(|it| !["", ".", ".."].contains(&it) && it.bytes().all(is_plain))
}

/// `account_sid`
pub fn snake(name: &str) -> String {
    name.to_snake_case()
}

/// `ACCOUNT_SID`
pub fn constant(name: &str) -> String {
    name.to_shouty_snake_case()
}

/// `AccountSid`
pub fn pascal(name: &str) -> String {
    name.to_upper_camel_case()
}

/// `account_sid`; a reserved word gets an underscore.
pub fn field(name: &str) -> String {
    let name = snake(name);
    let end = if is_reserved(&name) { "_" } else { "" };
    name + end
}
