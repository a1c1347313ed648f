//! How counts follow a change of state.

use super::{Counts, State};
use numbers_core::Disposition;

/// What to add to the counts of a plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Delta {
    pub(super) pending: i64,
    pub(super) in_flight: i64,
    pub(super) released: i64,
    pub(super) accepted: i64,
    pub(super) absent: i64,
    pub(super) failed: i64,
    pub(super) unknown: i64,
}

impl Delta {
    /// `count` numbers go from one state to another.
    pub(super) fn shift(&mut self, from: State, to: State, count: i64) {
        *self.get_mut(from) -= count;
        *self.get_mut(to) += count;
    }

    fn get_mut(&mut self, state: State) -> &mut i64 {
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
}

/// The counts as both databases have them, in the order of [`Counts`].
pub(super) type CountsRow = (i64, i64, i64, i64, i64, i64, i64);

impl Counts {
    pub(super) fn from_row(row: CountsRow) -> Self {
        let [
            pending,
            in_flight,
            released,
            accepted,
            absent,
            failed,
            unknown,
        ] = [row.0, row.1, row.2, row.3, row.4, row.5, row.6]
            .map(|count| u64::try_from(count).unwrap_or_default());
        Self {
            pending,
            in_flight,
            released,
            accepted,
            absent,
            failed,
            unknown,
        }
    }
}
