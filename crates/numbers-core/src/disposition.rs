use crate::{Error, Outcome, Release};

/// What became of a number: the five results that a `Result<Release, Error>` can have.
///
/// ```
/// use numbers_core::{Disposition, Error, ErrorKind, Vendor};
///
/// let result = Err(Error::new(Vendor::new("acme"), ErrorKind::Timeout));
/// let disposition = Disposition::from_result(&result);
/// assert_eq!(disposition, Disposition::Unknown);
/// assert_eq!(disposition.to_string(), "unknown");
/// ```
///
/// Exhaustive on purpose: a `match` needs no `_` arm, which would hide a new variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(clippy::exhaustive_enums)]
pub enum Disposition {
    /// The vendor says that the number is released.
    Released,
    /// The vendor has accepted the request; the number is not released yet.
    Accepted,
    /// The vendor does not know the number, after an attempt that may have released it.
    Absent,
    /// This call, and every attempt that it made, certainly did not release the number.
    Failed,
    /// The number may have been released. Look it up before you try again.
    Unknown,
}

named_enum!(Disposition, "disposition", {
    Released => "released",
    Accepted => "accepted",
    Absent => "absent",
    Failed => "failed",
    Unknown => "unknown",
});

impl Disposition {
    /// The disposition of a call's result.
    pub fn from_result(result: &Result<Release, Error>) -> Self {
        match result {
            Ok(release) => release.outcome().into(),
            Err(error) => error.disposition(),
        }
    }
}

impl From<Outcome> for Disposition {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Released => Self::Released,
            Outcome::Accepted => Self::Accepted,
            Outcome::Absent => Self::Absent,
        }
    }
}
