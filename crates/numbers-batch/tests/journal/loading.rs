//! How the numbers of a plan come into its journal, and reading it.

use crate::place::{Place, settled};
use numbers_batch::journal::{JournalErrorKind, JournalReader, OpenOptions};
use numbers_core::Disposition;
use std::time::Duration;

/// One number more than is loaded with one commit.
const MANY: usize = 10_001;

pub(crate) async fn all_numbers_of_a_plan_are_there(place: &Place) {
    let journal = place.open(&place.plan(MANY)).await;
    assert_eq!(journal.counts().await.unwrap().pending, MANY as u64);
    let records = journal.numbers(None, MANY + 1).await.unwrap();
    assert_eq!(records.len(), MANY);
    for (position, record) in (0..).zip(records) {
        assert_eq!(record.position, position);
        assert_eq!(record.number.as_str(), format!("n-{position}"));
    }
}

pub(crate) async fn a_load_that_was_killed_goes_on(place: &Place) {
    let plan = place.plan(MANY);
    for loaded in [0, 10_000] {
        place.kill(place.open(&plan).await).await;
        let killed = format!(
            "DELETE FROM number WHERE position >= {loaded}; \
             UPDATE plan SET loaded = {loaded}, pending = {loaded}, complete = {}",
            if place.database.is_empty() {
                "0"
            } else {
                "false"
            }
        );
        place.sql(&killed).await;
        let journal = place.open(&plan).await;
        assert_eq!(journal.counts().await.unwrap().pending, MANY as u64);
        let last = journal.numbers(Some(9_998), 9).await.unwrap();
        let last: Vec<_> = last.iter().map(|record| record.number.as_str()).collect();
        assert_eq!(last, ["n-9999", "n-10000"]);
        journal.close().await.unwrap();
    }
}

pub(crate) async fn nothing_is_claimed_before_all_is_loaded(place: &Place) {
    let journal = place.open(&place.plan(3)).await;
    let complete = if place.database.is_empty() {
        "0"
    } else {
        "false"
    };
    place
        .sql(&format!("UPDATE plan SET complete = {complete}"))
        .await;
    assert_eq!(journal.claim(3).await.unwrap().numbers, []);
}

pub(crate) async fn a_plan_that_was_changed_is_not_loaded(place: &Place) {
    let plan = place.plan(3);
    place.plan(4);
    let error = place.try_open(&plan).await.err().unwrap();
    assert_eq!(error.kind(), JournalErrorKind::OtherPlan);
    assert!(error.to_string().contains("another plan"), "{error}");
    std::fs::remove_file(plan.path()).unwrap();
    let error = place.try_open(&plan).await.err().unwrap();
    assert!(error.to_string().contains("can't be read"), "{error}");
}

pub(crate) async fn a_reader_sees_what_a_worker_does(place: &Place) {
    let plan = place.plan(3);
    let journal = place.open(&plan).await;
    journal
        .set_interval(Duration::from_millis(1500))
        .await
        .unwrap();
    let reader = place.reader().await;
    assert_eq!(reader.counts().await.unwrap().pending, 3);
    let claimed = journal.claim(1).await.unwrap().numbers;
    journal
        .record(&[settled(&claimed[0], Disposition::Released)])
        .await
        .unwrap();
    let counts = reader.counts().await.unwrap();
    assert_eq!((counts.released, counts.pending), (1, 2));
    assert_eq!(reader.numbers(Some(0), 9).await.unwrap().len(), 2);
    assert_eq!(
        reader.pace().await.unwrap().interval,
        Duration::from_millis(1500)
    );
    let worker = reader.workers().await.unwrap().remove(0);
    assert_eq!(
        (worker.pid, worker.ended),
        (std::process::id().into(), None)
    );

    let told = reader.plan();
    assert_eq!(
        (told.hash, told.count, told.complete),
        (plan.hash(), 3, true)
    );
    assert_eq!(&told.account, plan.header().account());
    assert_eq!(told.created, plan.header().created());
    let other = place.plan(4).hash();
    let error = JournalReader::open(&place.url, Some(other))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), JournalErrorKind::OtherPlan);
    assert!(
        error.to_string().contains(&plan.hash().to_string()),
        "{error}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn all_of_it_can_be_spawned() {
    let place = Place::sqlite();
    let (plan, url) = (place.plan(1), place.url.clone());
    let counts = tokio::spawn(async move {
        let journal = url.open(&plan, &OpenOptions::new()).await?;
        let reader = JournalReader::open(&url, None).await?;
        reader.pace().await?;
        reader.workers().await?;
        reader.events(None, 1).await?;
        reader.numbers(None, 1).await?;
        journal.close().await?;
        reader.counts().await
    });
    assert_eq!(counts.await.unwrap().unwrap().pending, 1);
}
