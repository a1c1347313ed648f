use crate::faulty::{Fault, Op};
use crate::vendor::{Response, TestVendor};
use crate::{at_once, counts, error, faulty, memory, numbers, record, run, seconds};
use numbers_batch::journal::{Journal, MemoryJournal, State};
use numbers_batch::run::{Batch, End, NumberResult, RunEvent, Stop};
use numbers_core::{Disposition, ErrorKind, Outcome};
use std::sync::Arc;
use std::time::Duration;

/// Refuses the first so many requests by 429.
fn refuses(first: usize, retry_after: Option<Duration>) -> Arc<TestVendor> {
    TestVendor::new(move |_, call| {
        if call < first {
            Err(error(ErrorKind::RateLimited).with_retry_after(retry_after))
        } else {
            Ok(Outcome::Released)
        }
    })
}

fn gaps(times: &[Duration]) -> Vec<u64> {
    let gap = |pair: &[Duration]| (pair[1] - pair[0]).as_secs();
    times.windows(2).map(gap).collect()
}

#[tokio::test(start_paused = true)]
async fn a_429_goes_back_to_the_queue_and_the_wait_grows() {
    let vendor = refuses(8, None);
    let journal = memory(3);
    let summary = run(&vendor, &journal, at_once(1)).await.unwrap();
    assert_eq!(gaps(&vendor.times()), [1, 2, 4, 8, 16, 32, 60, 60, 0, 0]);
    assert_eq!(summary.end, End::Done);
    assert_eq!(counts(&journal).await.released, 3);
    assert_eq!(record(&journal, 0).await.attempts, 9);
}

#[tokio::test(start_paused = true)]
async fn retry_after_pauses_the_whole_run() {
    let vendor = refuses(1, Some(seconds(30)));
    run(&vendor, &memory(50), at_once(4)).await.unwrap();
    // Three were on their way beside the first.
    assert!(vendor.times()[3] < seconds(1));
    assert!(vendor.times()[4..].iter().all(|at| *at >= seconds(30)));
    assert_eq!(vendor.calls().len(), 51);
}

#[tokio::test(start_paused = true)]
async fn a_429_at_one_worker_pauses_the_others() {
    let journal = Arc::new(MemoryJournal::new(numbers(50)).with_lease(seconds(60)));
    let other = Arc::new(journal.reopen());
    let vendor = TestVendor::new(|_, call| match call {
        0 => {
            let error = error(ErrorKind::RateLimited).with_retry_after(Some(seconds(30)));
            Response::After(seconds(1), Err(error))
        }
        _ => Response::After(seconds(2), Ok(Outcome::Released)),
    });
    let (first, second) = tokio::join!(
        run(&vendor, &journal, at_once(1)),
        run(&vendor, &other, at_once(1)),
    );
    assert!(first.unwrap().sent > 0 && second.unwrap().sent > 0);
    let times = vendor.times();
    assert!(
        times[1] < seconds(1) && times[2] >= seconds(31),
        "{times:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn the_pause_is_written_before_the_number_goes_back() {
    use Op::{Claim, Counts, Pause, Record};
    let journal = faulty(1);
    run(&refuses(1, None), &journal, at_once(1)).await.unwrap();
    assert_eq!(journal.log()[..4], [Counts, Claim, Pause, Record]);
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_can_t_be_written_is_written_later() {
    let journal = faulty(1);
    let times = 2;
    journal.set(
        Op::Pause,
        Fault {
            times,
            ..Fault::UNAVAILABLE
        },
    );
    let vendor = refuses(1, Some(seconds(30)));
    let summary = run(&vendor, &journal, at_once(1)).await.unwrap();
    assert_eq!((summary.end, journal.asked(Op::Pause)), (End::Done, 3));
    assert_eq!(vendor.times()[1], seconds(30));
}

#[tokio::test(start_paused = true)]
async fn a_refused_connection_goes_back_to_the_queue() {
    let vendor = TestVendor::new(|_, call| match call {
        0 => Err(error(ErrorKind::Connect)),
        _ => Ok(Outcome::Released),
    });
    let journal = memory(1);
    let summary = run(&vendor, &journal, at_once(4)).await.unwrap();
    assert_eq!((summary.end, summary.sent), (End::Done, 2));
    assert_eq!(gaps(&vendor.times()), [1]);
}

#[tokio::test(start_paused = true)]
async fn a_claim_that_comes_back_in_a_pause_is_not_sent() {
    let journal = faulty(3);
    // The second claim is under way from millisecond 100 to 150, and the first 429 comes in between.
    let delay = Duration::from_millis(50);
    journal.set(
        Op::Claim,
        Fault {
            delay,
            ..Fault::SLOW
        },
    );
    let options = at_once(2).with_rate("20/s".parse().unwrap());
    let vendor = TestVendor::new(|_, call| {
        let result = match call {
            0 => Err(error(ErrorKind::RateLimited).with_retry_after(Some(seconds(30)))),
            _ => Ok(Outcome::Released),
        };
        Response::After(Duration::from_millis(70), result)
    });
    let summary = run(&vendor, &journal, options).await.unwrap();
    assert_eq!((summary.end, summary.sent), (End::Done, 4));
    assert!(vendor.times()[1] >= seconds(30), "{:?}", vendor.times());
}

#[tokio::test(start_paused = true)]
async fn it_gives_up_after_a_time_without_a_settled_number() {
    let vendor = refuses(usize::MAX, None);
    let journal = memory(5);
    let started = tokio::time::Instant::now();
    let summary = run(&vendor, &journal, at_once(2)).await.unwrap();
    assert_eq!(summary.end, End::GaveUp);
    assert_eq!(started.elapsed().as_secs(), 15 * 60);
    assert_eq!(counts(&journal).await.pending, 5);
}

#[tokio::test(start_paused = true)]
async fn a_settled_number_begins_the_time_to_give_up_anew() {
    let vendor = TestVendor::new(|_, call| match call % 4 {
        3 => Ok(Outcome::Released),
        _ => Err(error(ErrorKind::RateLimited).with_retry_after(Some(seconds(50)))),
    });
    let journal = memory(5);
    let options = at_once(1).with_give_up_after(seconds(160));
    let summary = run(&vendor, &journal, options).await.unwrap();
    assert_eq!(summary.end, End::Done);
    assert!(vendor.times().last().unwrap() > &seconds(700));
}

#[tokio::test(start_paused = true)]
async fn an_id_that_was_never_sent_does_not_prolong_it() {
    let vendor = TestVendor::new(|_, call| match call % 2 {
        0 => Err::<Outcome, _>(error(ErrorKind::RateLimited)),
        _ => Err(error(ErrorKind::InvalidNumber)),
    });
    let started = tokio::time::Instant::now();
    let options = at_once(2).with_rate("1/min".parse().unwrap());
    let summary = run(&vendor, &memory(100), options).await.unwrap();
    assert_eq!(summary.end, End::GaveUp);
    assert_eq!(started.elapsed().as_secs(), 15 * 60);
}

#[tokio::test(start_paused = true)]
async fn a_long_pause_is_given_up_in_its_middle() {
    let vendor = refuses(usize::MAX, Some(seconds(3600)));
    let started = tokio::time::Instant::now();
    let options = at_once(1).with_give_up_after(seconds(100));
    let summary = run(&vendor, &memory(5), options).await.unwrap();
    assert_eq!((summary.end, summary.sent), (End::GaveUp, 1));
    assert_eq!(started.elapsed().as_secs(), 100);
}

#[tokio::test(start_paused = true)]
async fn the_observer_is_told_of_results_and_pauses() {
    let vendor = refuses(1, Some(seconds(30)));
    let journal = memory(1);
    let mut told = Vec::new();
    let observer = |event: RunEvent<'_>| match event {
        RunEvent::Paused { wait, asked, kind } => told.push(format!("{kind} {wait:?} {asked}")),
        RunEvent::Recorded(NumberResult { number, result, .. }) => {
            told.push(format!("{} {:?}", number.as_str(), result.outcome));
        }
        _ => {}
    };
    let batch = Batch::new(vendor, journal, at_once(1));
    batch.run(&Stop::new(), observer).await.unwrap();
    let expected = [
        "rate_limited 30s true",
        "n-0 Requeued",
        "n-0 Settled(Released)",
    ];
    assert_eq!(told, expected);
}

#[tokio::test(start_paused = true)]
async fn an_intent_is_durable_before_its_request() {
    let journal = memory(9);
    let seen = Arc::clone(&journal);
    let vendor = TestVendor::new(move |number, _| {
        let position: usize = number[2..].parse().unwrap();
        let mut all = tokio_test_now(seen.numbers(None, 9));
        assert_eq!(all.swap_remove(position).state, State::InFlight, "{number}");
        Ok(Outcome::Accepted)
    });
    let summary = run(&vendor, &journal, at_once(3)).await.unwrap();
    assert_eq!(summary.end, End::Done);
    assert_eq!(summary.counts.unwrap().accepted, 9);
    let last = record(&journal, 8).await;
    assert_eq!(last.state, State::Settled(Disposition::Accepted));
    assert_eq!((last.attempts, last.status), (1, Some(200)));
}

/// The output of a future that is ready at once.
fn tokio_test_now<T, E: std::fmt::Debug>(future: impl Future<Output = Result<T, E>>) -> T {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(future).poll(&mut context) {
        std::task::Poll::Ready(output) => output.unwrap(),
        std::task::Poll::Pending => panic!("not ready"),
    }
}
