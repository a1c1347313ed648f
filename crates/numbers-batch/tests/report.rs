//! The report of a journal.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use numbers_batch::journal::{
    AttemptOutcome, AttemptResult, Claimed, JournalReader, JournalUrl, OpenOptions,
};
use numbers_batch::plan::{CreateOptions, InputFormat, create};
use numbers_batch::report::{ReportError, write_report};
use numbers_core::testing::Scripted;
use numbers_core::{Disposition, Endpoint, Vendor};
use std::io;
use std::path::Path;
use std::time::Duration;

const ACME: Vendor = Vendor::new("acme");
const ENDPOINT: Endpoint =
    Endpoint::new(ACME, "release", "/{id}").with_where_to_check("Acme's list of numbers");

/// The journal of three numbers, of which the first is released and the second failed.
async fn journal(folder: &Path) -> JournalReader {
    let releaser = Scripted::new(ACME);
    let options = CreateOptions::new(InputFormat::Text);
    let path = folder.join("leave.plan");
    let created = create(&b"n-1\nn-2\nn-3\n"[..], &options, &releaser, path).unwrap();
    let url = JournalUrl::from_path(folder.join("leave.journal"));
    let journal = url.open(created.plan(), &OpenOptions::new()).await.unwrap();
    let claim = journal.claim(2).await.unwrap();
    let dispositions = [Disposition::Released, Disposition::Failed];
    let results: Vec<_> = claim
        .numbers
        .iter()
        .zip(dispositions)
        .map(|(claimed, disposition)| settled(claimed, disposition))
        .collect();
    journal.record(&results).await.unwrap();
    journal.close().await.unwrap();
    JournalReader::open(&url, None).await.unwrap()
}

fn settled(claimed: &Claimed, disposition: Disposition) -> AttemptResult {
    AttemptResult {
        attempt: claimed.attempt,
        position: claimed.position,
        outcome: AttemptOutcome::Settled(disposition),
        kind: None,
        status: Some(200),
        message: None,
        request_id: None,
        duration: Duration::ZERO,
    }
}

#[tokio::test]
async fn the_report_of_a_journal_is_one_call() {
    let folder = tempfile::tempdir().unwrap();
    let journal = journal(folder.path()).await;
    let mut page = Vec::new();
    write_report(&mut page, &journal, &ENDPOINT).await.unwrap();
    let page = String::from_utf8(page).unwrap();
    for part in [
        "<h1>Release of 3 numbers at acme</h1>",
        "1 of 3 numbers released, accepted or absent. 1 failed: not released. 1 pending: nothing was sent for them.",
        "Numbers settled in each",
        "<dt>Finished</dt><dd>not finished</dd>",
        &format!("<dd>{}</dd>", journal.url()),
        &format!("<dd>{}</dd>", journal.plan().hash),
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    let row = |row: u32, number: &str| page.find(&format!("<td>{row}</td><td>{number}</td>"));
    let (released, failed) = (row(1, "n-1").unwrap(), row(2, "n-2").unwrap());
    assert!(failed < released && released < row(3, "n-3").unwrap());
}

#[tokio::test]
async fn a_page_that_can_not_be_written_is_an_error() {
    struct Full;
    impl io::Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let journal = journal(folder.path()).await;
    let error = write_report(Full, &journal, &ENDPOINT).await.unwrap_err();
    assert!(matches!(error, ReportError::Io(_)), "{error}");
}

#[tokio::test]
async fn the_report_can_be_written_in_a_task() {
    fn is_send<T: Send>(task: T) -> T {
        task
    }
    let folder = tempfile::tempdir().unwrap();
    let journal = journal(folder.path()).await;
    is_send(write_report(io::sink(), &journal, &ENDPOINT))
        .await
        .unwrap();
}
