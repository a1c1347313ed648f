//! The states of numbers, as the page shows them.

use crate::journal::State;
use numbers_core::Disposition;

/// All states, the most urgent first.
pub(super) const STATES: [State; 7] = [
    State::Settled(Disposition::Unknown),
    State::InFlight,
    State::Settled(Disposition::Failed),
    State::Pending,
    State::Settled(Disposition::Absent),
    State::Settled(Disposition::Accepted),
    State::Settled(Disposition::Released),
];

/// The place of a state in [`STATES`].
pub(super) fn urgency(state: State) -> usize {
    let place = STATES.iter().position(|it| *it == state);
    place.unwrap_or(STATES.len())
}

/// What a state means, for readers who did not run it.
pub(super) const fn meaning(state: State) -> &'static str {
    match state {
        State::Settled(Disposition::Unknown) => {
            "The request was sent and its result is not known: the vendor may have released the number."
        }
        State::InFlight => {
            "A request had begun, and its result was not recorded when this page was made."
        }
        State::Settled(Disposition::Failed) => "The vendor did not release the number.",
        State::Pending => "Nothing was sent for the number.",
        State::Settled(Disposition::Absent) => {
            "The vendor no longer has the number; an earlier request whose result was lost probably released it."
        }
        State::Settled(Disposition::Accepted) => {
            "The vendor accepted the release and carries it out itself."
        }
        State::Settled(Disposition::Released) => "The vendor released the number.",
    }
}

/// A part of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Those that may have been released: unknown and in flight. All of them are shown.
    Unknown,
    /// Those that failed. All of them are shown.
    Failed,
    /// The rest. The first of them are shown.
    Rest,
}

impl Part {
    /// All of them, in the order of the page.
    pub(super) const ALL: [Self; 3] = [Self::Unknown, Self::Failed, Self::Rest];

    /// The part that a number is in.
    pub(super) const fn for_state(state: State) -> Self {
        match state {
            State::Settled(Disposition::Unknown) | State::InFlight => Self::Unknown,
            State::Settled(Disposition::Failed) => Self::Failed,
            State::Pending
            | State::Settled(Disposition::Absent | Disposition::Accepted | Disposition::Released) => {
                Self::Rest
            }
        }
    }
}
