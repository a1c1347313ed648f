use crate::{Error, Outcome, Release};

/// What happened to a number: the five results of a call. [`from_result`](Self::from_result) reads it from the
/// call's result.
///
/// ```
/// use numbers_core::{Disposition, Error, ErrorKind, Release, Vendor};
///
/// let result: Result<Release, Error> = Err(Error::new(Vendor::new("acme"), ErrorKind::Timeout));
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
    /// The disposition of a call's result. The success is a [`Release`], or the response of a vendor's own call.
    pub fn from_result<T>(result: &Result<T, Error>) -> Self
    where
        for<'a> Self: From<&'a T>,
    {
        match result {
            Ok(success) => success.into(),
            Err(error) => error.disposition(),
        }
    }
}

impl From<&Release> for Disposition {
    fn from(release: &Release) -> Self {
        release.disposition()
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
