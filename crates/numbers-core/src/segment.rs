//! An id as one segment of a URL path: what is refused, and how the rest is encoded.

use crate::text::is_invisible;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt;

/// The longest id that is sent, in bytes.
pub const MAX_SEGMENT_BYTES: usize = 128;

/// All but the characters that RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Why an id can't be sent as one segment of a URL path.
///
/// Each of these would change which resource the request names (with an empty id or `..` it would delete the whole
/// collection), or occurs in no vendor's ids.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SegmentError {
    /// The id is empty.
    Empty,
    /// The id is `.` or `..`.
    Dots,
    /// The id contains `/`, `\` or `%`.
    Separator,
    /// The id contains a control character.
    Control,
    /// The id begins or ends with white space, which a server may strip.
    Space,
    /// The id contains an invisible character, such as a byte order mark.
    Invisible,
    /// The id is longer than [`MAX_SEGMENT_BYTES`].
    TooLong,
}

impl fmt::Display for SegmentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("it is empty"),
            Self::Dots => f.write_str("it is a dot segment, which would change the path"),
            Self::Separator => {
                f.write_str("it contains '/', '\\' or '%', which would change the path")
            }
            Self::Control => f.write_str("it contains a control character"),
            Self::Space => f.write_str("it begins or ends with white space"),
            Self::Invisible => f.write_str("it contains an invisible character"),
            Self::TooLong => write!(f, "it is longer than {MAX_SEGMENT_BYTES} bytes"),
        }
    }
}

/// A sentence, fit to be returned from `main`.
impl fmt::Debug for SegmentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the id was refused: {self}")
    }
}

impl std::error::Error for SegmentError {}

/// Checks that `id` can be sent as one segment of a path.
///
/// # Errors
///
/// The first reason found why it can't.
pub fn check_segment(id: &str) -> Result<(), SegmentError> {
    match id {
        "" => return Err(SegmentError::Empty),
        "." | ".." => return Err(SegmentError::Dots),
        _ if id.len() > MAX_SEGMENT_BYTES => return Err(SegmentError::TooLong),
        _ => {}
    }
    for character in id.chars() {
        match character {
            '0'..='9' | 'A'..='Z' | 'a'..='z' => {}
            '/' | '\\' | '%' => return Err(SegmentError::Separator),
            _ if character.is_control() => return Err(SegmentError::Control),
            _ if is_invisible(character) => return Err(SegmentError::Invisible),
            _ => {}
        }
    }
    if id.trim() == id {
        Ok(())
    } else {
        Err(SegmentError::Space)
    }
}

/// Appends `id` to `path`, percent-encoding all but unreserved characters.
///
/// It does not check the id: call [`check_segment`] first.
///
/// ```
/// let mut path = String::from("/numbers/");
/// numbers_core::raw::push_segment(&mut path, "a b+c");
/// assert_eq!(path, "/numbers/a%20b%2Bc");
/// ```
pub fn push_segment(path: &mut String, id: &str) {
    path.extend(utf8_percent_encode(id, RESERVED));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_would_change_the_path_is_refused() {
        for (id, why) in [
            ("", SegmentError::Empty),
            (".", SegmentError::Dots),
            ("..", SegmentError::Dots),
            ("a/b", SegmentError::Separator),
            ("a\\b", SegmentError::Separator),
            ("%2e%2e", SegmentError::Separator),
            ("a\nb", SegmentError::Control),
            ("a\u{7f}", SegmentError::Control),
            ("a\u{85}", SegmentError::Control),
            (" ", SegmentError::Space),
            (".. ", SegmentError::Space),
            ("\u{a0}1", SegmentError::Space),
            ("\u{feff}33782990580", SegmentError::Invisible),
            ("337829\u{200b}90580", SegmentError::Invisible),
            (&"x".repeat(129), SegmentError::TooLong),
        ] {
            assert_eq!(check_segment(id), Err(why), "{id:?}");
        }
    }

    #[test]
    fn an_id_of_the_greatest_length_or_with_dots_inside_is_taken() {
        for id in ["...", "a.b", "x y", "ü", &"x".repeat(128)] {
            assert_eq!(check_segment(id), Ok(()), "{id:?}");
        }
    }
}
