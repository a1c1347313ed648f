//! Several workers on one database.

use crate::place::{Place, claim_one, positions, settled};
use crate::support::postgres::Server;
use numbers_batch::journal::{JournalErrorKind, JournalReader, OpenOptions};
use numbers_core::Disposition;
use sqlx::Connection;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

/// Runs a test where there is a server.
macro_rules! place {
    () => {
        match Place::postgres().await {
            Some(place) => place,
            None => return,
        }
    };
}

#[tokio::test]
async fn workers_share_the_numbers_and_the_pace() {
    let place = place!();
    let plan = place.plan(5);
    let (one, two) = (place.open(&plan).await, place.open(&plan).await);
    let first = one.claim(2).await.unwrap().numbers;
    let claim = two.claim(1).await.unwrap();
    assert_eq!(positions(&first), [0, 1]);
    assert_eq!((positions(&claim.numbers), claim.elsewhere), (vec![2], 2));
    one.set_interval(HOUR).await.unwrap();
    assert_eq!(two.claim(9).await.unwrap().numbers.len(), 1);
    let claim = one.claim(9).await.unwrap();
    assert_eq!((claim.numbers.len(), claim.elsewhere), (0, 2));
    assert!(claim.wait > HOUR / 2);
    one.record(&[settled(&first[0], Disposition::Released)])
        .await
        .unwrap();
    assert_eq!(one.claim(0).await.unwrap().elsewhere, 2);
    assert_eq!(two.claim(0).await.unwrap().elsewhere, 1);
    one.set_interval(Duration::ZERO).await.unwrap();
    two.pause(HOUR).await.unwrap();
    assert_eq!(one.claim(9).await.unwrap().numbers, []);
}

#[tokio::test]
async fn what_waits_to_be_sent_again_stays_until_the_last_worker_ends() {
    let place = place!();
    let plan = place.plan(2);
    let (one, two) = (place.open(&plan).await, place.open(&plan).await);
    let claimed = one.claim(2).await.unwrap().numbers;
    let unknown = claimed
        .iter()
        .map(|claimed| settled(claimed, Disposition::Unknown));
    one.record(&unknown.collect::<Vec<_>>()).await.unwrap();
    one.requeue_unknown(None).await.unwrap();
    assert_eq!(two.cancel_resend().await.unwrap(), 0);
    assert_eq!(two.counts().await.unwrap().pending, 2);
    one.close().await.unwrap();
    assert_eq!(two.counts().await.unwrap().pending, 2, "two is alive");
    assert_eq!(
        two.claim(1).await.unwrap().numbers,
        [],
        "it sends none again"
    );
    assert_eq!(two.counts().await.unwrap().unknown, 2);
    let three = place.open(&plan).await;
    three.requeue_unknown(None).await.unwrap();
    two.close().await.unwrap();
    three.close().await.unwrap();
    let counts = place.reader().await.counts().await.unwrap();
    assert_eq!((counts.pending, counts.unknown), (0, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_number_is_claimed_by_two_at_once() {
    let place = Arc::new(place!());
    let plan = place.plan(2_000);
    let workers: Vec<_> = (0..4)
        .map(|_| {
            let (place, plan) = (Arc::clone(&place), plan.clone());
            tokio::spawn(async move {
                // All open it at once: each makes the tables and copies the numbers, or finds them.
                let journal = place.open(&plan).await;
                let mut all = Vec::new();
                loop {
                    let claimed = journal.claim(7).await.unwrap().numbers;
                    if claimed.is_empty() {
                        return all;
                    }
                    all.extend(positions(&claimed));
                    let results = claimed
                        .iter()
                        .map(|claimed| settled(claimed, Disposition::Released));
                    journal.record(&results.collect::<Vec<_>>()).await.unwrap();
                }
            })
        })
        .collect();
    let mut all = Vec::new();
    for worker in workers {
        all.extend(worker.await.unwrap());
    }
    assert_eq!(all.len(), 2_000);
    assert_eq!(all.into_iter().collect::<BTreeSet<_>>().len(), 2_000);
    let counts = place.reader().await.counts().await.unwrap();
    assert_eq!((counts.released, counts.total()), (2_000, 2_000));
}

#[tokio::test]
async fn a_number_that_another_has_locked_is_claimed_later() {
    let place = place!();
    let journal = place.open(&place.plan(3)).await;
    let mut other = sqlx::PgConnection::connect(&place.database).await.unwrap();
    let mut transaction = other.begin().await.unwrap();
    sqlx::query("SELECT FROM numbers_batch.number WHERE position = 0 FOR UPDATE")
        .execute(&mut *transaction)
        .await
        .unwrap();
    assert_eq!(positions(&journal.claim(1).await.unwrap().numbers), [1]);
    let claim = journal.claim(5).await.unwrap();
    assert_eq!((positions(&claim.numbers), claim.pending), (vec![2], 1));
    assert!(claim.wait > Duration::ZERO, "it does not ask again at once");
    transaction.rollback().await.unwrap();
    assert_eq!(positions(&journal.claim(5).await.unwrap().numbers), [0]);
}

#[tokio::test]
async fn a_worker_that_slept_past_its_lease_finds_out() {
    let place = place!();
    let plan = place.plan(3);
    let (sleeper, other) = (place.open(&plan).await, place.open(&plan).await);
    let claimed = claim_one(&*sleeper).await;
    assert_eq!(
        other.mark_orphans_unknown().await.unwrap(),
        0,
        "it is alive"
    );
    place.expire_leases().await;
    sleeper.heartbeat().await.unwrap();
    assert_eq!(
        other.mark_orphans_unknown().await.unwrap(),
        0,
        "in time after all"
    );

    place.expire_leases().await;
    assert_eq!(other.mark_orphans_unknown().await.unwrap(), 1);
    for _ in 0..2 {
        let error = sleeper.heartbeat().await.unwrap_err();
        assert_eq!(error.kind(), JournalErrorKind::LeaseLost);
    }
    sleeper
        .record(&[settled(&claimed, Disposition::Released)])
        .await
        .unwrap();
    assert_eq!(other.counts().await.unwrap().released, 1);
    assert_eq!(claim_one(&*sleeper).await.position, 1, "as a new worker");
    sleeper.heartbeat().await.unwrap();
    assert_eq!(other.mark_orphans_unknown().await.unwrap(), 0);
}

#[tokio::test]
async fn a_lease_lasts_a_minute_at_most() {
    let place = place!();
    let plan = place.plan(1);
    let options = OpenOptions::new().with_lease(HOUR);
    let journal = place.url.open(&plan, &options).await.unwrap();
    assert_eq!(journal.lease(), Some(Duration::from_secs(60)));
    let other = place.open(&plan).await;
    claim_one(&*journal).await;
    place
        .sql("UPDATE worker SET expires = expires - interval '61 seconds'")
        .await;
    assert_eq!(other.mark_orphans_unknown().await.unwrap(), 1);
}

#[tokio::test]
async fn a_database_has_many_plans() {
    let place = place!();
    let first = place.plan(2);
    let one = place.open(&first).await;
    let second = place.plan(3);
    let two = place.open(&second).await;
    assert_eq!(one.claim(9).await.unwrap().numbers.len(), 2);
    assert_eq!(two.claim(9).await.unwrap().numbers.len(), 3);
    assert_eq!(two.claim(9).await.unwrap().elsewhere, 0);
    let error = JournalReader::open(&place.url, None).await.unwrap_err();
    assert_eq!(error.kind(), JournalErrorKind::OtherPlan);
    for plan in [first, second] {
        assert!(
            error.to_string().contains(&plan.hash().to_string()),
            "{error}"
        );
        let reader = JournalReader::open(&place.url, Some(plan.hash()))
            .await
            .unwrap();
        assert_eq!(
            reader.counts().await.unwrap().in_flight,
            plan.header().count()
        );
    }
}

#[tokio::test]
async fn a_journal_outlives_a_crash_of_its_server() {
    let Some(server) = Server::start() else {
        return;
    };
    let place = Place::at(server.url(&server.database().await, server.port()));
    let journal = place.open(&place.plan(4)).await;
    let claimed = journal.claim(2).await.unwrap().numbers;
    server.crash_and_restart();
    journal
        .record(&[settled(&claimed[0], Disposition::Released)])
        .await
        .unwrap();
    journal.heartbeat().await.unwrap();
    assert_eq!(positions(&journal.claim(9).await.unwrap().numbers), [2, 3]);
    let counts = journal.counts().await.unwrap();
    assert_eq!((counts.released, counts.in_flight), (1, 3));
}

#[tokio::test]
async fn a_journal_of_a_newer_version_is_refused() {
    let place = place!();
    let plan = place.plan(1);
    place.open(&plan).await.close().await.unwrap();
    place.sql("UPDATE version SET version = 2").await;
    let error = place.try_open(&plan).await.err().unwrap();
    assert_eq!(error.kind(), JournalErrorKind::Newer);
    let error = JournalReader::open(&place.url, None).await.unwrap_err();
    assert_eq!(error.kind(), JournalErrorKind::Newer);
}
