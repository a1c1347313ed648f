use crate::vendor::{Response, TestVendor};
use crate::{at_once, counts, error, memory, record, run};
use numbers_batch::journal::State;
use numbers_batch::run::{End, RunOptions};
use numbers_core::{Disposition, Error, ErrorKind, Outcome};
use std::num::NonZeroU64;
use std::sync::Arc;

fn max_failures(n: u64) -> RunOptions {
    at_once(1).with_max_failures(NonZeroU64::new(n))
}

#[tokio::test(start_paused = true)]
async fn what_every_number_would_meet_ends_the_run_at_once() {
    let wrong_certificate = || error(ErrorKind::Connect).with_permanent(true);
    let cases: [fn() -> Error; 3] = [
        || error(ErrorKind::Unauthenticated),
        || error(ErrorKind::PaymentRequired),
        || error(ErrorKind::NotSent),
    ];
    for make in cases
        .into_iter()
        .chain([wrong_certificate as fn() -> Error])
    {
        let vendor = TestVendor::new(move |_, call| match call {
            0 | 1 => Ok(Outcome::Released),
            _ => Err(make()),
        });
        let journal = memory(9);
        let summary = run(&vendor, &journal, at_once(1)).await.unwrap();
        assert_eq!(summary.end, End::Fatal(make().kind()));
        assert_eq!(summary.sent, 3);
        // The number that met it too: the next run is to send it again.
        assert_eq!(counts(&journal).await.pending, 7, "{}", summary.end);
    }
}

#[tokio::test(start_paused = true)]
async fn a_403_ends_the_run_where_nothing_was_released_before() {
    let vendor = TestVendor::new(|_, _| Err(error(ErrorKind::PermissionDenied)));
    let journal = memory(9);
    let summary = run(&vendor, &journal, at_once(1)).await.unwrap();
    assert_eq!(summary.end, End::Fatal(ErrorKind::PermissionDenied));
    let counts = counts(&journal).await;
    assert_eq!((counts.failed, counts.pending), (1, 8));
}

#[tokio::test(start_paused = true)]
async fn a_403_after_a_success_is_one_number_s_own() {
    let vendor = TestVendor::new(|_, call| match call {
        1 => Err(error(ErrorKind::PermissionDenied)),
        _ => Ok(Outcome::Released),
    });
    let journal = memory(9);
    let summary = run(&vendor, &journal, at_once(1)).await.unwrap();
    assert_eq!(summary.end, End::Done);
    assert_eq!(counts(&journal).await.failed, 1);
}

#[tokio::test(start_paused = true)]
async fn failures_and_unknown_numbers_count_to_max_failures() {
    let vendor = TestVendor::new(|_, call| match call {
        1 => Err(error(ErrorKind::NotFound)),
        3 => Err(error(ErrorKind::Timeout)),
        5 => Err(error(ErrorKind::RateLimited)),
        7 => Err(error(ErrorKind::Conflict)),
        _ => Ok(Outcome::Released),
    });
    let journal = memory(20);
    let summary = run(&vendor, &journal, max_failures(3)).await.unwrap();
    assert_eq!((summary.end, summary.sent), (End::TooManyFailures, 8));
    let counts = counts(&journal).await;
    assert_eq!((counts.failed, counts.unknown, counts.pending), (2, 1, 13));

    let summary = run(&vendor, &journal, max_failures(1)).await.unwrap();
    assert_eq!(
        summary.end,
        End::Done,
        "failures of the run before do not count"
    );
}

#[tokio::test(start_paused = true)]
async fn what_failed_is_recorded_with_its_reason() {
    let vendor = TestVendor::new(|_, _| {
        Err(Error::from_status(crate::ACME, 404).with_request_id(Some("r-1")))
    });
    let journal = memory(1);
    run(&vendor, &journal, at_once(1)).await.unwrap();
    let record = record(&journal, 0).await;
    assert_eq!(record.state, State::Settled(Disposition::Failed));
    assert_eq!(
        (record.kind, record.status),
        (Some(ErrorKind::NotFound), Some(404))
    );
    assert_eq!(record.request_id.as_deref(), Some("r-1"));
    assert!(record.message.unwrap().contains("does not know"));
}

#[tokio::test(start_paused = true)]
async fn resuming_leaves_what_is_settled_alone() {
    let vendor = TestVendor::new(|_, call| match call {
        3 => Err(error(ErrorKind::Unauthenticated)),
        1 => Err(error(ErrorKind::NotFound)),
        _ => Ok(Outcome::Released),
    });
    let journal = memory(6);
    run(&vendor, &journal, at_once(1)).await.unwrap();
    let journal = Arc::new(journal.reopen());
    let summary = run(&vendor, &journal, at_once(1)).await.unwrap();
    assert_eq!(summary.end, End::Done);
    assert_eq!(
        vendor.calls(),
        ["n-0", "n-1", "n-2", "n-3", "n-3", "n-4", "n-5"]
    );

    let summary = run(&vendor, &journal, at_once(1)).await.unwrap();
    assert_eq!((summary.end, summary.sent), (End::Done, 0));
}

#[tokio::test(start_paused = true)]
async fn a_releaser_that_panics_leaves_its_number_unknown() {
    let vendor = TestVendor::new(|_, call| match call {
        1 => Response::Panic,
        _ => Ok(Outcome::Released).into(),
    });
    let journal = memory(5);
    let summary = run(&vendor, &journal, at_once(1)).await.unwrap();
    assert_eq!(summary.end, End::Panicked);
    let counts = counts(&journal).await;
    assert_eq!((counts.released, counts.unknown, counts.pending), (1, 1, 3));
}
