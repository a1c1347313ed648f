/// The longest piece of a vendor's text that is shown, in characters.
const MAX_CHARS: usize = 300;

/// Cleans untrusted text for a terminal and a log line: runs of white space become one space; control
/// characters, and with them escape sequences, are removed, and so are invisible characters and those that
/// reorder text. Search the result for secrets, not the original, in which they may hide one.
///
/// ```
/// assert_eq!(numbers_core::raw::printable("\u{1b}[31mnot\r\n found\u{200b}!"), "[31mnot found!");
/// ```
pub fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut space = false;
    for character in text.chars() {
        if character.is_whitespace() {
            space = !shown.is_empty();
        } else if !character.is_control() && !is_invisible(character) {
            if std::mem::take(&mut space) {
                shown.push(' ');
            }
            shown.push(character);
        }
    }
    shown
}

/// A printable text, cut to 300 characters.
pub(crate) fn clean(text: &str) -> String {
    clean_to(text, MAX_CHARS)
}

/// A printable text, cut to `max` characters.
pub(crate) fn clean_to(text: &str, max: usize) -> String {
    let mut shown = printable(text);
    if let Some((end, _)) = shown.char_indices().nth(max) {
        shown.truncate(end);
        shown.push('…');
    }
    shown
}

/// Untrusted text cleaned and cut for display, if anything is left of it.
pub(crate) fn for_display(text: Option<&str>) -> Option<Box<str>> {
    text.map(clean)
        .filter(|text| !text.is_empty())
        .map(Into::into)
}

/// Invisible characters, and those that change the direction or the joining of their neighbours.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn escapes_and_line_breaks_do_not_reach_a_terminal() {
        assert_eq!(
            clean("\u{1b}[31mred\u{1b}[0m\r\n  next\u{9b}2J\u{202e}x"),
            "[31mred[0m next2Jx"
        );
    }

    #[test]
    fn a_long_text_is_cut_and_says_so() {
        let shown = clean(&"ä".repeat(5_000));
        assert_eq!(shown.chars().count(), 301);
        assert!(shown.ends_with('…'));
    }

    #[test]
    fn a_text_of_the_greatest_length_is_kept_whole() {
        let text = "x".repeat(300);
        assert_eq!(clean(&text), text);
        assert_eq!(
            clean(&format!("{} y", "x".repeat(298))),
            format!("{} y", "x".repeat(298))
        );
        assert_eq!(
            clean(&format!("{} y", "x".repeat(299))),
            format!("{} …", "x".repeat(299))
        );
    }
}
