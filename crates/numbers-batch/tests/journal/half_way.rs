//! A call that fails or is dropped half-way, and the file when it is opened again.

use crate::place::{Place, settled};
use numbers_batch::journal::JournalErrorKind;
use numbers_core::Disposition;
use std::time::Duration;
use tokio::time::timeout;

#[tokio::test]
async fn one_that_was_taken_over_does_not_lock_the_other_out() {
    let place = Place::sqlite();
    let plan = place.plan(2);
    let first = place.open(&plan).await;
    std::fs::remove_file(place.directory.path().join("plan.journal-lock")).unwrap();
    let second = place.open(&plan).await;
    first.claim(1).await.unwrap_err();
    assert_eq!(second.claim(2).await.unwrap().numbers.len(), 2);
}

#[tokio::test]
async fn a_claim_that_was_dropped_does_not_lock_others_out() {
    let place = Place::sqlite();
    let plan = place.plan(20_000);
    let journal = place.open(&plan).await;
    // At its first await, in the middle of the transaction.
    let claim = journal.claim(20_000);
    assert!(timeout(Duration::ZERO, claim).await.is_err());
    place.sql("UPDATE plan SET interval_us = 0").await;
}

#[tokio::test]
async fn a_statement_that_fails_undoes_those_before_it() {
    let place = Place::sqlite();
    let journal = place.open(&place.plan(2)).await;
    let steps = ["UPDATE ON number", "INSERT ON event", "UPDATE ON plan"];
    let fail =
        |step| format!("CREATE TRIGGER fails BEFORE {step} BEGIN SELECT RAISE(FAIL, ''); END");
    for step in steps {
        place.sql(&fail(step)).await;
        journal.claim(2).await.unwrap_err();
        place.sql("DROP TRIGGER fails").await;
        assert_eq!(journal.counts().await.unwrap().pending, 2, "{step}");
    }
    let claimed = journal.claim(2).await.unwrap().numbers;
    let released: Vec<_> = claimed
        .iter()
        .map(|claimed| settled(claimed, Disposition::Released))
        .collect();
    for step in steps {
        place.sql(&fail(step)).await;
        journal.record(&released).await.unwrap_err();
        place.sql("DROP TRIGGER fails").await;
        assert_eq!(journal.counts().await.unwrap().in_flight, 2, "{step}");
    }
    journal.record(&released).await.unwrap();
    assert_eq!(journal.counts().await.unwrap().released, 2);
    let events = place.reader().await.events(None, 99).await.unwrap();
    assert_eq!(events.len(), 4, "two intents, two results: {events:?}");
}

#[tokio::test]
async fn a_copy_that_replaces_the_journal_of_a_run_is_refused() {
    let place = Place::sqlite();
    let plan = place.plan(20_000);
    let journal = place.open(&plan).await;
    place.sql("PRAGMA wal_checkpoint(TRUNCATE)").await;
    let copy = place.directory.path().join("copy");
    std::fs::copy(place.file(), &copy).unwrap();
    journal.claim(1).await.unwrap();
    place.sql("PRAGMA wal_checkpoint(TRUNCATE)").await;
    // The file is opened anew after a call that was dropped.
    let dropped = timeout(Duration::ZERO, journal.claim(20_000)).await;
    assert!(dropped.is_err());
    std::fs::rename(&copy, place.file()).unwrap();
    let error = journal.claim(1).await.unwrap_err();
    assert_eq!(error.kind(), JournalErrorKind::Moved, "{error}");
}

#[tokio::test]
async fn a_journal_that_another_program_has_locked_claims_nothing() {
    use sqlx::Connection;
    let place = Place::sqlite();
    let plan = place.plan(2);
    let journal = place.open(&plan).await;
    let url = format!("sqlite:{}", place.file().display());
    let mut other = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let locked = other.begin_with("BEGIN IMMEDIATE").await.unwrap();
    let error = journal.claim(1).await.unwrap_err();
    assert_eq!(error.kind(), JournalErrorKind::Unavailable);
    assert!(error.to_string().contains("locked"), "{error}");
    locked.rollback().await.unwrap();
    assert_eq!(journal.claim(2).await.unwrap().numbers.len(), 2);
}
