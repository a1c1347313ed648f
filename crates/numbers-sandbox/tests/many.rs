//! Many made-up numbers, and the record of each.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::{collections::HashSet, io::ErrorKind};

use numbers_sandbox::{Fault, NumberState, RateLimit, Sandbox, Server};
use support::{connect, request, send, soon};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

async fn status(sandbox: &Sandbox, server: Server, id: &str) -> u16 {
    send(sandbox, server, &request(server, id)).await.status
}

#[tokio::test]
async fn every_server_holds_the_made_up_numbers() {
    let ids = [
        (Server::TwoChat, "DID00000000-0000-4000-8000-000001000000"),
        (Server::SynthflowEu, "15551000000"),
        (Server::ExotelMumbai, "00000000000000000000000001000000"),
    ];
    let sandbox = Sandbox::builder().numbers(1_000_000).start().await.unwrap();
    for (server, last) in ids {
        assert_eq!(server.made_up_number(1_000_000), last);
        let beyond = server.made_up_number(1_000_001);
        let first = server.made_up_number(1);
        let zeroth = server.made_up_number(0);
        assert_eq!(status(&sandbox, server, &beyond).await, 404);
        assert_eq!(status(&sandbox, server, &zeroth).await, 404);
        assert!(status(&sandbox, server, last).await < 300);
        assert_eq!(status(&sandbox, server, last).await, 404);
        assert_eq!(sandbox.state(server, &first), Some(NumberState::Held));
        assert_eq!(sandbox.state(server, &beyond), None);
        assert_eq!(sandbox.release_count(server, last), 1);
    }
}

#[tokio::test]
async fn a_made_up_number_has_one_id_only() {
    let sandbox = Sandbox::builder().numbers(9).start().await.unwrap();
    for id in ["15550000001", "15550000009"] {
        assert!(sandbox.record(Server::SynthflowUs, id).is_some(), "{id}");
    }
    for id in [
        "1555000001",
        "155500000001",
        "1555+000001",
        "1555000001 ",
        "",
    ] {
        assert!(sandbox.record(Server::SynthflowUs, id).is_none(), "{id}");
    }
}

#[tokio::test]
async fn more_numbers_than_there_are_ids_are_refused() {
    let refused = Sandbox::builder().numbers(10_000_000).start().await;
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::InvalidInput);
}

#[tokio::test]
async fn the_records_have_every_number_once() {
    let server = Server::ExotelSingapore;
    let sandbox = Sandbox::builder().numbers(3).start().await.unwrap();
    sandbox.hold(server, "b");
    sandbox.hold(server, "a");
    sandbox.hold(server, server.made_up_number(2));
    // One beyond the count is as any other.
    sandbox.hold(server, server.made_up_number(4));
    for id in ["a", "unknown", &server.made_up_number(3)] {
        status(&sandbox, server, id).await;
    }
    let records: Vec<_> = sandbox
        .records(server)
        .map(|(id, record)| (id, record.state, record.requests, record.releases))
        .collect();
    let made_up = |n| server.made_up_number(n);
    assert_eq!(
        records,
        [
            (made_up(1), NumberState::Held, 0, 0),
            (made_up(2), NumberState::Held, 0, 0),
            (made_up(3), NumberState::Accepted, 1, 1),
            (made_up(4), NumberState::Held, 0, 0),
            ("a".to_owned(), NumberState::Accepted, 1, 1),
            ("b".to_owned(), NumberState::Held, 0, 0),
        ]
    );
    assert_eq!(sandbox.records(Server::ExotelMumbai).count(), 3);
}

#[tokio::test]
async fn a_record_tells_a_number_that_was_sent_twice() {
    let server = Server::TwoChat;
    let sandbox = Sandbox::builder().keep_requests(0).start().await.unwrap();
    sandbox.hold(server, "1");
    let record = || {
        let record = sandbox.record(server, "1").unwrap();
        (record.requests, record.rate_limited, record.attempts())
    };
    // A wrong credential is not an attempt, and a 429 releases nothing.
    let wrong = request(server, "1").replace("UAK", "KAU");
    assert_eq!(send(&sandbox, server, &wrong).await.status, 401);
    sandbox.inject(Fault::error(429).times(1));
    assert_eq!(status(&sandbox, server, "1").await, 429);
    assert_eq!(record(), (1, 1, 0));
    // Anything else may have released it.
    sandbox.inject(Fault::error(503).times(1));
    assert_eq!(status(&sandbox, server, "1").await, 503);
    assert_eq!(record(), (2, 1, 1));
    assert_eq!(status(&sandbox, server, "1").await, 200);
    assert_eq!(record(), (3, 1, 2));
}

#[tokio::test]
async fn what_is_refused_for_the_rate_is_no_attempt() {
    let builder = Sandbox::builder().rate_limit(RateLimit::per_minute(1));
    let sandbox = builder.numbers(2).start().await.unwrap();
    let server = Server::TwoChat;
    for n in [1, 2, 2] {
        status(&sandbox, server, &server.made_up_number(n)).await;
    }
    let counts: Vec<_> = sandbox
        .records(server)
        .map(|(_, record)| (record.requests, record.attempts()))
        .collect();
    assert_eq!(counts, [(1, 1), (2, 0)]);
}

/// The made-up numbers whose response is lost, when they are released in this order.
async fn lost(seed: u64, share: f64, order: impl Iterator<Item = u32>) -> HashSet<u32> {
    let server = Server::SynthflowGlobal;
    let builder = Sandbox::builder().numbers(300).seed(seed);
    let sandbox = builder.start().await.unwrap();
    sandbox.inject(Fault::release_then_drop().share(share));
    let mut lost = HashSet::new();
    for n in order {
        let id = server.made_up_number(n);
        let mut stream = connect(&sandbox, server).await;
        let request = request(server, &id);
        let closing = request.replace("Host", "Connection: close\r\nHost");
        stream.write_all(closing.as_bytes()).await.unwrap();
        let mut response = Vec::new();
        // A reset is a lost response too.
        let _ = soon(stream.read_to_end(&mut response)).await;
        if response.is_empty() {
            lost.insert(n);
        }
        assert_eq!(sandbox.release_count(server, &id), 1);
    }
    lost
}

#[tokio::test]
async fn a_share_of_the_responses_is_lost_and_repeats() {
    let first = lost(1, 0.1, 1..=300).await;
    assert!((10..=60).contains(&first.len()), "{}", first.len());
    // The order of arrival does not matter, the seed does.
    assert_eq!(lost(1, 0.1, (1..=300).rev()).await, first);
    assert_ne!(lost(2, 0.1, 1..=300).await, first);
    assert_eq!(lost(1, 0.0, 1..=300).await.len(), 0);
    assert_eq!(lost(1, 1.0, 1..=300).await.len(), 300);
}

#[tokio::test]
async fn a_share_is_chosen_anew_for_each_attempt() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.inject(Fault::error(503).share(0.5));
    sandbox.hold(Server::TwoChat, "1");
    let mut statuses = HashSet::new();
    for _ in 0..64 {
        statuses.insert(status(&sandbox, Server::TwoChat, "1").await);
    }
    assert!(statuses.contains(&503) && statuses.contains(&404));
}
