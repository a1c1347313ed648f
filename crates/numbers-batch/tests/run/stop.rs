use crate::faulty::{Fault, Op};
use crate::vendor::{Response, TestVendor};
use crate::{at_once, counts, faulty, memory, seconds};
use numbers_batch::journal::Journal;
use numbers_batch::run::{Batch, End, RunEvent, RunOptions, Stop, Summary};
use numbers_core::Outcome;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;

/// A run that is asked to stop after each of these times.
async fn stopped(
    vendor: &Arc<TestVendor>,
    journal: &Arc<impl Journal + 'static>,
    options: RunOptions,
    waits: &[Duration],
) -> Summary {
    let stop = Stop::new();
    let asking = async {
        for wait in waits {
            sleep(*wait).await;
            stop.request();
        }
        std::future::pending().await
    };
    let batch = Batch::new(Arc::clone(vendor) as _, Arc::clone(journal) as _, options);
    tokio::select! {
        summary = batch.run(&stop, |_| {}) => summary.unwrap(),
        () = asking => unreachable!(),
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_can_be_a_task_of_its_own() {
    let (vendor, journal) = (slow(), memory(3));
    let batch = Batch::new(vendor, journal, at_once(3));
    let run = tokio::spawn(async move { batch.run(&Stop::new(), |_| {}).await });
    assert_eq!(run.await.unwrap().unwrap().end, End::Done);
}

fn slow() -> Arc<TestVendor> {
    TestVendor::new(|_, _| Response::After(seconds(10), Ok(Outcome::Released)))
}

#[tokio::test(start_paused = true)]
async fn the_first_stop_lets_what_is_in_flight_finish() {
    let (vendor, journal) = (slow(), memory(9));
    let summary = stopped(&vendor, &journal, at_once(3), &[seconds(15)]).await;
    assert_eq!((summary.end, summary.sent), (End::Stopped, 6));
    let counts = counts(&journal).await;
    assert_eq!((counts.released, counts.pending), (6, 3));
    assert_eq!(summary.counts, Some(counts));
}

#[tokio::test(start_paused = true)]
async fn the_second_stop_leaves_at_once() {
    let (vendor, journal) = (slow(), memory(9));
    let started = tokio::time::Instant::now();
    let waits = [seconds(15), seconds(1)];
    let summary = stopped(&vendor, &journal, at_once(3), &waits).await;
    assert_eq!(started.elapsed(), seconds(16));
    assert_eq!((summary.end, summary.left_in_flight), (End::Stopped, 3));
    assert_eq!(counts(&journal).await.in_flight, 3);

    let journal = Arc::new(journal.reopen());
    assert_eq!(journal.mark_orphans_unknown().await.unwrap(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_stop_ends_a_long_pause() {
    let vendor = TestVendor::new(|_, _| {
        let error = crate::error(numbers_core::ErrorKind::RateLimited);
        Err(error.with_retry_after(Some(seconds(600))))
    });
    let started = tokio::time::Instant::now();
    let summary = stopped(&vendor, &memory(9), at_once(1), &[seconds(5)]).await;
    assert_eq!((summary.end, started.elapsed()), (End::Stopped, seconds(5)));
}

#[tokio::test(start_paused = true)]
async fn nothing_is_sent_after_a_stop_that_came_before() {
    let vendor = TestVendor::releases_all();
    let stop = Stop::new();
    stop.drain();
    let batch = Batch::new(Arc::clone(&vendor) as _, memory(9), at_once(3));
    let mut ending = None;
    let observer = |event: RunEvent<'_>| {
        if let RunEvent::Ending { end, .. } = event {
            ending = Some(end);
        }
    };
    let summary = batch.run(&stop, observer).await.unwrap();
    assert_eq!((summary.end, ending), (End::Stopped, Some(End::Stopped)));
    assert_eq!(vendor.calls().len(), 0);
    assert_eq!(summary.counts.unwrap().pending, 9);
}

#[tokio::test(start_paused = true)]
async fn a_claim_that_comes_back_after_a_stop_is_not_sent() {
    let (vendor, journal) = (TestVendor::releases_all(), faulty(9));
    journal.set(
        Op::Claim,
        Fault {
            delay: seconds(10),
            ..Fault::SLOW
        },
    );
    let summary = stopped(&vendor, &journal, at_once(3), &[seconds(5)]).await;
    assert_eq!((summary.end, summary.sent), (End::Stopped, 0));
    assert_eq!(counts(&journal).await.pending, 9);
    let all = journal.numbers(None, 9).await.unwrap();
    assert!(
        all.iter().all(|record| record.attempts == 0),
        "it does not count"
    );
}

#[tokio::test(start_paused = true)]
async fn a_stop_while_the_journal_fails_hands_over_the_results() {
    let (vendor, journal) = (TestVendor::releases_all(), faulty(9));
    journal.set(Op::Record, Fault::UNAVAILABLE);
    let started = tokio::time::Instant::now();
    let summary = stopped(&vendor, &journal, at_once(3), &[seconds(20)]).await;
    assert_eq!((summary.end, summary.unrecorded.len()), (End::Stopped, 3));
    assert_eq!(started.elapsed(), seconds(30));
    assert!(summary.journal_error.is_some());
}

#[tokio::test(start_paused = true)]
async fn leaving_at_once_hands_over_what_is_being_written() {
    let (vendor, journal) = (TestVendor::releases_all(), faulty(9));
    journal.set(
        Op::Record,
        Fault {
            delay: seconds(600),
            ..Fault::SLOW
        },
    );
    let waits = [seconds(5), seconds(1)];
    let summary = stopped(&vendor, &journal, at_once(3), &waits).await;
    assert_eq!((summary.end, summary.unrecorded.len()), (End::Stopped, 3));
}

#[tokio::test(start_paused = true)]
async fn a_result_long_after_a_stop_is_still_tried_to_be_recorded() {
    let vendor = TestVendor::new(|_, _| Response::After(seconds(100), Ok(Outcome::Released)));
    let journal = faulty(9);
    let times = 3;
    journal.set(
        Op::Record,
        Fault {
            times,
            ..Fault::UNAVAILABLE
        },
    );
    let summary = stopped(&vendor, &journal, at_once(3), &[seconds(5)]).await;
    assert_eq!((summary.end, summary.unrecorded.len()), (End::Stopped, 0));
    assert_eq!(counts(&journal).await.released, 3);
}
