//! The names of states, and counts by state.

use super::{Counts, State};
use numbers_core::{Disposition, UnknownName};
use std::fmt;
use std::str::FromStr;

impl State {
    /// The name that a journal stores: `pending`, `in_flight`, or that of the disposition.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::InFlight => "in_flight",
            Self::Settled(disposition) => disposition.as_str(),
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for State {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        match name {
            "pending" => Ok(Self::Pending),
            "in_flight" => Ok(Self::InFlight),
            _ => Disposition::from_str(name).map(Self::Settled),
        }
    }
}

impl Counts {
    /// How many numbers are in a state.
    pub fn get(&self, state: State) -> u64 {
        let mut counts = *self;
        *counts.get_mut(state)
    }

    pub(crate) fn get_mut(&mut self, state: State) -> &mut u64 {
        match state {
            State::Pending => &mut self.pending,
            State::InFlight => &mut self.in_flight,
            State::Settled(Disposition::Released) => &mut self.released,
            State::Settled(Disposition::Accepted) => &mut self.accepted,
            State::Settled(Disposition::Absent) => &mut self.absent,
            State::Settled(Disposition::Failed) => &mut self.failed,
            State::Settled(Disposition::Unknown) => &mut self.unknown,
        }
    }

    /// How many numbers the plan has.
    pub fn total(&self) -> u64 {
        self.pending
            + self.in_flight
            + self.released
            + self.accepted
            + self.absent
            + self.failed
            + self.unknown
    }
}
