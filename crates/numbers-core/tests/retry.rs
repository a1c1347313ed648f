//! What `Retry` repeats, how it waits, and what it makes of the responses.

#![allow(clippy::unwrap_used)] // helpers of tests, which the lint takes for other code

use numbers_core::testing::Scripted;
use numbers_core::{
    Account, Error, ErrorKind, NumberId, Outcome, Preview, Release, Releaser, Retry, RetryPolicy,
    Vendor, async_trait,
};
use proptest::prelude::*;
use std::num::NonZeroU32;
use std::time::Duration;
use tokio::time::Instant;

const ACME: Vendor = Vendor::new("acme");
const SECOND: Duration = Duration::from_secs(1);

fn answered(status: u16) -> Result<Outcome, Error> {
    Err(Error::from_status(ACME, status))
}

fn timed_out() -> Result<Outcome, Error> {
    Err(Error::new(ACME, ErrorKind::Timeout))
}

fn attempts(n: u32) -> RetryPolicy {
    RetryPolicy::default().with_max_attempts(NonZeroU32::new(n).unwrap())
}

async fn run(script: &Scripted, policy: RetryPolicy) -> Result<Release, Error> {
    Retry::new(script.clone(), policy)
        .release(&NumberId::new("n-1"))
        .await
}

#[tokio::test(start_paused = true)]
async fn no_connection_and_429_are_retried_and_each_attempt_recorded() {
    let script = Scripted::new(ACME)
        .then(Err(Error::connect(ACME, "refused")))
        .then(answered(429))
        .then(Ok(Outcome::Accepted));
    let release = run(&script, RetryPolicy::default()).await.unwrap();
    assert_eq!(release.outcome(), Outcome::Accepted);
    let recorded: Vec<_> = release
        .attempts()
        .iter()
        .map(|a| (a.result(), a.status(), a.may_have_released()))
        .collect();
    assert_eq!(
        recorded,
        [
            (Err(ErrorKind::Connect), None, false),
            (Err(ErrorKind::RateLimited), Some(429), false),
            (Ok(Outcome::Accepted), None, true),
        ]
    );
    assert_eq!(script.left(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_deadline_beyond_the_clock_leaves_time_to_retry() {
    let script = Scripted::new(ACME)
        .then(answered(429))
        .then(Ok(Outcome::Released));
    let policy = RetryPolicy::default().with_deadline(Duration::MAX);
    let release = run(&script, policy).await.unwrap();
    assert_eq!(release.attempts().len(), 2);
}

/// Takes the attempts out of every result.
#[derive(Clone)]
struct WithoutAttempts(Scripted);

#[async_trait]
impl Releaser for WithoutAttempts {
    fn vendor(&self) -> Vendor {
        self.0.vendor()
    }

    fn account(&self) -> Account {
        Account::new("acme.example")
    }

    fn preview(&self, number: &NumberId) -> Result<Preview, Error> {
        self.0.preview(number)
    }

    async fn release(&self, number: &NumberId) -> Result<Release, Error> {
        match self.0.release(number).await {
            Ok(release) => Ok(release.with_attempts(Vec::new())),
            Err(error) => Err(error.with_attempts(Vec::new())),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_records_no_attempt_counts_as_one() {
    let script = WithoutAttempts(
        Scripted::new(ACME)
            .then(answered(429))
            .then(Ok(Outcome::Released)),
    );
    let retry = Retry::new(script, RetryPolicy::default());
    let release = retry.release(&NumberId::new("n-1")).await.unwrap();
    let results: Vec<_> = release.attempts().iter().map(|a| a.result()).collect();
    assert_eq!(
        results,
        [Err(ErrorKind::RateLimited), Ok(Outcome::Released)]
    );
}

#[tokio::test(start_paused = true)]
async fn the_attempts_of_a_layer_inside_are_all_kept() {
    let script = (0..4).fold(Scripted::new(ACME), |script, _| script.then(answered(429)));
    let inner = Retry::new(script, attempts(2));
    let outer = Retry::new(inner, attempts(2));
    let error = outer.release(&NumberId::new("n-1")).await.unwrap_err();
    assert_eq!(error.attempts().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn nothing_else_is_retried_by_default() {
    for status in [
        200, 301, 400, 401, 402, 403, 404, 408, 409, 410, 422, 500, 503, 600,
    ] {
        let script = Scripted::new(ACME)
            .then(answered(status))
            .then(Ok(Outcome::Released));
        let error = run(&script, RetryPolicy::default()).await.unwrap_err();
        assert_eq!(
            (error.status(), error.attempts().len(), script.calls().len()),
            (Some(status), 1, 1)
        );
    }
    for error in [
        Error::new(ACME, ErrorKind::ConnectionLost),
        Error::connect(ACME, "bad certificate").with_permanent(true),
    ] {
        let script = Scripted::new(ACME)
            .then(Err(error))
            .then(Ok(Outcome::Released));
        assert!(run(&script, RetryPolicy::default()).await.is_err());
        assert_eq!(script.calls().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_404_is_absent_only_after_an_attempt_that_may_have_released() {
    for missing in [404, 410] {
        let policy = RetryPolicy::default().with_resend_after_unknown(true);
        let script = Scripted::new(ACME)
            .then(timed_out())
            .then(answered(429))
            .then(answered(missing));
        let release = run(&script, policy.clone()).await.unwrap();
        assert_eq!(
            (release.outcome(), release.status()),
            (Outcome::Absent, Some(missing))
        );
        assert_eq!(release.attempts().len(), 3);

        let script = Scripted::new(ACME)
            .then(answered(429))
            .then(answered(missing));
        let error = run(&script, policy).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.may_have_released()),
            (ErrorKind::NotFound, false)
        );
    }
}

#[tokio::test(start_paused = true)]
async fn an_unknown_stays_unknown_whatever_comes_later() {
    let policy = attempts(3).with_resend_after_unknown(true);
    for status in [401, 403, 409, 422] {
        let script = Scripted::new(ACME)
            .then(answered(503))
            .then(answered(status));
        let error = run(&script, policy.clone()).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.may_have_released()),
            (ErrorKind::from_status(status), true)
        );
        assert!(!error.is_retryable());
    }
    let script = Scripted::new(ACME)
        .then(timed_out())
        .then(answered(429))
        .then(answered(429))
        .then(Ok(Outcome::Released));
    let error = run(&script, policy).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.may_have_released()),
        (ErrorKind::RateLimited, true)
    );
    assert_eq!(script.left(), 1);
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_obeyed_up_to_the_maximum() {
    for (asked, waited) in [(7, 7), (60, 60), (3_600, 60)] {
        let asked = Some(asked * SECOND);
        let script = Scripted::new(ACME)
            .then(answered(429).map_err(|error| error.with_retry_after(asked)))
            .then(Ok(Outcome::Released));
        let policy = RetryPolicy::default().with_backoff(Duration::from_millis(1), SECOND);
        let start = Instant::now();
        let _ = run(&script, policy).await.unwrap();
        assert_eq!(start.elapsed(), waited * SECOND);
    }
}

#[tokio::test(start_paused = true)]
async fn the_backoff_doubles_up_to_the_maximum_with_full_jitter() {
    let policy = attempts(5)
        .with_backoff(SECOND, 4 * SECOND)
        .with_deadline(1_000 * SECOND);
    let (mut shortest, mut longest) = (Duration::MAX, Duration::ZERO);
    for _ in 0..200 {
        let script = (0..5).fold(Scripted::new(ACME), |script, _| script.then(answered(429)));
        let start = Instant::now();
        run(&script, policy.clone()).await.unwrap_err();
        shortest = shortest.min(start.elapsed());
        longest = longest.max(start.elapsed());
        assert!(start.elapsed() <= (1 + 2 + 4 + 4) * SECOND);
    }
    // Drawn from all of it: neither fails once in a billion runs.
    assert!(shortest < 4 * SECOND, "never below {shortest:?}");
    assert!(longest > (1 + 2 + 4) * SECOND, "never over {longest:?}");
}

#[tokio::test(start_paused = true)]
async fn no_attempt_begins_in_the_last_quarter_of_the_deadline() {
    for (asked, calls) in [(29, 2), (30, 1), (40, 1)] {
        let asked = Some(asked * SECOND);
        let script = Scripted::new(ACME)
            .then(answered(429).map_err(|error| error.with_retry_after(asked)))
            .then(answered(401));
        let policy = RetryPolicy::default()
            .with_deadline(40 * SECOND)
            .with_backoff(Duration::ZERO, Duration::ZERO);
        let start = Instant::now();
        let error = run(&script, policy).await.unwrap_err();
        assert_eq!(script.calls().len(), calls, "{asked:?}");
        assert!(!error.may_have_released());
        // Nor is a wait begun that leads nowhere.
        let waited = asked.filter(|_| calls == 2).unwrap_or_default();
        assert_eq!(start.elapsed(), waited);
    }
}

#[tokio::test(start_paused = true)]
async fn an_attempt_cut_by_the_deadline_is_unknown() {
    let start = Instant::now();
    let error = run(
        &Scripted::new(ACME).then_silence(),
        RetryPolicy::default().with_deadline(5 * SECOND),
    )
    .await
    .unwrap_err();
    assert_eq!(
        (
            error.kind(),
            error.may_have_released(),
            error.is_retryable()
        ),
        (ErrorKind::Timeout, true, false)
    );
    assert_eq!((start.elapsed(), error.attempts().len()), (5 * SECOND, 1));
    assert_eq!(error.attempts()[0].duration(), 5 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn with_a_deadline_of_zero_nothing_is_sent() {
    let script = Scripted::new(ACME).then(Ok(Outcome::Released));
    let error = run(
        &script,
        RetryPolicy::default().with_deadline(Duration::ZERO),
    )
    .await
    .unwrap_err();
    assert_eq!(
        (error.kind(), error.may_have_released()),
        (ErrorKind::NotSent, false)
    );
    assert!(script.calls().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_call_dropped_in_a_wait_sends_nothing_more() {
    let script = Scripted::new(ACME)
        .then(answered(429).map_err(|error| error.with_retry_after(Some(30 * SECOND))))
        .then(Ok(Outcome::Released));
    assert!(
        tokio::time::timeout(SECOND, run(&script, RetryPolicy::default()))
            .await
            .is_err()
    );
    tokio::time::advance(100 * SECOND).await;
    assert_eq!((script.calls().len(), script.left()), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn what_is_refused_before_sending_has_no_attempt() {
    let script = Scripted::new(ACME).then(Err(Error::invalid_number(ACME, "it is empty")));
    let error = run(&script, RetryPolicy::default()).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts().len()),
        (ErrorKind::InvalidNumber, 0)
    );
}

#[tokio::test(start_paused = true)]
async fn the_longest_durations_do_not_panic() {
    let policy = attempts(u32::MAX)
        .with_backoff(Duration::MAX, Duration::MAX)
        .with_max_retry_after(Duration::MAX)
        .with_deadline(Duration::MAX);
    let script = Scripted::new(ACME)
        .then(answered(429).map_err(|error| error.with_retry_after(Some(Duration::MAX))));
    assert_eq!(
        run(&script, policy).await.unwrap_err().kind(),
        ErrorKind::RateLimited
    );
}

#[test]
fn a_policy_shows_what_was_set() {
    let policy = attempts(7)
        .with_backoff(SECOND, 2 * SECOND)
        .with_max_retry_after(3 * SECOND)
        .with_deadline(4 * SECOND)
        .with_resend_after_unknown(true);
    assert_eq!(policy.max_attempts().get(), 7);
    assert_eq!(policy.first_backoff(), SECOND);
    assert_eq!(policy.max_backoff(), 2 * SECOND);
    assert_eq!(policy.max_retry_after(), 3 * SECOND);
    assert_eq!(policy.deadline(), 4 * SECOND);
    assert!(policy.resend_after_unknown());
    assert!(!RetryPolicy::default().resend_after_unknown());
}

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
