//! What `Retry` repeats, and what it makes of the responses.

#![allow(clippy::unwrap_used)] // helpers of tests, which the lint takes for other code

mod history;
mod waits;

use numbers_core::testing::Scripted;
use numbers_core::{
    Account, Error, ErrorKind, NumberId, Outcome, Preview, Release, Releaser, Retry, RetryPolicy,
    Vendor, async_trait,
};
use std::num::NonZeroU32;
use std::time::Duration;

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
async fn what_is_refused_before_sending_has_no_attempt() {
    let script = Scripted::new(ACME).then(Err(Error::invalid_number(ACME, "it is empty")));
    let error = run(&script, RetryPolicy::default()).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts().len()),
        (ErrorKind::InvalidNumber, 0)
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
