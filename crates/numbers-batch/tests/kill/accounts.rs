//! The journal held against the sandbox's own record.

use crate::rehearsal::{Rehearsal, SERVER};
use crate::worker::CONCURRENCY;
use numbers_batch::journal::{JournalEvent, JournalReader, NumberEntry, State};
use numbers_core::Disposition::{Absent, Accepted, Failed, Released, Unknown};
use numbers_sandbox::NumberRecord;
use std::collections::HashMap;

/// After kills, without any number sent again on request. Returns how many are unknown.
pub(crate) async fn check(rehearsal: &Rehearsal, killed: u32) -> usize {
    let numbers = numbers(rehearsal).await;
    assert_eq!(numbers.len(), rehearsal.numbers as usize);
    for (record, sandbox) in &numbers {
        assert!(
            sandbox.attempts() <= 1,
            "sent twice: {record:?} {sandbox:?}"
        );
        match record.state {
            State::Settled(Released | Accepted) => {
                assert_eq!((sandbox.releases, sandbox.attempts()), (1, 1), "{record:?}");
            }
            State::Settled(Failed) => {
                assert_eq!((sandbox.releases, sandbox.attempts()), (0, 1), "{record:?}");
            }
            State::Settled(Unknown) => {}
            _ => panic!("no number is left, and none absent: {record:?}"),
        }
    }
    let events = events(rehearsal).await;
    let mut orphans: HashMap<i64, usize> = HashMap::new();
    for event in events.iter().filter(|event| event.event == "orphaned") {
        *orphans.entry(event.worker).or_default() += 1;
    }
    assert!(
        orphans.values().all(|count| *count <= CONCURRENCY),
        "{orphans:?}"
    );
    assert!(orphans.len() <= killed as usize, "{orphans:?}");
    let lost = |record: &NumberEntry| events.iter().any(|event| is_loss(event, record.position));
    let unknown: Vec<_> = numbers
        .iter()
        .filter(|(record, _)| record.state == State::Settled(Unknown))
        .collect();
    // Each was in flight at a kill, or its response was lost.
    for (record, sandbox) in &unknown {
        assert!(lost(record), "{record:?} {sandbox:?}");
    }
    unknown.len()
}

/// Whether the event says why a number is unknown.
fn is_loss(event: &JournalEvent, position: u64) -> bool {
    event.position == position
        && (event.event == "orphaned" || event.outcome.as_deref() == Some("unknown"))
}

/// After what was unknown was sent again once.
pub(crate) async fn check_resent(rehearsal: &Rehearsal) {
    for (record, sandbox) in numbers(rehearsal).await {
        assert!(sandbox.attempts() <= 2, "{record:?} {sandbox:?}");
        let releases = match record.state {
            State::Settled(Released | Accepted | Absent) => 1,
            State::Settled(Failed) => 0,
            _ => panic!("no number is unknown or left: {record:?}"),
        };
        assert_eq!(sandbox.releases, releases, "{record:?}");
    }
}

async fn reader(rehearsal: &Rehearsal) -> JournalReader {
    let url = rehearsal.task.journal.parse().unwrap();
    JournalReader::open(&url, None).await.unwrap()
}

async fn events(rehearsal: &Rehearsal) -> Vec<JournalEvent> {
    let reader = reader(rehearsal).await;
    reader.events(None, usize::MAX).await.unwrap()
}

/// What the journal and the sandbox say of each number.
async fn numbers(rehearsal: &Rehearsal) -> Vec<(NumberEntry, NumberRecord)> {
    let journal = reader(rehearsal)
        .await
        .numbers(None, usize::MAX)
        .await
        .unwrap();
    journal
        .into_iter()
        .map(|record| {
            let sandbox = rehearsal.sandbox.record(SERVER, record.number.as_str());
            (record, sandbox.unwrap())
        })
        .collect()
}
