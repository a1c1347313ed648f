//! How `Retry` waits, and its deadline.

use super::{ACME, SECOND, answered, attempts, run};
use numbers_core::testing::Scripted;
use numbers_core::{ErrorKind, Outcome, RetryPolicy};
use std::time::Duration;
use tokio::time::Instant;

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
        &Scripted::new(ACME).then_hang(),
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
