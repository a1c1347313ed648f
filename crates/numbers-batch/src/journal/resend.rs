//! Which of the numbers that may have been released a worker sends again.

use std::time::Duration;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Resend {
    #[default]
    None,
    /// Those whose last attempt is younger.
    YoungerThan(Duration),
    All,
}

impl Resend {
    pub(super) fn new(younger_than: Option<Duration>) -> Self {
        younger_than.map_or(Self::All, Self::YoungerThan)
    }

    /// Whether a number whose last attempt is this old may be sent again.
    pub(super) fn allows(self, age: Duration) -> bool {
        match self {
            Self::None => false,
            Self::YoungerThan(limit) => age < limit,
            Self::All => true,
        }
    }
}
