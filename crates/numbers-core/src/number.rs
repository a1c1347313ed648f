use crate::text::printable;
use std::fmt;
use std::sync::Arc;

/// A vendor's id of one number: a UUID, a sid, or the phone number itself.
///
/// Any text can be a `NumberId`. [`Releaser::preview`](crate::Releaser::preview) and
/// [`Releaser::release`](crate::Releaser::release) check it before anything is sent.
///
/// An id can be a phone number, so `Debug` shows no more than its last four characters, and there is no
/// `Display`. [`as_str`](Self::as_str) shows the whole id.
///
/// ```
/// use numbers_core::NumberId;
///
/// let id = NumberId::new("33782990580");
/// assert_eq!(format!("{id:?}"), "NumberId(…0580)");
/// assert_eq!(id.as_str(), "33782990580");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NumberId(Arc<str>);

impl NumberId {
    /// Takes the id as the vendor writes it.
    pub fn new(id: impl Into<Arc<str>>) -> Self {
        Self(id.into())
    }

    /// The whole id. Keep it out of logs: it may be a phone number.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// An ellipsis and the last four characters, fit for a log. An id of four characters or fewer shows as the
    /// ellipsis alone.
    pub fn masked(&self) -> String {
        match self.0.char_indices().rev().nth(3) {
            Some((start, _)) if start > 0 => {
                format!("…{}", printable(self.0.get(start..).unwrap_or_default()))
            }
            _ => "…".to_owned(),
        }
    }
}

impl fmt::Debug for NumberId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NumberId({})", self.masked())
    }
}

impl From<&str> for NumberId {
    fn from(id: &str) -> Self {
        Self::new(id)
    }
}

impl From<String> for NumberId {
    fn from(id: String) -> Self {
        Self::new(id)
    }
}

#[cfg(test)]
mod tests {
    use super::NumberId;

    #[test]
    fn debug_never_shows_a_whole_id() {
        for (id, shown) in [
            ("", "NumberId(…)"),
            ("1234", "NumberId(…)"),
            ("12345", "NumberId(…2345)"),
            ("número-ñandú", "NumberId(…andú)"),
            ("n\u{1b}[2J", "NumberId(…[2J)"),
        ] {
            assert_eq!(format!("{:?}", NumberId::new(id)), shown);
        }
    }
}
