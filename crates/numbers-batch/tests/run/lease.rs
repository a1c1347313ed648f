use crate::faulty::{Fault, Faulty, Op};
use crate::vendor::{Response, TestVendor};
use crate::{at_once, counts, numbers, run, seconds};
use numbers_batch::journal::{Journal, MemoryJournal};
use numbers_batch::run::{Batch, End, NumberResult, RunEvent, Stop};
use numbers_core::Outcome;
use std::sync::Arc;
use tokio::time::{Instant, sleep};

/// A journal of these many numbers, with a lease of a minute.
fn leased(count: usize) -> Arc<Faulty> {
    let inner = MemoryJournal::new(numbers(count)).with_lease(seconds(60));
    Arc::new(Faulty::new(inner))
}

/// Takes a claim for these many numbers, and never does anything with it.
async fn dead_worker(journal: &Faulty, count: usize) {
    let worker = journal.inner().reopen();
    assert_eq!(worker.claim(count).await.unwrap().numbers.len(), count);
}

#[tokio::test(start_paused = true)]
async fn nothing_of_a_claim_is_sent_after_its_lease_was_lost() {
    let (vendor, journal) = (TestVendor::releases_all(), leased(2));
    // The claim's commit takes longer than the lease, and no heartbeat gets through: the machine slept.
    journal.set(
        Op::Claim,
        Fault {
            delay: seconds(90),
            ..Fault::SLOW
        },
    );
    journal.set(
        Op::Heartbeat,
        Fault {
            delay: seconds(80),
            ..Fault::SLOW
        },
    );
    let other = journal.inner().reopen();
    let giving_up = async {
        sleep(seconds(150)).await;
        let given_up = other.mark_orphans_unknown().await.unwrap();
        journal.heal();
        given_up
    };
    let (given_up, summary) = tokio::join!(giving_up, async {
        let stop = Stop::new();
        let batch = Batch::new(
            Arc::clone(&vendor) as _,
            Arc::clone(&journal) as _,
            at_once(2),
        );
        let not_sent = |event: RunEvent<'_>| {
            if matches!(event, RunEvent::Recorded { .. }) {
                stop.drain();
            }
        };
        batch.run(&stop, not_sent).await.unwrap()
    });
    assert_eq!(given_up, 2);
    assert_eq!((summary.end, summary.sent), (End::Stopped, 0));
    assert_eq!(
        counts(&journal).await.pending,
        2,
        "they were surely not sent"
    );
}

#[tokio::test(start_paused = true)]
async fn a_slow_claim_is_sent_after_a_heartbeat() {
    let (vendor, journal) = (TestVendor::releases_all(), leased(1));
    journal.set(
        Op::Claim,
        Fault {
            delay: seconds(31),
            ..Fault::SLOW
        },
    );
    run(&vendor, &journal, at_once(1)).await.unwrap();
    // One as the run begins, one by the clock, one before the number is sent.
    use Op::{Claim, Counts, Heartbeat, Record};
    let log = journal.log();
    assert_eq!(
        log[..6],
        [Counts, Heartbeat, Claim, Heartbeat, Heartbeat, Record]
    );
    assert_eq!(vendor.calls().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_quick_claim_needs_no_heartbeat() {
    let (vendor, journal) = (TestVendor::releases_all(), leased(20));
    run(&vendor, &journal, at_once(4)).await.unwrap();
    assert_eq!(journal.asked(Op::Heartbeat), 1);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_sent_where_the_heartbeat_before_it_fails() {
    let (vendor, journal) = (TestVendor::releases_all(), leased(1));
    journal.set(
        Op::Claim,
        Fault {
            delay: seconds(31),
            ..Fault::SLOW
        },
    );
    journal.set(
        Op::Heartbeat,
        Fault {
            after: 1,
            ..Fault::UNAVAILABLE
        },
    );
    let stop = Stop::new();
    let batch = Batch::new(
        Arc::clone(&vendor) as _,
        Arc::clone(&journal) as _,
        at_once(2),
    );
    let observer = |event: RunEvent<'_>| {
        if matches!(event, RunEvent::Recorded { .. }) {
            stop.drain();
        }
    };
    let summary = batch.run(&stop, observer).await.unwrap();
    assert_eq!(summary.sent, 0);
    assert_eq!(counts(&journal).await.pending, 1);
}

#[tokio::test(start_paused = true)]
async fn a_quick_claim_long_after_the_last_heartbeat_is_not_sent() {
    let (vendor, journal) = (TestVendor::releases_all(), leased(9));
    // All that come by the clock fail, and one more.
    journal.set(
        Op::Heartbeat,
        Fault {
            after: 1,
            times: 10,
            ..Fault::UNAVAILABLE
        },
    );
    let mut told = Vec::new();
    let observer = |event: RunEvent<'_>| match event {
        RunEvent::Recorded(NumberResult { number, result, .. }) => {
            told.push(format!("{} {:?}", number.as_str(), result.outcome));
        }
        RunEvent::JournalFailed { .. } => told.push("failed".to_owned()),
        _ => {}
    };
    let options = at_once(2).with_rate("1/min".parse().unwrap());
    let batch = Batch::new(Arc::clone(&vendor) as _, Arc::clone(&journal) as _, options);
    let summary = batch.run(&Stop::new(), observer).await.unwrap();
    assert_eq!((summary.end, summary.sent), (End::Done, 9));
    let released = "n-0 Settled(Released)";
    assert_eq!(
        told[..4],
        [released, "failed", "n-1 NotSent", "n-1 Settled(Released)"]
    );
}

#[tokio::test(start_paused = true)]
async fn a_claim_that_comes_back_while_the_journal_fails_is_not_sent() {
    let (vendor, journal) = (TestVendor::releases_all(), leased(2));
    journal.set(
        Op::Claim,
        Fault {
            delay: seconds(31),
            ..Fault::SLOW
        },
    );
    // The heartbeat before the first number fails while the second number is claimed.
    journal.set(
        Op::Heartbeat,
        Fault {
            after: 2,
            times: 1,
            delay: seconds(3),
            ..Fault::UNAVAILABLE
        },
    );
    let mut told = Vec::new();
    let observer = |event: RunEvent<'_>| match event {
        RunEvent::Recorded(NumberResult { number, result, .. }) => {
            told.push(format!("{} {:?}", number.as_str(), result.outcome));
        }
        RunEvent::JournalFailed { .. } => told.push("failed".to_owned()),
        _ => {}
    };
    let options = at_once(2).with_rate("1/s".parse().unwrap());
    let batch = Batch::new(Arc::clone(&vendor) as _, Arc::clone(&journal) as _, options);
    batch.run(&Stop::new(), observer).await.unwrap();
    assert_eq!(
        told[..3],
        ["failed", "n-0 NotSent", "n-1 NotSent"],
        "{told:?} {:?}",
        journal.log()
    );
    assert_eq!(counts(&journal).await.released, 2);
}

#[tokio::test(start_paused = true)]
async fn heartbeats_keep_the_claims_of_a_slow_request() {
    let vendor = TestVendor::new(|_, _| Response::After(seconds(500), Ok(Outcome::Released)));
    let journal = leased(1);
    let other = journal.inner().reopen();
    let mut given_up = 0;
    let watching = async {
        loop {
            sleep(seconds(10)).await;
            given_up += other.mark_orphans_unknown().await.unwrap();
        }
    };
    tokio::select! {
        summary = run(&vendor, &journal, at_once(1)) => assert_eq!(summary.unwrap().end, End::Done),
        () = watching => {}
    }
    assert_eq!(given_up, 0);
}

#[tokio::test(start_paused = true)]
async fn a_run_waits_for_the_lease_of_a_worker_that_died() {
    let (vendor, journal) = (TestVendor::releases_all(), leased(5));
    dead_worker(&journal, 2).await;
    let started = Instant::now();
    let mut waiting = Vec::new();
    let batch = Batch::new(
        Arc::clone(&vendor) as _,
        Arc::clone(&journal) as _,
        at_once(4),
    );
    let observer = |event: RunEvent<'_>| {
        if let RunEvent::WaitingForOthers { in_flight } = event {
            waiting.push(in_flight);
        }
    };
    let summary = batch.run(&Stop::new(), observer).await.unwrap();
    assert_eq!(
        (summary.end, summary.sent, summary.orphans),
        (End::Done, 3, 2)
    );
    assert_eq!(waiting, [2]);
    assert!(started.elapsed() >= seconds(60) && started.elapsed() <= seconds(66));
    assert_eq!(counts(&journal).await.unknown, 2);
}

#[tokio::test(start_paused = true)]
async fn a_run_takes_on_what_another_worker_puts_back() {
    let (vendor, journal) = (TestVendor::releases_all(), leased(1));
    let other = Arc::new(journal.inner().reopen());
    let refused = TestVendor::new(|_, _| {
        Response::After(
            seconds(20),
            Err(crate::error(numbers_core::ErrorKind::RateLimited)),
        )
    });
    let stop = Stop::new();
    let batch = Batch::new(refused, other, at_once(1));
    let (first, second) = tokio::join!(
        batch.run(&stop, |event| if matches!(event, RunEvent::Paused { .. }) {
            stop.drain()
        }),
        async {
            sleep(seconds(1)).await;
            run(&vendor, &journal, at_once(1)).await
        },
    );
    assert_eq!(first.unwrap().end, End::Stopped);
    assert_eq!(
        (second.unwrap().sent, counts(&journal).await.released),
        (1, 1)
    );
}

#[tokio::test(start_paused = true)]
async fn a_run_does_not_wait_for_ever_for_a_worker_that_lives() {
    let (vendor, journal) = (TestVendor::releases_all(), leased(1));
    let other = journal.inner().reopen();
    other.claim(1).await.unwrap();
    let alive = async {
        loop {
            sleep(seconds(10)).await;
            other.heartbeat().await.unwrap();
        }
    };
    let started = Instant::now();
    tokio::select! {
        summary = run(&vendor, &journal, at_once(1)) => {
            let summary = summary.unwrap();
            assert_eq!((summary.end, summary.sent), (End::Done, 0));
            assert_eq!(summary.counts.unwrap().in_flight, 1);
        }
        () = alive => {}
    }
    assert_eq!(started.elapsed().as_secs(), 120);
}
