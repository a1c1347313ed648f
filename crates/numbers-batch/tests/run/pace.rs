use crate::vendor::{Response, TestVendor};
use crate::{at_once, counts, memory, run, seconds};
use numbers_batch::journal::MemoryJournal;
use numbers_batch::run::{End, RunOptions};
use numbers_core::Outcome;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

/// The most requests in any window of this length.
fn most_in(window: Duration, times: &[Duration]) -> usize {
    let within = |from: Duration| {
        times
            .iter()
            .filter(move |at| **at >= from && **at < from + window)
    };
    times
        .iter()
        .map(|from| within(*from).count())
        .max()
        .unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_minute_has_no_more_requests_than_the_rate_allows() {
    let vendor = TestVendor::releases_all();
    let journal = memory(120);
    let options = RunOptions::default().with_rate("45/min".parse().unwrap());
    let summary = run(&vendor, &journal, options).await.unwrap();
    assert_eq!(summary.end, End::Done);
    assert_eq!(counts(&journal).await.released, 120);
    let times = vendor.times();
    assert_eq!(most_in(seconds(60), &times), 45);
    assert_eq!(most_in(seconds(4) / 3, &times), 1, "they are spaced evenly");
    // No slower than a hundredth below the rate.
    assert!(
        times[119] < seconds(119 * 4 / 3) * 101 / 100,
        "{:?}",
        times[119]
    );
}

#[tokio::test(start_paused = true)]
async fn turns_that_a_slow_vendor_missed_are_not_made_up_for() {
    let vendor = TestVendor::new(|_, call| {
        let wait = if call == 0 { seconds(30) } else { seconds(0) };
        Response::After(wait, Ok(Outcome::Released))
    });
    let options = at_once(1).with_rate("1/s".parse().unwrap());
    run(&vendor, &memory(20), options).await.unwrap();
    assert_eq!(most_in(seconds(1), &vendor.times()), 1);
}

#[tokio::test(start_paused = true)]
async fn workers_of_one_journal_share_its_pace() {
    let vendor = TestVendor::releases_all();
    let one = Arc::new(MemoryJournal::new(crate::numbers(60)).with_lease(seconds(60)));
    let other = Arc::new(one.reopen());
    let options = RunOptions::default().with_rate("30/min".parse().unwrap());
    let (first, second) = tokio::join!(
        run(&vendor, &one, options.clone()),
        run(&vendor, &other, options),
    );
    assert!(first.unwrap().sent + second.unwrap().sent == 60);
    assert_eq!(most_in(seconds(60), &vendor.times()), 30);
}

#[tokio::test(start_paused = true)]
async fn no_more_are_in_flight_than_the_concurrency_allows() {
    let vendor = TestVendor::new(|_, _| Response::After(seconds(1), Ok(Outcome::Released)));
    let journal = memory(100);
    run(&vendor, &journal, at_once(7)).await.unwrap();
    assert_eq!(vendor.most_busy(), 7);
    assert_eq!(counts(&journal).await.released, 100);
}

#[test]
fn the_concurrency_has_an_upper_bound() {
    let options = RunOptions::default().with_concurrency(NonZeroUsize::MAX);
    assert_eq!(options.concurrency(), RunOptions::MAX_CONCURRENCY);
}
