use std::fmt;

/// What a successful call means for the number.
///
/// Exhaustive on purpose: nobody's `_` arm may swallow a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums)]
pub enum Outcome {
    /// The vendor says that the number is gone.
    Released,
    /// The vendor has taken the order, but the number is not gone yet. None of the vendors known
    /// here says how long it takes.
    Accepted,
    /// The vendor does not know the number (404 or 410) after an earlier attempt that may have
    /// released it. Evidence, not proof: a wrong account or region answers the same.
    Absent,
}

impl Outcome {
    /// The name in lower case, as the command prints it: `released`, `accepted` or `absent`.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Released => "released",
            Self::Accepted => "accepted",
            Self::Absent => "absent",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
