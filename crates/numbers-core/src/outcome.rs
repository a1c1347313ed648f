/// What a successful call means for the number: the outcome of a [`Release`](crate::Release).
///
/// Exhaustive on purpose: a `match` needs no `_` arm, which would hide a new variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(clippy::exhaustive_enums)]
pub enum Outcome {
    /// The vendor says that the number is released.
    Released,
    /// The vendor has accepted the request, but the number is not released yet. How long that takes is not
    /// documented.
    Accepted,
    /// The vendor does not know the number (404 or 410) after an earlier attempt that may have released it.
    /// Evidence, not proof: a wrong account or region gives the same response. Only `Retry` and a batch report it, never
    /// a client alone.
    Absent,
}

named_enum!(Outcome, "outcome", {
    Released => "released",
    Accepted => "accepted",
    Absent => "absent",
});
