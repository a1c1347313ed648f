//! A connection to the database that is lost during a commit.

use crate::place::{Place, claim_one, positions, settled};
use crate::support::postgres;
use crate::support::proxy::{Lose, Proxy};
use numbers_batch::journal::JournalErrorKind;
use numbers_core::Disposition;
use sqlx::Connection;

#[tokio::test]
async fn a_claim_whose_commit_was_lost_is_asked_for() {
    let Some(server) = postgres::shared() else {
        return;
    };
    let database = server.database().await;
    let proxy = Proxy::start(server.port()).await;
    let place = Place::at(server.url(&database, proxy.port()));
    let journal = place.open(&place.plan(9)).await;
    assert_eq!(claim_one(&*journal).await.position, 0);
    for (lose, expected) in [(Lose::Before, [1, 2]), (Lose::After, [3, 4])] {
        proxy.lose(lose);
        let claim = journal.claim(2).await.unwrap();
        assert!(proxy.has_lost());
        assert_eq!(positions(&claim.numbers), expected, "{lose:?}");
        assert_eq!(
            (claim.pending, claim.elsewhere),
            (7 - expected[0], 0),
            "{lose:?}"
        );
        let results = claim
            .numbers
            .iter()
            .map(|claimed| settled(claimed, Disposition::Released));
        journal.record(&results.collect::<Vec<_>>()).await.unwrap();
    }
    let events = place.reader().await.events(None, 99).await.unwrap();
    let intents: Vec<_> = events
        .iter()
        .filter(|event| event.event == "intent")
        .collect();
    assert_eq!(intents.len(), 5, "one each");
    assert_eq!(journal.counts().await.unwrap().released, 4);
}

#[tokio::test]
async fn a_claim_in_doubt_outlives_the_next_error() {
    let Some(server) = postgres::shared() else {
        return;
    };
    let database = server.database().await;
    let proxy = Proxy::start(server.port()).await;
    let place = Place::at(server.url(&database, proxy.port()));
    let journal = place.open(&place.plan(2)).await;
    // The second number can't be claimed at first, so the database is asked for it again after the lost commit.
    let url = server.url(&database, server.port());
    let mut other = sqlx::PgConnection::connect(&url).await.unwrap();
    sqlx::raw_sql("BEGIN; SELECT FROM numbers_batch.number WHERE position = 1 FOR UPDATE")
        .execute(&mut other)
        .await
        .unwrap();
    place
        .sql(
            "CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             IF EXISTS (SELECT FROM numbers_batch.event) THEN RAISE EXCEPTION ''; END IF; RETURN NULL; \
             END $$; CREATE TRIGGER fails BEFORE INSERT ON event EXECUTE FUNCTION fails()",
        )
        .await;
    proxy.lose(Lose::After);
    journal.claim(2).await.unwrap_err();
    assert!(proxy.has_lost());
    other.close().await.unwrap();
    place.sql("DROP TRIGGER fails ON event").await;
    assert_eq!(positions(&journal.claim(2).await.unwrap().numbers), [0, 1]);
}

#[tokio::test]
async fn a_result_whose_commit_was_lost_is_recorded_once() {
    let Some(server) = postgres::shared() else {
        return;
    };
    let database = server.database().await;
    let proxy = Proxy::start(server.port()).await;
    let place = Place::at(server.url(&database, proxy.port()));
    let journal = place.open(&place.plan(2)).await;
    for (lose, released) in [(Lose::Before, 1), (Lose::After, 2)] {
        let result = settled(&claim_one(&*journal).await, Disposition::Released);
        proxy.lose(lose);
        let error = journal
            .record(std::slice::from_ref(&result))
            .await
            .unwrap_err();
        assert_eq!(error.kind(), JournalErrorKind::Unavailable);
        journal.record(&[result]).await.unwrap();
        assert_eq!(journal.counts().await.unwrap().released, released);
    }
}
