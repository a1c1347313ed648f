use crate::faulty::{Fault, Faulty, Op};
use crate::vendor::{Response, TestVendor};
use crate::{at_once, counts, faulty, run, seconds};
use numbers_batch::journal::{AttemptOutcome, Journal, JournalErrorKind};
use numbers_batch::run::{Batch, End, RunEvent, Stop};
use numbers_core::{Disposition, ErrorKind, Outcome};
use std::sync::Arc;

fn damaged() -> Fault {
    Fault {
        kind: JournalErrorKind::Damaged,
        ..Fault::UNAVAILABLE
    }
}

fn times(times: usize) -> Fault {
    Fault {
        times,
        ..Fault::UNAVAILABLE
    }
}

#[tokio::test(start_paused = true)]
async fn results_are_kept_until_they_can_be_recorded() {
    let vendor = TestVendor::releases_all();
    let journal = faulty(9);
    journal.set(
        Op::Record,
        Fault {
            after: 1,
            ..times(6)
        },
    );
    let summary = run(&vendor, &journal, at_once(2)).await.unwrap();
    assert_eq!(summary.end, End::Done);
    assert!(summary.unrecorded.is_empty() && summary.journal_error.is_none());
    assert_eq!(counts(&journal).await.released, 9);
    assert_eq!(vendor.calls().len(), 9);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_claimed_while_results_wait_to_be_recorded() {
    let journal = faulty(9);
    // Slots are free, and turns come, so that claims would be possible.
    let vendor = TestVendor::new(|_, call| {
        let wait = if call == 0 { seconds(0) } else { seconds(200) };
        Response::After(wait, Ok(Outcome::Released))
    });
    journal.set(Op::Record, times(6));
    let options = at_once(3).with_rate("1/s".parse().unwrap());
    run(&vendor, &journal, options).await.unwrap();
    let log = journal.log();
    let first = log.iter().position(|op| *op == Op::Record).unwrap();
    let failing = &log[first..first + 7];
    assert_eq!(failing, [Op::Record; 7], "{log:?}");
}

#[tokio::test(start_paused = true)]
async fn results_that_come_during_a_claim_are_recorded_at_once() {
    let journal = faulty(12);
    journal.set(
        Op::Claim,
        Fault {
            delay: seconds(9),
            ..Fault::SLOW
        },
    );
    // The second half of the numbers is claimed while the first is released.
    let vendor = TestVendor::new(|_, call| {
        let wait = if call % 4 == 0 {
            seconds(0)
        } else {
            seconds(3)
        };
        Response::After(wait, Ok(Outcome::Released))
    });
    run(&vendor, &journal, at_once(4)).await.unwrap();
    use Op::{Claim, Record};
    let log = journal.log();
    assert_eq!(log[1..6], [Claim, Record, Claim, Record, Claim], "{log:?}");
}

#[tokio::test(start_paused = true)]
async fn a_journal_that_fails_for_good_hands_over_what_it_lacks() {
    let vendor = TestVendor::releases_all();
    let journal = faulty(9);
    journal.set(Op::Record, damaged());
    let started = tokio::time::Instant::now();
    let summary = run(&vendor, &journal, at_once(2)).await.unwrap();
    assert_eq!((summary.end, summary.sent), (End::JournalFailed, 2));
    assert_eq!(
        started.elapsed(),
        seconds(0),
        "there is nothing to wait for"
    );
    let error = summary.journal_error.unwrap();
    assert_eq!(error.kind(), JournalErrorKind::Damaged);
    let mut unrecorded: Vec<&str> = Vec::new();
    for result in &summary.unrecorded {
        assert_eq!(
            result.result.outcome,
            AttemptOutcome::Settled(Disposition::Released)
        );
        unrecorded.push(result.number.as_str());
    }
    assert_eq!(unrecorded, ["n-0", "n-1"]);

    // The next run finds them unknown, and sends the rest.
    let journal = Arc::new(journal.inner().reopen());
    let summary = run(&vendor, &journal, at_once(2)).await.unwrap();
    assert_eq!(
        (summary.end, summary.orphans, summary.sent),
        (End::Done, 2, 7)
    );
    assert_eq!(counts(&journal).await.unknown, 2);
}

#[tokio::test(start_paused = true)]
async fn a_journal_that_fails_for_too_long_ends_the_run() {
    let vendor = TestVendor::releases_all();
    let journal = faulty(9);
    journal.set(Op::Record, Fault::UNAVAILABLE);
    let started = tokio::time::Instant::now();
    let options = at_once(2).with_journal_timeout(seconds(90));
    let summary = run(&vendor, &journal, options).await.unwrap();
    assert_eq!(summary.end, End::JournalFailed);
    assert_eq!(started.elapsed().as_secs(), 90);
    assert_eq!(summary.unrecorded.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_is_in_flight_when_the_journal_fails_is_not_lost() {
    let vendor = TestVendor::new(|_, call| {
        let wait = if call == 0 { seconds(0) } else { seconds(30) };
        Response::After(wait, Ok(Outcome::Released))
    });
    let journal = faulty(9);
    journal.set(Op::Record, damaged());
    let summary = run(&vendor, &journal, at_once(3)).await.unwrap();
    assert_eq!(
        (summary.end, summary.unrecorded.len()),
        (End::JournalFailed, 3)
    );
}

#[tokio::test(start_paused = true)]
async fn a_claim_that_fails_sends_nothing_and_is_tried_again() {
    let vendor = TestVendor::releases_all();
    let journal = faulty(3);
    journal.set(Op::Claim, times(5));
    let mut told = Vec::new();
    let observer = |event: RunEvent<'_>| match event {
        RunEvent::JournalFailed {
            retry, unrecorded, ..
        } => {
            told.push((retry.unwrap().as_millis(), unrecorded));
        }
        RunEvent::JournalRecovered => told.push((0, 0)),
        _ => {}
    };
    let batch = Batch::new(
        Arc::clone(&vendor) as _,
        Arc::clone(&journal) as _,
        at_once(1),
    );
    let summary = batch.run(&Stop::new(), observer).await.unwrap();
    let expected = [(100, 0), (200, 0), (400, 0), (800, 0), (1600, 0), (0, 0)];
    assert_eq!(told, expected);
    assert_eq!((summary.end, summary.sent), (End::Done, 3));
    assert!(vendor.times()[0] >= seconds(3));
}

#[tokio::test(start_paused = true)]
async fn a_claim_that_fails_for_good_still_lets_results_be_recorded() {
    let vendor = TestVendor::new(|_, _| Response::After(seconds(5), Ok(Outcome::Released)));
    let journal = faulty(9);
    journal.set(
        Op::Claim,
        Fault {
            after: 1,
            ..damaged()
        },
    );
    let options = at_once(2).with_rate("1/s".parse().unwrap());
    let summary = run(&vendor, &journal, options).await.unwrap();
    assert_eq!(
        (summary.end, summary.unrecorded.len()),
        (End::JournalFailed, 0)
    );
    assert!(summary.journal_error.is_some());
    assert_eq!(counts(&journal).await.released, 1);
}

#[tokio::test(start_paused = true)]
async fn a_journal_that_fails_before_the_run_is_an_error() {
    let vendor = TestVendor::releases_all();
    let journal = faulty(3);
    journal.set(Op::Counts, times(1));
    let error = run(&vendor, &journal, at_once(1)).await.unwrap_err();
    assert_eq!(error.kind(), JournalErrorKind::Unavailable);
    assert_eq!(vendor.calls().len() + journal.asked(Op::Claim), 0);
}

#[tokio::test(start_paused = true)]
async fn a_late_result_settles_the_unknown_number() {
    let vendor = TestVendor::releases_all();
    let journal: Arc<Faulty> = faulty(1);
    journal.set(Op::Record, damaged());
    let summary = run(&vendor, &journal, at_once(1)).await.unwrap();
    let late = summary.unrecorded[0].result.clone();
    let next = Arc::new(journal.inner().reopen());
    assert_eq!(next.mark_orphans_unknown().await.unwrap(), 1);
    journal.heal();
    for _ in 0..2 {
        journal.record(std::slice::from_ref(&late)).await.unwrap();
        assert_eq!(counts(&next).await.released, 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_write_that_is_under_way_at_the_end_is_waited_for() {
    let vendor = TestVendor::releases_all();
    let journal = faulty(1);
    let delay = seconds(60);
    journal.set(Op::Record, Fault { delay, ..times(1) });
    let options = at_once(1).with_journal_timeout(seconds(10));
    let summary = run(&vendor, &journal, options).await.unwrap();
    assert_eq!(summary.end, End::JournalFailed);
    assert!(summary.unrecorded.is_empty() && summary.journal_error.is_none());
    assert_eq!(counts(&journal).await.released, 1);
}

#[tokio::test(start_paused = true)]
async fn a_claim_from_before_a_requeue_does_not_end_the_run() {
    let vendor = TestVendor::new(|_, call| match call {
        0 => Response::After(seconds(1), Ok(Outcome::Released)),
        1 => Response::After(seconds(3), Err(crate::error(ErrorKind::RateLimited))),
        _ => Ok(Outcome::Released).into(),
    });
    let journal = faulty(2);
    // It begins once the first number is recorded, and comes back after the second is in the queue again.
    let delay = seconds(10);
    journal.set(
        Op::Claim,
        Fault {
            delay,
            ..Fault::SLOW
        },
    );
    let summary = run(&vendor, &journal, at_once(2)).await.unwrap();
    assert_eq!((summary.end, summary.sent), (End::Done, 3));
    assert_eq!(counts(&journal).await.released, 2);
}
