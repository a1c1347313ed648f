//! How many releases a limit lets through, and in which order.

#![allow(clippy::unwrap_used)] // helpers of tests, which the lint takes for other code

use numbers_core::testing::Scripted;
use numbers_core::{Error, ErrorKind};
use numbers_core::{NumberId, Outcome, RateLimit, Releaser, Retry, RetryPolicy, Vendor};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

const ACME: Vendor = Vendor::new("acme");

fn limited(n: u32, script: &Scripted) -> RateLimit<Scripted> {
    RateLimit::per_minute(script.clone(), NonZeroU32::new(n).unwrap())
}

fn successes(n: usize) -> Scripted {
    (0..n).fold(Scripted::new(ACME), |script, _| {
        script.then(Ok(Outcome::Released))
    })
}

#[tokio::test(start_paused = true)]
async fn no_minute_lets_more_through_than_the_limit_not_even_the_first() {
    let script = successes(200);
    let limit = Arc::new(limited(50, &script));
    for n in 0..200 {
        let limit = Arc::clone(&limit);
        tokio::spawn(async move { limit.release(&NumberId::new(n.to_string())).await });
    }
    let start = Instant::now();
    for minute in 1..=3 {
        tokio::time::sleep_until(start + Duration::from_millis(minute * 60_000 - 1)).await;
        assert_eq!(script.calls().len() as u64, minute * 50);
    }
}

#[tokio::test(start_paused = true)]
async fn whoever_came_first_goes_first_and_a_dropped_wait_gives_its_place_back() {
    let script = successes(4);
    let limit = limited(60, &script);
    let wait = |id: &'static str| {
        let limit = limit.clone();
        tokio::spawn(async move {
            limit
                .release(&NumberId::new(id))
                .await
                .map(|_| Instant::now())
        })
    };
    let start = Instant::now();
    let tasks = [wait("a"), wait("b"), wait("dropped"), wait("c")];
    tokio::task::yield_now().await;
    tasks[2].abort();
    let [a, b, dropped, c] = tasks;
    let ended = [
        a.await.unwrap().unwrap(),
        b.await.unwrap().unwrap(),
        c.await.unwrap().unwrap(),
    ];
    assert!(dropped.await.unwrap_err().is_cancelled());
    let order: Vec<_> = script
        .calls()
        .iter()
        .map(|id| id.as_str().to_owned())
        .collect();
    assert_eq!(order, ["a", "b", "c"]);
    // The limiter counts in whole nanoseconds and the runtime's timer in milliseconds.
    let seconds: Vec<_> = ended
        .map(|at| (at - start).as_millis().div_ceil(10) / 100)
        .into();
    assert_eq!(seconds, [0, 1, 2]);
}

#[tokio::test(start_paused = true)]
async fn with_retry_outside_every_attempt_waits_for_its_turn() {
    let script = Scripted::new(ACME)
        .then(Err(Error::connect(ACME, "refused")))
        .then(Err(Error::connect(ACME, "refused")))
        .then(Ok(Outcome::Released));
    let policy = RetryPolicy::default().backoff(Duration::ZERO, Duration::ZERO);
    let start = Instant::now();
    let release = Retry::new(limited(6, &script), policy)
        .release(&NumberId::new("n-1"))
        .await
        .unwrap();
    assert_eq!(release.attempts().len(), 3);
    assert_eq!(start.elapsed().as_secs(), 20);
    assert!(
        release
            .attempts()
            .iter()
            .any(|attempt| attempt.kind() == Some(ErrorKind::Connect))
    );
}
