//! How many releases a limit lets through, and in which order.

#![allow(clippy::unwrap_used)] // helpers of tests, which the lint takes for other code

use numbers_core::testing::Scripted;
use numbers_core::{
    Account, Endpoint, Error, ErrorKind, NumberId, Outcome, Preview, RateLimit, Release, Releaser,
    Retry, RetryPolicy, Vendor,
};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::Instant;

const ACME: Vendor = Vendor::new("acme");
const SECOND: Duration = Duration::from_secs(1);

fn limited(limit: u32, script: &Scripted) -> RateLimit<Scripted> {
    RateLimit::per_minute(script.clone(), limit)
}

fn successes(n: usize) -> Scripted {
    (0..n).fold(Scripted::new(ACME), |script, _| {
        script.then(Ok(Outcome::Released))
    })
}

/// Releases through a clone of the limit; says when it was done.
fn release(limit: &RateLimit<Scripted>, id: &'static str) -> JoinHandle<Instant> {
    let limit = limit.clone();
    tokio::spawn(async move {
        let _ = limit.release(&NumberId::new(id)).await.unwrap();
        Instant::now()
    })
}

#[tokio::test(start_paused = true)]
async fn no_minute_lets_more_through_than_the_limit() {
    for limit in [7, 50] {
        let script = successes(200);
        let limited = limited(limit, &script);
        let start = Instant::now();
        for _ in 0..200 {
            release(&limited, "n-1");
        }
        for minute in 1..=3 {
            tokio::time::sleep_until(start + minute * 60 * SECOND - SECOND / 1000).await;
            assert_eq!(script.calls().len(), (minute * limit) as usize);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_documented_limit_is_kept_or_60_without_one() {
    const ENDPOINT: Endpoint = Endpoint::new(ACME, "release", "/{id}");
    for (endpoint, interval) in [
        (ENDPOINT.with_requests_per_minute(10), 6 * SECOND),
        (ENDPOINT, SECOND),
    ] {
        let limited = RateLimit::documented(successes(2), &endpoint);
        let first = release(&limited, "n-1").await.unwrap();
        let second = release(&limited, "n-2").await.unwrap();
        assert_eq!(second - first, interval);
    }
}

#[tokio::test(start_paused = true)]
async fn clones_share_one_queue_and_a_dropped_wait_leaves_it() {
    let script = successes(4);
    let limit = limited(60, &script);
    let start = Instant::now();
    let a = release(&limit, "a");
    let b = release(&limit, "b");
    let dropped = release(&limit, "dropped");
    let c = release(&limit, "c");
    let d = release(&limit, "d");
    // One waits at the head of the queue and one behind it; both are dropped.
    tokio::time::sleep(SECOND / 2).await;
    b.abort();
    dropped.abort();
    let mut ended = Vec::new();
    for task in [a, c, d] {
        ended.push(task.await.unwrap() - start);
    }
    assert_eq!(ended, [Duration::ZERO, SECOND, 2 * SECOND]);
    let order: Vec<_> = script.calls();
    assert_eq!(order, ["a", "c", "d"].map(NumberId::new));
}

#[tokio::test(start_paused = true)]
async fn idle_time_saves_up_no_burst() {
    let limit = limited(60, &successes(3));
    tokio::time::sleep(600 * SECOND).await;
    let start = Instant::now();
    for n in 0..3 {
        let at = release(&limit, "n-1").await.unwrap();
        assert_eq!(at - start, n * SECOND);
    }
}

#[tokio::test(start_paused = true)]
async fn a_release_whose_turn_has_come_begins_at_once() {
    // Between two ticks of the timer, which counts in milliseconds.
    tokio::time::advance(Duration::from_micros(300)).await;
    let start = Instant::now();
    let limit = limited(60, &successes(1));
    assert_eq!(release(&limit, "n-1").await.unwrap(), start);
}

#[tokio::test(start_paused = true)]
async fn a_release_under_way_does_not_hold_up_the_next() {
    let script = Scripted::new(ACME).then_hang().then(Ok(Outcome::Released));
    let limit = limited(60, &script);
    let start = Instant::now();
    let silent = release(&limit, "silent");
    let next = tokio::time::timeout(60 * SECOND, release(&limit, "n-1")).await;
    assert_eq!(next.unwrap().unwrap() - start, SECOND);
    silent.abort();
}

/// A vendor that refuses the id `..`.
struct Strict(Scripted);

#[numbers_core::async_trait]
impl Releaser for Strict {
    fn vendor(&self) -> Vendor {
        ACME
    }

    fn account(&self) -> Account {
        self.0.account()
    }

    fn preview(&self, number: &NumberId) -> Result<Preview, Error> {
        match number.as_str() {
            ".." => Err(Error::new(ACME, ErrorKind::InvalidNumber)),
            _ => self.0.preview(number),
        }
    }

    async fn release(&self, number: &NumberId) -> Result<Release, Error> {
        self.0.release(number).await
    }
}

#[tokio::test(start_paused = true)]
async fn an_id_that_is_refused_takes_no_turn() {
    let limited = RateLimit::per_minute(Strict(successes(1)), 1);
    let start = Instant::now();
    for _ in 0..2 {
        let error = limited.release(&NumberId::new("..")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidNumber);
    }
    let release = limited.release(&NumberId::new("n-1")).await.unwrap();
    assert_eq!(
        (release.outcome(), start.elapsed()),
        (Outcome::Released, Duration::ZERO)
    );
}

#[tokio::test(start_paused = true)]
async fn a_limit_of_zero_counts_as_one() {
    let limit = limited(0, &successes(2));
    let start = Instant::now();
    for n in 0..2 {
        let at = release(&limit, "n-1").await.unwrap();
        assert_eq!(at - start, n * 60 * SECOND);
    }
}

#[tokio::test(start_paused = true)]
async fn with_retry_outside_every_attempt_waits_for_its_turn() {
    let script = Scripted::new(ACME)
        .then(Err(Error::connect(ACME, "refused")))
        .then(Err(Error::connect(ACME, "refused")))
        .then(Ok(Outcome::Released));
    let policy = RetryPolicy::default().with_backoff(Duration::ZERO, Duration::ZERO);
    let start = Instant::now();
    let release = Retry::new(limited(6, &script), policy)
        .release(&NumberId::new("n-1"))
        .await
        .unwrap();
    assert_eq!(release.attempts().len(), 3);
    assert_eq!(start.elapsed(), 20 * SECOND);
}
