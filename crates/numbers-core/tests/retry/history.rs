//! Any history of attempts against a second statement of the rule.

use super::{ACME, SECOND, answered, attempts, run, timed_out};
use numbers_core::testing::Scripted;
use numbers_core::{Error, ErrorKind, Outcome};
use proptest::prelude::*;

/// One call of a history, as far as the rule is concerned.
#[derive(Debug, Clone, Copy)]
enum Step {
    Success(Outcome),
    Status(u16),
    NoConnection,
    NoAnswer,
}

/// What the rule says of a history: calls made, and either an outcome or kind and doubt.
type Verdict = (usize, Result<Outcome, (ErrorKind, bool)>);

fn by_the_rule(steps: &[Step], max: usize, resend: bool) -> Verdict {
    let mut doubt = false;
    for (index, step) in steps.iter().enumerate() {
        let calls = index + 1;
        let (kind, unknown, retryable) = match *step {
            Step::Success(outcome) => return (calls, Ok(outcome)),
            Step::Status(404 | 410) if doubt => return (calls, Ok(Outcome::Absent)),
            Step::NoConnection => (ErrorKind::Connect, false, true),
            Step::NoAnswer => (ErrorKind::Timeout, true, false),
            Step::Status(status) => {
                let unknown = matches!(status, 100..=399 | 408 | 500..);
                (ErrorKind::from_status(status), unknown, status == 429)
            }
        };
        doubt |= unknown;
        if calls == max || !(retryable || (resend && unknown)) {
            return (calls, Err((kind, doubt)));
        }
    }
    unreachable!("a history is at least as long as the most attempts")
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        1 => prop_oneof![Just(Outcome::Released), Just(Outcome::Accepted)].prop_map(Step::Success),
        3 => prop_oneof![Just(404), Just(410), Just(429), Just(503), Just(408), 100u16..700].prop_map(Step::Status),
        2 => Just(Step::NoConnection),
        2 => Just(Step::NoAnswer),
    ]
}

proptest! {
    #[test]
    fn every_history_ends_as_the_rule_says(steps in prop::collection::vec(step(), 6), max in 1u32..=6, resend: bool) {
        let script = steps.iter().fold(Scripted::new(ACME), |script, step| script.then(match *step {
            Step::Success(outcome) => Ok(outcome),
            Step::Status(status) => answered(status),
            Step::NoConnection => Err(Error::connect(ACME, "refused")),
            Step::NoAnswer => timed_out(),
        }));
        let policy = attempts(max).with_deadline(10_000 * SECOND).with_resend_after_unknown(resend);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let result = runtime.block_on(run(&script, policy));
        let attempts = match &result {
            Ok(release) => release.attempts().len(),
            Err(error) => error.attempts().len(),
        };
        let ended = result.map(|release| release.outcome()).map_err(|error| (error.kind(), error.may_have_released()));
        let (calls, verdict) = by_the_rule(&steps, max as usize, resend);
        prop_assert_eq!((script.calls().len(), attempts, ended), (calls, calls, verdict));
    }
}
