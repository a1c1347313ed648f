//! A disk that takes no more, played by a limit on the size of files, and a kill.
//!
//! Both need a process of their own: the test starts itself once more with [`CHILD`] set.

use crate::place::{Place, settled};
use numbers_batch::journal::{
    Journal, JournalError, JournalErrorKind, JournalUrl, OpenOptions, State,
};
use numbers_batch::plan::Plan;
use numbers_core::Disposition;
use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The directory with the plan and the journal.
const CHILD: &str = "NUMBERS_TEST_CHILD";

/// Starts the named test as a worker, below a limit of 512-byte blocks a file.
fn worker(test: &str, place: &Place, blocks: &str) -> Child {
    Command::new("/bin/sh")
        .args([
            "-c",
            r#"trap '' XFSZ; ulimit -f "$1"; shift; exec "$@""#,
            "sh",
            blocks,
        ])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(CHILD, place.directory.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Claims and records until errors come. Says first what it has claimed, then what is recorded.
async fn work(directory: &Path) -> JournalErrorKind {
    let plan = Plan::open(directory.join("plan.jsonl")).unwrap();
    let url = JournalUrl::from_path(directory.join("plan.journal"));
    let journal = url.open(&plan, &OpenOptions::new()).await.unwrap();
    loop {
        let claimed = match again(|| journal.claim(7)).await {
            Ok(claim) => claim.numbers,
            Err(error) => return after_error(&*journal, error.kind()).await,
        };
        assert!(!claimed.is_empty(), "there was no end");
        let results: Vec<_> = claimed
            .iter()
            .map(|claimed| settled(claimed, Disposition::Released))
            .collect();
        say("claimed", claimed.iter().map(|claimed| claimed.position));
        if let Err(error) = again(|| journal.record(&results)).await {
            return after_error(&*journal, error.kind()).await;
        }
        say("recorded", claimed.iter().map(|claimed| claimed.position));
    }
}

/// Calls again after an error, a few times: each closes the file, and may so shorten its log.
async fn again<T, F>(call: impl Fn() -> F) -> Result<T, JournalError>
where
    F: Future<Output = Result<T, JournalError>>,
{
    for _ in 0..5 {
        if let Ok(value) = call().await {
            return Ok(value);
        }
    }
    call().await
}

async fn after_error(journal: &dyn Journal, kind: JournalErrorKind) -> JournalErrorKind {
    journal.counts().await.unwrap();
    kind
}

fn say(what: &str, positions: impl Iterator<Item = u64>) {
    let mut line = format!("\n{what}");
    positions.for_each(|position| line.push_str(&format!(" {position}")));
    let mut stdout = std::io::stdout().lock();
    stdout.write_all((line + "\n").as_bytes()).unwrap();
    stdout.flush().unwrap();
}

/// What a worker said: the positions that it claimed, and those that it recorded.
#[derive(Default)]
struct Said {
    claimed: HashSet<u64>,
    recorded: HashSet<u64>,
}

impl Said {
    fn hear(&mut self, line: &str) {
        let mut words = line.split(' ');
        let positions = match words.next() {
            Some("claimed") => &mut self.claimed,
            Some("recorded") => &mut self.recorded,
            _ => return,
        };
        positions.extend(words.map(|word| word.parse::<u64>().unwrap()));
    }
}

/// Opens the journal again: what was recorded is released, what was claimed is released or unknown, and the rest
/// has not begun or is a claim that nobody was told of.
async fn check(place: &Place, plan: &Plan, said: &Said) {
    let journal = place.open(plan).await;
    journal.mark_orphans_unknown().await.unwrap();
    let records = journal.numbers(None, usize::MAX).await.unwrap();
    assert_eq!(records.len() as u64, plan.header().count());
    let (released, unknown) = (
        State::Settled(Disposition::Released),
        State::Settled(Disposition::Unknown),
    );
    for record in records {
        let (position, state) = (record.position, record.state);
        if said.recorded.contains(&position) {
            assert_eq!(state, released, "{position}");
        } else if said.claimed.contains(&position) {
            assert!([released, unknown].contains(&state), "{position}: {state}");
        } else {
            assert!(
                [State::Pending, unknown].contains(&state),
                "{position}: {state}"
            );
        }
    }
    assert!(!said.recorded.is_empty());
}

#[tokio::test]
async fn a_full_disk_is_an_error_and_loses_nothing() {
    if let Some(directory) = std::env::var_os(CHILD) {
        let kind = work(Path::new(&directory)).await;
        assert_eq!(kind, JournalErrorKind::Unavailable);
        return;
    }
    let place = Place::sqlite();
    let plan = place.plan(3_000);
    place.open(&plan).await.close().await.unwrap();
    let child = worker(
        "disk::a_full_disk_is_an_error_and_loses_nothing",
        &place,
        "900",
    );
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{told}");
    let mut said = Said::default();
    told.lines().for_each(|line| said.hear(line));
    check(&place, &plan, &said).await;
}

#[tokio::test]
async fn a_kill_at_any_moment_loses_nothing() {
    if let Some(directory) = std::env::var_os(CHILD) {
        work(Path::new(&directory)).await;
        return;
    }
    for lines in [1, 2, 3, 50, 51] {
        let place = Place::sqlite();
        let plan = place.plan(3_000);
        place.open(&plan).await.close().await.unwrap();
        let mut child = worker(
            "disk::a_kill_at_any_moment_loses_nothing",
            &place,
            "unlimited",
        );
        let mut told = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut said = Said::default();
        while said.recorded.is_empty() || said.claimed.len() < lines * 7 {
            said.hear(&told.next().unwrap().unwrap());
        }
        child.kill().unwrap();
        told.for_each(|line| said.hear(&line.unwrap()));
        child.wait().unwrap();
        check(&place, &plan, &said).await;
    }
}
