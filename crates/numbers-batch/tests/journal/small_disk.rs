//! A file system of its own, in memory, that is full or read-only.
//!
//! Mounting one takes root and a process of its own: the test starts itself once more with [`CHILD`] set.

use crate::place::Place;
use numbers_batch::journal::{Journal, JournalErrorKind};
use numbers_batch::run::{Batch, End, Rate, RunOptions, Stop, Summary};
use numbers_core::testing::Scripted;
use numbers_core::{Outcome, Vendor};
use std::collections::HashSet;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

const CHILD: &str = "NUMBERS_TEST_SMALL_DISK";

/// Whether the test is to go on here. If not, it has passed in a process whose temporary files are on a small disk,
/// or is skipped.
fn is_on_a_small_disk(test: &str) -> bool {
    if std::env::var_os(CHILD).is_some() {
        return true;
    }
    let directory = TempDir::new().unwrap();
    let unshared = |script: &str| {
        let mut command = Command::new("unshare");
        command
            .args(["-m", "sh", "-c", script])
            .arg(directory.path());
        command
    };
    let mount = r#"mount -t tmpfs -o size=16m none "$0""#;
    if !unshared(mount)
        .output()
        .is_ok_and(|output| output.status.success())
    {
        let message = format!("skipped: {test} needs root, to mount a small disk\n");
        std::io::stderr().write_all(message.as_bytes()).unwrap();
        return false;
    }
    let output = unshared(&format!(r#"{mount} && exec "$@""#))
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(CHILD, "1")
        .env("TMPDIR", directory.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    false
}

/// Fills the disk but for some room.
fn fill(directory: &Path, room: usize) -> std::path::PathBuf {
    let path = directory.join("filler");
    let mut filler = File::create(&path).unwrap();
    let mut length = 0;
    while filler.write_all(&[0; 4096]).is_ok() {
        length += 4096;
    }
    filler.set_len(length - room as u64).unwrap();
    path
}

async fn run(vendor: &Scripted, journal: &Arc<dyn Journal>) -> Summary {
    let options = RunOptions::default()
        .with_rate(Rate::OFF)
        .with_journal_timeout(Duration::from_millis(300));
    let batch = Batch::new(Arc::new(vendor.clone()), Arc::clone(journal), options);
    batch.run(&Stop::new(), |_| {}).await.unwrap()
}

#[tokio::test]
async fn a_run_on_a_full_disk_sends_nothing_unnoted() {
    if !is_on_a_small_disk("small_disk::a_run_on_a_full_disk_sends_nothing_unnoted") {
        return;
    }
    const COUNT: usize = 500;
    let place = Place::sqlite();
    let plan = place.plan(COUNT);
    let vendor = (0..COUNT).fold(Scripted::new(Vendor::new("acme")), |vendor, _| {
        vendor.then(Ok(Outcome::Released))
    });
    let journal: Arc<dyn Journal> = place.open(&plan).await;
    let filler = fill(place.directory.path(), 200_000);
    let summary = run(&vendor, &journal).await;
    assert_eq!(summary.end, End::JournalFailed);
    let error = summary.journal_error.unwrap();
    assert_eq!(error.kind(), JournalErrorKind::Unavailable);
    assert!(error.to_string().contains("disk is full"), "{error}");
    let sent = vendor.calls().len();
    assert!(sent > 0 && sent < COUNT, "{sent}");

    std::fs::remove_file(filler).unwrap();
    journal.close().await.unwrap();
    let journal: Arc<dyn Journal> = place.open(&plan).await;
    let unknown = journal.counts().await.unwrap().unknown;
    assert_eq!(unknown, summary.unrecorded.len() as u64);
    assert_eq!(run(&vendor, &journal).await.end, End::Done);
    let calls: HashSet<_> = vendor.calls().into_iter().collect();
    assert_eq!((calls.len(), vendor.calls().len()), (COUNT, COUNT));
    let counts = journal.counts().await.unwrap();
    assert_eq!(counts.released + unknown, COUNT as u64);
}

#[tokio::test]
async fn a_journal_that_can_only_be_read_is_only_read() {
    if !is_on_a_small_disk("small_disk::a_journal_that_can_only_be_read_is_only_read") {
        return;
    }
    let place = Place::sqlite();
    let plan = place.plan(2);
    place.open(&plan).await.close().await.unwrap();
    let remount = Command::new("mount")
        .args(["-o", "remount,ro"])
        .arg(std::env::temp_dir())
        .status();
    assert!(remount.unwrap().success());
    let error = place.try_open(&plan).await.err().unwrap();
    assert_eq!(error.kind(), JournalErrorKind::Unavailable);
    let path = place.file().display().to_string();
    assert!(error.to_string().contains(&path), "{error}");
    assert_eq!(place.reader().await.counts().await.unwrap().pending, 2);
}
