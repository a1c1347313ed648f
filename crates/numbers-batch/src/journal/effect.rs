//! What a result does to its number, in both backends.

#[cfg(feature = "sqlite")]
use super::delta::Delta;
use super::{AttemptOutcome, AttemptResult, State};
use numbers_core::Disposition;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// The state of a number before a result is recorded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    pub(super) state: State,
    /// The last attempt that was begun.
    pub(super) attempt: Option<i64>,
}

/// A result and what it does.
#[derive(Debug)]
pub(super) struct Effect<'a> {
    pub(super) result: &'a AttemptResult,
    /// Whether its claim had become unknown before.
    pub(super) late: bool,
    /// The states of the number before and after, if the result changes the number.
    pub(super) change: Option<(State, State)>,
}

impl Effect<'_> {
    /// The message, without NUL, which PostgreSQL can't store.
    pub(super) fn message(&self) -> Option<Cow<'_, str>> {
        self.result.message.as_deref().map(storable)
    }

    /// The vendor's id for the request.
    pub(super) fn request_id(&self) -> Option<Cow<'_, str>> {
        self.result.request_id.as_deref().map(storable)
    }

    /// The name of the event.
    pub(super) fn event(&self) -> &'static str {
        if self.late { "late_result" } else { "result" }
    }

    /// The name of the attempt's outcome.
    pub(super) fn outcome(&self) -> &'static str {
        match self.result.outcome {
            AttemptOutcome::Settled(disposition) => disposition.as_str(),
            AttemptOutcome::Requeued => "requeued",
            AttemptOutcome::NotSent => "not_sent",
        }
    }
}

fn storable(text: &str) -> Cow<'_, str> {
    match text.contains('\0') {
        true => text.replace('\0', " ").into(),
        false => text.into(),
    }
}

/// The effects of results, each attempt once. `standing` has the numbers that are known, by position.
pub(super) fn effects<'a>(
    results: &'a [AttemptResult],
    standing: &HashMap<u64, Standing>,
) -> Vec<Effect<'a>> {
    let mut seen = HashSet::new();
    results
        .iter()
        .filter(|result| seen.insert(result.attempt))
        .map(|result| effect(result, standing.get(&result.position)))
        .collect()
}

fn effect<'a>(result: &'a AttemptResult, standing: Option<&Standing>) -> Effect<'a> {
    let to = match result.outcome {
        AttemptOutcome::Settled(disposition) => State::Settled(disposition),
        AttemptOutcome::Requeued | AttemptOutcome::NotSent => State::Pending,
    };
    let current = standing.filter(|standing| standing.attempt == Some(result.attempt.0));
    let from = current.map(|standing| standing.state);
    let change = match from {
        Some(State::InFlight | State::Settled(Disposition::Unknown)) => from,
        Some(State::Pending) if to != State::Pending => from,
        _ => None,
    };
    Effect {
        result,
        late: from != Some(State::InFlight),
        change: change.map(|from| (from, to)),
    }
}

/// The sum of the changes.
#[cfg(feature = "sqlite")]
pub(super) fn delta(effects: &[Effect<'_>]) -> Delta {
    let mut delta = Delta::default();
    for (from, to) in effects.iter().filter_map(|effect| effect.change) {
        delta.shift(from, to, 1);
    }
    delta
}
