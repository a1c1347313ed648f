/// The longest piece of a vendor's text that is shown, in characters.
const MAX_CHARS: usize = 300;

/// Makes a stranger's text fit for a terminal and a log line: runs of white space become one space,
/// control characters (so escape sequences too) and characters that reorder a line go, and what is
/// longer than 300 characters is cut.
pub(crate) fn clean(text: &str) -> String {
    let mut shown = String::with_capacity(text.len().min(MAX_CHARS));
    let mut count = 0;
    let mut space = false;
    for character in text.chars() {
        if character.is_whitespace() {
            space = !shown.is_empty();
            continue;
        }
        if character.is_control() || reorders(character) {
            continue;
        }
        if count + usize::from(space) >= MAX_CHARS {
            shown.push('…');
            break;
        }
        if space {
            shown.push(' ');
            count += 1;
            space = false;
        }
        shown.push(character);
        count += 1;
    }
    shown
}

/// Invisible characters that change the direction or the joining of their neighbours.
fn reorders(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
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
            format!("{}…", "x".repeat(299))
        );
    }
}
