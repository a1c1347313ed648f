//! What can happen to the file of a journal.

use crate::place::{Place, settled};
use numbers_batch::journal::{JournalErrorKind, JournalReader, OpenOptions, SqliteJournal};
use numbers_batch::plan::Plan;
use numbers_core::Disposition;
use std::path::Path;

/// The kind and message of the error with which the journal is refused.
async fn refusal(place: &Place, plan: &Plan) -> (JournalErrorKind, String) {
    let error = place.try_open(plan).await.err().expect("it is refused");
    (error.kind(), error.to_string())
}

/// A journal in which one number is released and one pending, closed.
async fn journal(place: &Place) -> Plan {
    let plan = place.plan(2);
    let journal = place.open(&plan).await;
    let claimed = journal.claim(1).await.unwrap().numbers;
    let released = settled(&claimed[0], Disposition::Released);
    journal.record(&[released]).await.unwrap();
    journal.close().await.unwrap();
    plan
}

async fn released(place: &Place, plan: &Plan, options: &OpenOptions) -> u64 {
    let journal = place.url.open(plan, options).await.unwrap();
    let released = journal.counts().await.unwrap().released;
    journal.close().await.unwrap();
    released
}

#[tokio::test]
async fn a_second_worker_is_told_who_holds_the_journal() {
    let place = Place::sqlite();
    let plan = place.plan(2);
    let first = place.open(&plan).await;
    let (kind, message) = refusal(&place, &plan).await;
    assert_eq!(kind, JournalErrorKind::Held);
    let host = nix::unistd::gethostname().unwrap();
    let host = host.to_str().unwrap();
    for part in [
        &*format!("process {}", std::process::id()),
        host,
        "since 20",
    ] {
        assert!(message.contains(part), "{message}");
    }
    let link = place.directory.path().join("link");
    std::os::unix::fs::symlink(place.file(), &link).unwrap();
    let second = SqliteJournal::open(&link, &plan, &OpenOptions::new()).await;
    assert_eq!(second.unwrap_err().kind(), JournalErrorKind::Held);
    first.claim(1).await.unwrap();
}

#[tokio::test]
async fn one_that_was_taken_over_claims_nothing() {
    let place = Place::sqlite();
    let plan = place.plan(2);
    let first = place.open(&plan).await;
    std::fs::remove_file(place.directory.path().join("plan.journal-lock")).unwrap();
    let second = place.open(&plan).await;
    for error in [
        first.claim(1).await.unwrap_err(),
        first.heartbeat().await.unwrap_err(),
    ] {
        assert_eq!(error.kind(), JournalErrorKind::LeaseLost);
    }
    second.heartbeat().await.unwrap();
    assert_eq!(second.claim(2).await.unwrap().numbers.len(), 2);
}

#[tokio::test]
async fn the_journal_of_another_plan_is_refused() {
    let place = Place::sqlite();
    let plan = journal(&place).await;
    let other = place.plan(3);
    let (kind, message) = refusal(&place, &other).await;
    assert_eq!(kind, JournalErrorKind::OtherPlan);
    assert!(message.contains(&plan.hash().to_string()), "{message}");
}

#[tokio::test]
async fn a_journal_of_a_newer_version_is_refused() {
    let place = Place::sqlite();
    let plan = journal(&place).await;
    place.sql("PRAGMA user_version = 2").await;
    assert_eq!(refusal(&place, &plan).await.0, JournalErrorKind::Newer);
    let reader = JournalReader::open(&place.url, None).await;
    assert_eq!(reader.unwrap_err().kind(), JournalErrorKind::Newer);
}

#[tokio::test]
async fn another_file_is_refused_and_left_as_it_is() {
    let place = Place::sqlite();
    let plan = place.plan(2);
    let database = place.directory.path().join("other");
    sqlite(&database, "CREATE TABLE t (a); INSERT INTO t VALUES (1)").await;
    let database = std::fs::read(database).unwrap();
    for bytes in [&database[..], b"", b"garbage", &[0x5a; 5000]] {
        std::fs::write(place.file(), bytes).unwrap();
        let (kind, message) = refusal(&place, &plan).await;
        assert_eq!(kind, JournalErrorKind::Damaged, "{message}");
        assert_eq!(std::fs::read(place.file()).unwrap(), bytes);
    }
}

#[tokio::test]
async fn a_journal_that_is_cut_short_is_refused() {
    let place = Place::sqlite();
    let plan = place.plan(5_000);
    place.open(&plan).await.close().await.unwrap();
    let whole = std::fs::read(place.file()).unwrap();
    for length in [
        whole.len() - 1,
        whole.len() - 4096,
        whole.len() / 2,
        4096,
        100,
        0,
    ] {
        std::fs::write(place.file(), &whole[..length]).unwrap();
        let (kind, message) = refusal(&place, &plan).await;
        assert_eq!(kind, JournalErrorKind::Damaged, "{length}: {message}");
    }
    std::fs::write(place.file(), &whole).unwrap();
    place.open(&plan).await;
}

#[tokio::test]
async fn a_copy_is_refused_unless_it_is_said_to_be_moved() {
    let place = Place::sqlite();
    let plan = journal(&place).await;
    let copy = place.directory.path().join("copy");
    std::fs::copy(place.file(), &copy).unwrap();
    std::fs::rename(&copy, place.file()).unwrap();
    let (kind, message) = refusal(&place, &plan).await;
    assert_eq!(kind, JournalErrorKind::Moved);
    assert!(message.contains("inode"), "{message}");
    let moved = OpenOptions::new().with_journal_moved(true);
    assert_eq!(released(&place, &plan, &moved).await, 1);
    assert_eq!(released(&place, &plan, &OpenOptions::new()).await, 1);
}

#[tokio::test]
async fn an_older_copy_written_over_the_journal_is_found_out() {
    let place = Place::sqlite();
    let plan = journal(&place).await;
    let older = std::fs::read(place.file()).unwrap();
    let worker = place.open(&plan).await;
    worker.claim(1).await.unwrap();
    worker.close().await.unwrap();
    std::fs::write(place.file(), older).unwrap();
    let (kind, message) = refusal(&place, &plan).await;
    assert_eq!(kind, JournalErrorKind::Moved);
    assert!(
        message.contains("its last attempt is number 1, and number 2 was begun"),
        "{message}"
    );
    let moved = OpenOptions::new().with_journal_moved(true);
    assert_eq!(released(&place, &plan, &moved).await, 1);
    assert_eq!(released(&place, &plan, &OpenOptions::new()).await, 1);
}

#[tokio::test]
async fn a_journal_that_is_gone_is_not_begun_anew() {
    let place = Place::sqlite();
    let plan = journal(&place).await;
    std::fs::remove_file(place.file()).unwrap();
    let (kind, message) = refusal(&place, &plan).await;
    assert_eq!(kind, JournalErrorKind::Damaged);
    assert!(
        message.contains("is gone") && message.contains("journal-lock"),
        "{message}"
    );
    assert!(!place.file().exists());
    std::fs::remove_file(place.directory.path().join("plan.journal-lock")).unwrap();
    assert_eq!(released(&place, &plan, &OpenOptions::new()).await, 0);
}

#[tokio::test]
async fn a_making_that_was_killed_is_begun_again() {
    let place = Place::sqlite();
    let plan = place.plan(2);
    std::fs::write(place.directory.path().join("plan.journal-new"), "half").unwrap();
    let journal = place.open(&plan).await;
    assert_eq!(journal.claim(2).await.unwrap().numbers.len(), 2);
}

#[tokio::test]
async fn a_directory_that_cannot_be_written_is_an_error() {
    // Root may write anywhere but in a file system of the kernel's.
    let place = Place::sqlite();
    let plan = place.plan(2);
    for directory in ["/proc", "/proc/none"] {
        let path = Path::new(directory).join("plan.journal");
        let error = SqliteJournal::open(&path, &plan, &OpenOptions::new()).await;
        let error = error.unwrap_err();
        assert_eq!(error.kind(), JournalErrorKind::Unavailable);
        assert!(error.to_string().contains(directory), "{error}");
    }
}

#[tokio::test]
async fn a_reader_of_what_is_not_there_makes_no_file() {
    let place = Place::sqlite();
    let error = JournalReader::open(&place.url, None).await.unwrap_err();
    assert_eq!(error.kind(), JournalErrorKind::Unavailable);
    assert_eq!(
        std::fs::read_dir(place.directory.path()).unwrap().count(),
        0
    );
    std::fs::write(place.file(), "garbage").unwrap();
    let error = JournalReader::open(&place.url, None).await.unwrap_err();
    assert_eq!(error.kind(), JournalErrorKind::Damaged);
}

async fn sqlite(path: &Path, statements: &str) {
    use sqlx::Connection;
    let url = format!("sqlite:{}?mode=rwc", path.display());
    let mut connection = sqlx::SqliteConnection::connect(&url).await.unwrap();
    sqlx::raw_sql(statements)
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}
