//! Results that come late, and numbers that are sent again.

use crate::place::{NO_ATTEMPT, Place, attempt_result, claim_one, positions, settled};
use numbers_batch::journal::{AttemptOutcome, AttemptResult, Claimed, Counts, Journal, State};
use numbers_batch::plan::Plan;
use numbers_core::Disposition;
use std::sync::Arc;
use std::time::Duration;

/// Claims a number whose worker then is gone. Returns the next worker and the claim.
async fn orphaned(place: &Place) -> (Arc<dyn Journal>, Claimed) {
    let plan = place.plan(1);
    let journal = place.open(&plan).await;
    let claimed = claim_one(&*journal).await;
    place.kill(journal).await;
    let journal = place.open(&plan).await;
    assert_eq!(journal.mark_orphans_unknown().await.unwrap(), 1);
    (journal, claimed)
}

pub(crate) async fn a_late_result_settles_an_unknown(place: &Place) {
    let (journal, claimed) = orphaned(place).await;
    let result = settled(&claimed, Disposition::Released);
    journal.record(std::slice::from_ref(&result)).await.unwrap();
    journal.record(&[result]).await.unwrap();
    let counts = journal.counts().await.unwrap();
    assert_eq!((counts.released, counts.total()), (1, 1));
}

pub(crate) async fn a_late_result_is_an_event_alone_after_another_attempt(place: &Place) {
    let (journal, first) = orphaned(place).await;
    journal.requeue_unknown(None).await.unwrap();
    let second = claim_one(&*journal).await;
    journal
        .record(&[settled(&first, Disposition::Failed)])
        .await
        .unwrap();
    assert_eq!(journal.counts().await.unwrap().in_flight, 1);
    journal
        .record(&[settled(&second, Disposition::Absent)])
        .await
        .unwrap();
    let stray = AttemptResult {
        attempt: NO_ATTEMPT,
        ..settled(&second, Disposition::Failed)
    };
    journal.record(&[stray]).await.unwrap();
    assert_eq!(journal.counts().await.unwrap().absent, 1);
}

pub(crate) async fn a_late_requeue_puts_an_unknown_back(place: &Place) {
    let (journal, claimed) = orphaned(place).await;
    journal
        .record(&[attempt_result(&claimed, AttemptOutcome::Requeued)])
        .await
        .unwrap();
    let again = claim_one(&*journal).await;
    assert_eq!((again.attempts_before, again.may_have_released), (1, false));
}

pub(crate) async fn a_resent_number_says_that_it_may_be_released(place: &Place) {
    let (journal, _) = orphaned(place).await;
    assert_eq!(journal.claim(1).await.unwrap().numbers, []);
    assert_eq!(journal.requeue_unknown(None).await.unwrap(), 1);
    assert_eq!(journal.requeue_unknown(None).await.unwrap(), 0);
    let again = claim_one(&*journal).await;
    assert_eq!((again.attempts_before, again.may_have_released), (1, true));
    journal
        .record(&[attempt_result(&again, AttemptOutcome::NotSent)])
        .await
        .unwrap();
    let again = claim_one(&*journal).await;
    assert!(
        again.may_have_released,
        "an attempt that was not sent changes nothing"
    );
}

pub(crate) async fn a_resend_ends_with_its_worker(place: &Place) {
    let (journal, _) = orphaned(place).await;
    journal.requeue_unknown(None).await.unwrap();
    place.kill(journal).await;
    let plan = Plan::open(place.directory.path().join("plan.jsonl")).unwrap();
    let journal = place.open(&plan).await;
    assert_eq!(journal.mark_orphans_unknown().await.unwrap(), 0, "no claim");
    assert_eq!(journal.claim(1).await.unwrap().numbers, []);
    assert_eq!(journal.counts().await.unwrap().unknown, 1);
    assert_eq!(journal.requeue_unknown(None).await.unwrap(), 1);
    journal.close().await.unwrap();
    let journal = place.open(&plan).await;
    assert_eq!(journal.claim(1).await.unwrap().numbers, []);
    let events = place.reader().await.events(None, 99).await.unwrap();
    let returned = events.iter().filter(|event| event.event == "not_resent");
    assert_eq!(returned.count(), 2);
}

pub(crate) async fn old_unknowns_are_left_alone(place: &Place) {
    let journal = place.open(&place.plan(2)).await;
    let claimed = journal.claim(2).await.unwrap().numbers;
    let unknown = claimed
        .iter()
        .map(|claimed| settled(claimed, Disposition::Unknown));
    journal.record(&unknown.collect::<Vec<_>>()).await.unwrap();
    let ago = match place.database.is_empty() {
        true => "UPDATE number SET started_ms = started_ms - 7200000 WHERE position = 0",
        false => "UPDATE number SET started = started - interval '2 hours' WHERE position = 0",
    };
    place.sql(ago).await;
    let hour = Duration::from_secs(3600);
    assert_eq!(journal.requeue_unknown(Some(hour)).await.unwrap(), 1);
    let states: Vec<_> = journal
        .numbers(None, 2)
        .await
        .unwrap()
        .iter()
        .map(|record| record.state)
        .collect();
    assert_eq!(
        states,
        [State::Settled(Disposition::Unknown), State::Pending]
    );
}

/// A journal with two numbers that are unknown, and one that is pending.
async fn two_unknown(place: &Place) -> (Plan, Arc<dyn Journal>) {
    let plan = place.plan(3);
    let journal = place.open(&plan).await;
    let claimed = journal.claim(2).await.unwrap().numbers;
    let unknown = claimed
        .iter()
        .map(|claimed| settled(claimed, Disposition::Unknown));
    journal.record(&unknown.collect::<Vec<_>>()).await.unwrap();
    (plan, journal)
}

/// How many numbers wait to be sent, are shown as pending, and are shown as unknown.
async fn waiting(place: &Place) -> (u64, u64, u64) {
    let reader = place.reader().await;
    let counts = reader.counts().await.unwrap();
    let mut shown = Counts::default();
    for number in reader.numbers(None, 9).await.unwrap() {
        match number.state {
            State::Pending => shown.pending += 1,
            _ => shown.unknown += 1,
        }
    }
    assert_eq!(shown, counts);
    let to_send = reader.to_send().await.unwrap();
    (to_send, counts.pending, counts.unknown)
}

pub(crate) async fn what_waits_to_be_sent_again_is_unknown_when_nobody_runs(place: &Place) {
    let (plan, journal) = two_unknown(place).await;
    assert_eq!(journal.requeue_unknown(None).await.unwrap(), 2);
    assert_eq!(journal.counts().await.unwrap().pending, 3);
    assert_eq!(waiting(place).await, (3, 1, 2), "still unknown");
    journal.close().await.unwrap();
    assert_eq!(waiting(place).await, (1, 1, 2), "closed");

    let journal = place.open(&plan).await;
    assert_eq!(journal.requeue_unknown(None).await.unwrap(), 2);
    place.kill(journal).await;
    assert_eq!(waiting(place).await, (3, 1, 2), "killed");
    let journal = place.open(&plan).await;
    assert_eq!(waiting(place).await, (1, 1, 2), "killed, and opened again");

    assert_eq!(journal.requeue_unknown(None).await.unwrap(), 2);
    assert_eq!(journal.cancel_resend().await.unwrap(), 2);
    assert_eq!(positions(&journal.claim(3).await.unwrap().numbers), [2]);
    let events = place.reader().await.events(None, 99).await.unwrap();
    let returned = events.iter().filter(|event| event.event == "not_resent");
    assert_eq!(returned.count(), 6);
}

pub(crate) async fn an_intent_that_grows_old_in_the_queue_is_not_sent_again(place: &Place) {
    let (_, journal) = two_unknown(place).await;
    let hour = Duration::from_secs(3600);
    assert_eq!(journal.requeue_unknown(Some(hour)).await.unwrap(), 2);
    let ago = match place.database.is_empty() {
        true => {
            "UPDATE number SET may_have_released_ms = may_have_released_ms - 7200000 WHERE position = 0"
        }
        false => {
            "UPDATE number SET may_have_released = may_have_released - interval '2 hours' WHERE position = 0"
        }
    };
    place.sql(ago).await;
    let claim = journal.claim(2).await.unwrap();
    assert_eq!((positions(&claim.numbers), claim.pending), (vec![1, 2], 0));
    let counts = journal.counts().await.unwrap();
    assert_eq!((counts.unknown, counts.in_flight), (1, 2));
    let record = journal.numbers(None, 1).await.unwrap().remove(0);
    assert_eq!(
        (record.attempts, record.status),
        (1, Some(200)),
        "as it was"
    );
}

pub(crate) async fn after_a_clock_was_set_back_none_is_sent_again_unasked(place: &Place) {
    let (_, journal) = two_unknown(place).await;
    journal.requeue_unknown(None).await.unwrap();
    let ahead = match place.database.is_empty() {
        true => "UPDATE number SET may_have_released_ms = may_have_released_ms + 7200000",
        false => "UPDATE number SET may_have_released = may_have_released + interval '2 hours'",
    };
    place.sql(ahead).await;
    journal.cancel_resend().await.unwrap();
    assert_eq!(positions(&journal.claim(9).await.unwrap().numbers), [2]);
    let counts = journal.counts().await.unwrap();
    assert_eq!((counts.pending, counts.unknown), (0, 2));
}

pub(crate) async fn an_attempt_that_was_not_sent_makes_no_intent_younger(place: &Place) {
    let (journal, _) = orphaned(place).await;
    let ago = match place.database.is_empty() {
        true => "UPDATE number SET started_ms = started_ms - 1800000",
        false => "UPDATE number SET started = started - interval '30 minutes'",
    };
    place.sql(ago).await;
    let began = journal.numbers(None, 1).await.unwrap().remove(0).started;
    journal.requeue_unknown(None).await.unwrap();
    let again = claim_one(&*journal).await;
    journal
        .record(&[attempt_result(&again, AttemptOutcome::NotSent)])
        .await
        .unwrap();
    journal.cancel_resend().await.unwrap();
    let record = journal.numbers(None, 1).await.unwrap().remove(0);
    assert_eq!(record.state, State::Settled(Disposition::Unknown));
    assert_eq!(record.started, began);
}

pub(crate) async fn a_second_attempt_makes_the_first_intent_no_younger(place: &Place) {
    let (journal, _) = orphaned(place).await;
    let hour = Some(Duration::from_secs(3600));
    assert_eq!(journal.requeue_unknown(hour).await.unwrap(), 1);
    let again = claim_one(&*journal).await;
    let unknown = settled(&again, Disposition::Unknown);
    journal.record(&[unknown]).await.unwrap();
    let ago = match place.database.is_empty() {
        true => "UPDATE number SET may_have_released_ms = may_have_released_ms - 7200000",
        false => "UPDATE number SET may_have_released = may_have_released - interval '2 hours'",
    };
    place.sql(ago).await;
    assert_eq!(journal.requeue_unknown(hour).await.unwrap(), 0);
    assert_eq!(journal.requeue_unknown(None).await.unwrap(), 1);
    journal.requeue_unknown(hour).await.unwrap();
    assert_eq!(journal.claim(1).await.unwrap().numbers, []);
}

pub(crate) async fn events_tell_what_happened(place: &Place) {
    let (journal, first) = orphaned(place).await;
    journal.requeue_unknown(None).await.unwrap();
    let second = claim_one(&*journal).await;
    journal
        .record(&[settled(&second, Disposition::Released)])
        .await
        .unwrap();
    journal
        .record(&[settled(&first, Disposition::Released)])
        .await
        .unwrap();
    let reader = place.reader().await;
    let events = reader.events(None, 100).await.unwrap();
    let told: Vec<_> = events
        .iter()
        .map(|event| {
            (
                event.event.as_str(),
                event.attempt,
                event.outcome.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("intent", first.attempt, None),
            ("orphaned", first.attempt, Some("unknown")),
            ("resend", first.attempt, None),
            ("intent", second.attempt, None),
            ("result", second.attempt, Some("released")),
            ("late_result", first.attempt, Some("released")),
        ]
    );
    assert_eq!(events[4].duration, Some(Duration::from_millis(12)));
    assert_eq!(events[4].request_id.as_deref(), Some("r-1"));
    let rest = reader.events(Some(events[4].id), 100).await.unwrap();
    assert_eq!(rest, events[5..]);
}
