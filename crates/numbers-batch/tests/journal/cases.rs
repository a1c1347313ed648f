//! Claims, results and the pace.

use crate::place::{Place, attempt_result, claim_one, positions, settled};
use numbers_batch::journal::{AttemptOutcome, AttemptResult, Counts, JournalErrorKind, State};
use numbers_batch::run::{Batch, RunOptions, Stop};
use numbers_core::testing::Scripted;
use numbers_core::{Account, Disposition, ErrorKind, Vendor};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

pub(crate) async fn a_run_with_another_vendor_or_account_is_refused(place: &Place) {
    let journal = place.open(&place.plan(1)).await;
    let others = [
        Scripted::new(Vendor::new("other")),
        Scripted::new(Vendor::new("acme")).with_account(Account::new("other.invalid")),
    ];
    for other in others {
        let batch = Batch::new(
            Arc::new(other.clone()),
            Arc::clone(&journal),
            RunOptions::default(),
        );
        let error = batch.run(&Stop::new(), |_| {}).await.unwrap_err();
        assert_eq!(error.kind(), JournalErrorKind::OtherPlan, "{error}");
        assert!(other.calls().is_empty());
    }
    assert_eq!(journal.counts().await.unwrap().pending, 1);
}

pub(crate) async fn numbers_are_claimed_once_in_the_order_of_the_plan(place: &Place) {
    let journal = place.open(&place.plan(5)).await;
    let first = journal.claim(3).await.unwrap();
    let second = journal.claim(3).await.unwrap();
    let third = journal.claim(3).await.unwrap();
    assert_eq!(positions(&first.numbers), [0, 1, 2]);
    assert_eq!(positions(&second.numbers), [3, 4]);
    assert_eq!(third.numbers, []);
    assert_eq!((first.pending, second.pending), (2, 0));
    assert_eq!((third.elsewhere, third.wait), (0, Duration::ZERO));
    let numbers = first.numbers.iter().map(|claimed| claimed.number.as_str());
    assert!(numbers.eq(["n-0", "n-1", "n-2"]));
    assert!(
        first
            .numbers
            .iter()
            .all(|claimed| claimed.attempts_before == 0)
    );
    assert!(!first.numbers[0].may_have_released);
}

pub(crate) async fn a_claim_whose_worker_is_gone_is_unknown(place: &Place) {
    let plan = place.plan(3);
    let journal = place.open(&plan).await;
    journal.claim(2).await.unwrap();
    place.kill(journal).await;

    let journal = place.open(&plan).await;
    let counts = journal.counts().await.unwrap();
    assert_eq!((counts.pending, counts.in_flight), (1, 2));
    let claim = journal.claim(3).await.unwrap();
    assert_eq!(positions(&claim.numbers), [2], "only what was never sent");
    assert_eq!(claim.elsewhere, 2);
    assert_eq!(journal.mark_orphans_unknown().await.unwrap(), 2);
    let counts = journal.counts().await.unwrap();
    assert_eq!((counts.unknown, counts.in_flight), (2, 1));
    assert_eq!(journal.claim(3).await.unwrap().numbers, []);
    assert_eq!(journal.mark_orphans_unknown().await.unwrap(), 0);
}

pub(crate) async fn a_result_settles_its_number(place: &Place) {
    let journal = place.open(&place.plan(7)).await;
    let before = SystemTime::now() - Duration::from_secs(1);
    let claimed = journal.claim(6).await.unwrap().numbers;
    let mut results: Vec<_> = claimed
        .iter()
        .zip(Disposition::ALL)
        .map(|(claimed, disposition)| settled(claimed, *disposition))
        .collect();
    results[3] = AttemptResult {
        kind: Some(ErrorKind::Conflict),
        status: Some(409),
        message: Some("it is in use".to_owned()),
        request_id: None,
        ..results[3].clone()
    };
    journal.record(&results).await.unwrap();

    let expected = Counts {
        pending: 1,
        in_flight: 1,
        released: 1,
        accepted: 1,
        absent: 1,
        failed: 1,
        unknown: 1,
    };
    assert_eq!(journal.counts().await.unwrap(), expected);
    let records = journal.numbers(Some(1), 3).await.unwrap();
    let [absent, failed, unknown] = records.as_slice() else {
        panic!("a page of three: {records:?}");
    };
    assert_eq!(absent.state, State::Settled(Disposition::Absent));
    assert_eq!((absent.position, absent.number.as_str()), (2, "n-2"));
    assert_eq!((absent.kind, absent.status), (None, Some(200)));
    assert_eq!(
        (absent.request_id.as_deref(), absent.attempts),
        (Some("r-1"), 1)
    );
    assert!(
        absent.started.unwrap() >= before && absent.settled.unwrap() >= absent.started.unwrap()
    );
    assert_eq!(failed.state, State::Settled(Disposition::Failed));
    assert_eq!(
        (failed.kind, failed.status),
        (Some(ErrorKind::Conflict), Some(409))
    );
    assert_eq!(failed.message.as_deref(), Some("it is in use"));
    assert_eq!(unknown.state, State::Settled(Disposition::Unknown));
    let rest = journal.numbers(Some(4), 10).await.unwrap();
    assert_eq!((rest[0].state, rest[0].settled), (State::InFlight, None));
    assert_eq!((rest[1].state, rest[1].started), (State::Pending, None));
}

pub(crate) async fn a_result_recorded_twice_counts_once(place: &Place) {
    let journal = place.open(&place.plan(3)).await;
    let claimed = journal.claim(3).await.unwrap().numbers;
    let first = [
        settled(&claimed[0], Disposition::Released),
        settled(&claimed[0], Disposition::Failed),
        settled(&claimed[1], Disposition::Unknown),
        attempt_result(&claimed[2], AttemptOutcome::Requeued),
    ];
    let again = claimed
        .iter()
        .map(|claimed| settled(claimed, Disposition::Failed));
    journal.record(&first).await.unwrap();
    journal.record(&again.collect::<Vec<_>>()).await.unwrap();
    journal.record(&first).await.unwrap();
    journal.record(&[]).await.unwrap();
    let counts = journal.counts().await.unwrap();
    assert_eq!((counts.released, counts.unknown), (1, 1));
    assert_eq!((counts.pending, counts.total()), (1, 3));
    let events = place.reader().await.events(None, 10).await.unwrap();
    assert_eq!(events.len(), 6);
}

pub(crate) async fn what_goes_back_to_the_queue_is_claimed_again(place: &Place) {
    let journal = place.open(&place.plan(2)).await;
    let claimed = journal.claim(2).await.unwrap().numbers;
    let refused = AttemptResult {
        kind: Some(ErrorKind::RateLimited),
        status: Some(429),
        ..attempt_result(&claimed[0], AttemptOutcome::Requeued)
    };
    journal.record(&[refused]).await.unwrap();
    let record = journal.numbers(None, 1).await.unwrap().remove(0);
    assert_eq!(
        (record.state, record.kind),
        (State::Pending, Some(ErrorKind::RateLimited))
    );

    let again = claim_one(&*journal).await;
    assert_eq!((again.position, again.attempts_before), (0, 1));
    assert!(!again.may_have_released);
    assert_ne!(again.attempt, claimed[0].attempt);
    journal
        .record(&[settled(&again, Disposition::Released)])
        .await
        .unwrap();
    let record = journal.numbers(None, 1).await.unwrap().remove(0);
    assert_eq!(
        (record.attempts, record.kind, record.status),
        (2, None, Some(200))
    );
}

pub(crate) async fn what_was_not_sent_does_not_count(place: &Place) {
    let journal = place.open(&place.plan(1)).await;
    let claimed = claim_one(&*journal).await;
    journal
        .record(&[attempt_result(&claimed, AttemptOutcome::NotSent)])
        .await
        .unwrap();
    let again = claim_one(&*journal).await;
    assert_eq!(again.attempts_before, 0);
}

pub(crate) async fn closing_makes_what_is_in_flight_unknown(place: &Place) {
    let plan = place.plan(2);
    let journal = place.open(&plan).await;
    journal.claim(1).await.unwrap();
    journal.close().await.unwrap();
    journal.close().await.unwrap();
    let error = journal.claim(1).await.unwrap_err();
    assert_eq!(error.kind(), JournalErrorKind::Unavailable);

    let next = place.open(&plan).await;
    let counts = next.counts().await.unwrap();
    assert_eq!((counts.unknown, counts.pending), (1, 1));
    let workers = place.reader().await.workers().await.unwrap();
    assert!(workers[0].ended.is_some() && workers[1].ended.is_none());
}

pub(crate) async fn one_turn_comes_each_interval(place: &Place) {
    const HOUR: Duration = Duration::from_secs(3600);
    let journal = place.open(&place.plan(9)).await;
    journal.set_interval(HOUR).await.unwrap();
    let claim = journal.claim(5).await.unwrap();
    assert_eq!((claim.numbers.len(), claim.pending), (1, 8));
    assert!(
        claim.wait > HOUR / 2 && claim.wait <= HOUR,
        "{:?}",
        claim.wait
    );
    assert_eq!(journal.claim(5).await.unwrap().numbers, []);

    let ago = "UPDATE plan SET next_turn_us = next_turn_us - 36000000000";
    place.sql(ago).await;
    let numbers = journal.claim(5).await.unwrap().numbers;
    assert_eq!(
        numbers.len(),
        1,
        "ten hours later there is one turn, not ten"
    );

    journal.set_interval(Duration::ZERO).await.unwrap();
    let claim = journal.claim(5).await.unwrap();
    assert_eq!((claim.numbers.len(), claim.wait), (5, Duration::ZERO));
}

pub(crate) async fn a_pause_holds_all_turns_back(place: &Place) {
    const HOUR: Duration = Duration::from_secs(3600);
    let plan = place.plan(2);
    let journal = place.open(&plan).await;
    journal.pause(HOUR).await.unwrap();
    journal.pause(Duration::from_secs(1)).await.unwrap();
    let claim = journal.claim(2).await.unwrap();
    assert_eq!((claim.numbers.len(), claim.pending), (0, 2));
    assert!(
        claim.wait > HOUR / 2 && claim.wait <= HOUR,
        "{:?}",
        claim.wait
    );
    place.kill(journal).await;

    let journal = place.open(&plan).await;
    assert_eq!(
        journal.claim(2).await.unwrap().numbers,
        [],
        "it outlives a worker"
    );
    place
        .sql("UPDATE plan SET paused_until_us = paused_until_us - 3600000000")
        .await;
    assert_eq!(journal.claim(2).await.unwrap().numbers.len(), 2);
}

pub(crate) async fn a_clock_that_was_set_back_costs_one_interval(place: &Place) {
    let journal = place.open(&place.plan(3)).await;
    journal
        .set_interval(Duration::from_micros(1))
        .await
        .unwrap();
    journal.pause(Duration::from_millis(1)).await.unwrap();
    place
        .sql(
            "UPDATE plan SET next_turn_us = next_turn_us + 3600000000 + paused_until_us, \
             paused_until_us = paused_until_us + 3600000000",
        )
        .await;
    journal.claim(1).await.unwrap();
    std::thread::sleep(Duration::from_millis(2));
    assert_eq!(journal.claim(1).await.unwrap().numbers.len(), 1);
}

pub(crate) async fn strange_text_is_kept_as_it_is(place: &Place) {
    let plan = place.plan_of("it's; \"DROP\" 1\nnúmero-ñ/\\u0000 2\n{\"a\":[1,null]} 3\n");
    let journal = place.open(&plan).await;
    let claimed = journal.claim(3).await.unwrap().numbers;
    assert_eq!(claimed[0].number.as_str(), "it's; \"DROP\" 1");
    assert_eq!(claimed[1].number.as_str(), "número-ñ/\\u0000 2");
    assert_eq!(claimed[2].number.as_str(), "{\"a\":[1,null]} 3");
    let text = "it's \"not\" {$1}, [2]\\ 'ü' 😀 null";
    let result = AttemptResult {
        message: Some(text.to_owned()),
        request_id: Some("12".to_owned()),
        ..settled(&claimed[0], Disposition::Failed)
    };
    let with_nul = AttemptResult {
        message: Some("a\0b".to_owned()),
        ..settled(&claimed[1], Disposition::Failed)
    };
    journal.record(&[result, with_nul]).await.unwrap();
    let records = journal.numbers(None, 2).await.unwrap();
    assert_eq!(records[0].message.as_deref(), Some(text));
    assert_eq!(records[0].request_id.as_deref(), Some("12"));
    assert_eq!(
        records[1].message.as_deref(),
        Some("a b"),
        "no database keeps a NUL"
    );
}
