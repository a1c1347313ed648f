//! Normal forms of facts, so that both sides can be compared.

use std::collections::BTreeSet;

/// A path without the names of its parameters.
pub(super) fn nameless(path: &str) -> String {
    let mut nameless = String::with_capacity(path.len());
    let mut inside = false;
    for character in path.trim_end_matches('/').chars() {
        match character {
            '{' => inside = true,
            '}' => inside = false,
            _ if inside => continue,
            _ => {}
        }
        nameless.push(character);
    }
    nameless
}

/// A name without case and hyphens.
pub(super) fn plain(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase()
}

/// Joins strings.
pub(super) fn list(texts: &BTreeSet<String>) -> String {
    if texts.is_empty() {
        return "anything".to_owned();
    }
    let texts: Vec<_> = texts.iter().map(String::as_str).collect();
    texts.join(", ")
}
