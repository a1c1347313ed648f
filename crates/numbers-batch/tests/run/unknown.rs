use crate::vendor::TestVendor;
use crate::{ACME, at_once, counts, error, memory, record, run, seconds};
use numbers_batch::journal::{Journal, MemoryJournal, State};
use numbers_batch::run::{Batch, End, RunOptions, Stop};
use numbers_core::{Disposition, Endpoint, ErrorKind};
use std::sync::Arc;
use tokio::time::advance;

/// A journal whose only number is unknown.
async fn unknown() -> Arc<MemoryJournal> {
    let journal = memory(1);
    let vendor = TestVendor::new(|_, _| Err(error(ErrorKind::Timeout)));
    let summary = run(&vendor, &journal, at_once(1)).await.unwrap();
    assert_eq!((summary.end, summary.sent), (End::Done, 1));
    assert_eq!(counts(&journal).await.unknown, 1);
    journal
}

#[tokio::test(start_paused = true)]
async fn an_unknown_number_is_sent_again_only_on_request() {
    let journal = unknown().await;
    let vendor = TestVendor::releases_all();
    let summary = run(&vendor, &journal, at_once(1)).await.unwrap();
    assert_eq!(
        (summary.end, summary.sent, summary.resent),
        (End::Done, 0, 0)
    );

    let options = at_once(1).with_resend_unknown(true);
    let summary = run(&vendor, &journal, options).await.unwrap();
    assert_eq!(
        (summary.end, summary.sent, summary.resent),
        (End::Done, 1, 1)
    );
    assert_eq!(counts(&journal).await.released, 1);
}

#[tokio::test(start_paused = true)]
async fn what_becomes_unknown_in_a_run_is_not_sent_again_by_it() {
    let vendor = TestVendor::new(|_, _| Err(error(ErrorKind::Timeout)));
    let journal = memory(3);
    let options = at_once(1).with_resend_unknown(true);
    let summary = run(&vendor, &journal, options).await.unwrap();
    assert_eq!((summary.end, summary.sent), (End::Done, 3));
}

#[tokio::test(start_paused = true)]
async fn a_404_settles_an_unknown_number_as_absent() {
    let journal = unknown().await;
    let vendor = TestVendor::new(|_, _| Err(numbers_core::Error::from_status(crate::ACME, 404)));
    let options = at_once(1).with_resend_unknown(true);
    run(&vendor, &journal, options).await.unwrap();
    let record = record(&journal, 0).await;
    assert_eq!(record.state, State::Settled(Disposition::Absent));
    assert_eq!(
        (record.kind, record.status, record.attempts),
        (None, Some(404), 2)
    );
}

#[tokio::test(start_paused = true)]
async fn ambiguity_sticks_whatever_the_next_attempt_says() {
    for kind in [
        ErrorKind::RateLimited,
        ErrorKind::Connect,
        ErrorKind::Unauthenticated,
        ErrorKind::PermissionDenied,
        ErrorKind::Conflict,
        ErrorKind::NotSent,
        ErrorKind::ServerError,
    ] {
        let journal = unknown().await;
        let vendor = TestVendor::new(move |_, _| Err(error(kind)));
        let options = at_once(1).with_resend_unknown(true);
        let summary = run(&vendor, &journal, options).await.unwrap();
        assert_eq!(summary.sent, 1, "{kind}");
        assert_eq!(
            record(&journal, 0).await.state,
            State::Settled(Disposition::Unknown),
            "{kind}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn an_old_intent_is_not_sent_again_by_default() {
    let journal = unknown().await;
    let vendor = TestVendor::releases_all();
    let careful = at_once(1).with_resend_unknown(true);
    advance(seconds(3601)).await;
    let summary = run(&vendor, &journal, careful.clone()).await.unwrap();
    assert_eq!((summary.sent, summary.resent), (0, 0));
    assert_eq!(counts(&journal).await.unknown, 1);

    let all_the_same = careful.clone().with_resend_of_any_age(true);
    let summary = run(&vendor, &journal, all_the_same).await.unwrap();
    assert_eq!(summary.sent, 1);

    let journal = unknown().await;
    advance(seconds(3590)).await;
    let summary = run(&vendor, &journal, careful).await.unwrap();
    assert_eq!(summary.sent, 1, "a young intent is");
}

#[test]
fn only_an_id_that_is_no_phone_number_never_comes_back() {
    const ENDPOINT: Endpoint = Endpoint::new(ACME, "release", "/{id}");
    for (endpoint, guarded) in [
        (ENDPOINT, true),
        (ENDPOINT.with_id_example("12025550101"), true),
        (ENDPOINT.with_id_example("35a1dcbd05a01d4c"), false),
    ] {
        let options = RunOptions::for_endpoint(&endpoint);
        assert_eq!(
            options.resend_younger_than().is_some(),
            guarded,
            "{endpoint:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn what_an_earlier_run_was_to_resend_needs_the_request_again() {
    let journal = unknown().await;
    assert_eq!(journal.requeue_unknown(None).await.unwrap(), 1);
    let vendor = TestVendor::releases_all();
    let summary = run(&vendor, &journal, at_once(1)).await.unwrap();
    assert_eq!((summary.end, summary.sent), (End::Done, 0));
    assert_eq!(counts(&journal).await.unknown, 1);
}

#[tokio::test(start_paused = true)]
async fn an_intent_that_grows_old_in_the_queue_is_not_sent_again() {
    let journal = memory(3);
    let vendor = TestVendor::new(|_, _| Err(error(ErrorKind::Timeout)));
    run(&vendor, &journal, at_once(3)).await.unwrap();
    let options = at_once(1)
        .with_rate("1/min".parse().unwrap())
        .with_resend_unknown(true);
    advance(seconds(3500)).await;
    let vendor = TestVendor::releases_all();
    let summary = run(&vendor, &journal, options).await.unwrap();
    assert_eq!(
        (summary.end, summary.resent, summary.sent),
        (End::Done, 3, 2)
    );
    let counts = counts(&journal).await;
    assert_eq!((counts.released, counts.unknown), (2, 1));
}

#[tokio::test(start_paused = true)]
async fn what_waits_to_be_sent_again_is_unknown_when_nobody_runs() {
    let journal = unknown().await;
    journal.requeue_unknown(None).await.unwrap();
    journal.close().await.unwrap();
    assert_eq!(counts(&journal).await.unknown, 1);
    journal.requeue_unknown(None).await.unwrap();
    let journal = Arc::new(journal.reopen());
    assert_eq!(counts(&journal).await.unknown, 1);
}

#[tokio::test(start_paused = true)]
async fn a_number_that_was_in_flight_at_a_crash_is_unknown() {
    let journal = memory(3);
    let silent = TestVendor::new(|_, _| crate::vendor::Response::Silence);
    let batch = Batch::new(silent, Arc::clone(&journal) as _, at_once(2));
    let dropped = tokio::time::timeout(seconds(1), batch.run(&Stop::new(), |_| {})).await;
    assert!(dropped.is_err());
    assert_eq!(counts(&journal).await.in_flight, 2);

    let journal = Arc::new(journal.reopen());
    let vendor = TestVendor::releases_all();
    let summary = run(&vendor, &journal, at_once(2)).await.unwrap();
    assert_eq!((summary.orphans, summary.sent), (2, 1));
    assert_eq!(counts(&journal).await.unknown, 2);
}
