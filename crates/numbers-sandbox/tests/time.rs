//! What depends on the time: the rate limit and outages. The tests move the clock by hand.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::{net::TcpStream, time::Duration};

use numbers_sandbox::{Fault, RateLimit, Sandbox, Server};
use support::{Response, connect, exchange, request, send};
use tokio::{
    io::AsyncReadExt,
    time::{advance, pause},
};

const SERVER: Server = Server::TwoChat;

const fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

async fn limited(limit: RateLimit) -> Sandbox {
    let builder = Sandbox::builder().numbers(100).rate_limit(limit);
    let sandbox = builder.start().await.unwrap();
    pause();
    sandbox
}

async fn release(sandbox: &Sandbox, server: Server, n: u32) -> Response {
    send(sandbox, server, &request(server, &server.made_up_number(n))).await
}

#[tokio::test]
async fn what_goes_beyond_the_rate_gets_a_429() {
    let sandbox = limited(RateLimit::per_minute(2)).await;
    assert_eq!(release(&sandbox, SERVER, 1).await.status, 200);
    advance(seconds(20)).await;
    assert_eq!(release(&sandbox, SERVER, 2).await.status, 200);
    let refused = release(&sandbox, SERVER, 3).await;
    assert_eq!(refused.status, 429);
    assert!(
        refused.headers.contains("retry-after: 40\r\n"),
        "{}",
        refused.headers
    );
    assert_eq!(
        refused.body,
        r#"{"error": true, "error_message": "Too many requests"}"#
    );
    let third = SERVER.made_up_number(3);
    assert_eq!(sandbox.release_count(SERVER, &third), 0);
    assert_eq!(sandbox.requests()[2].status, Some(429));
    // Another server counts for itself.
    assert_eq!(release(&sandbox, Server::SynthflowEu, 1).await.status, 200);
}

#[tokio::test]
async fn a_new_window_begins_when_one_has_ended() {
    let sandbox = limited(RateLimit::new(1, seconds(5))).await;
    for _ in 0..3 {
        let first = release(&sandbox, SERVER, 1).await;
        assert_ne!(first.status, 429);
        advance(Duration::from_millis(4_999)).await;
        let refused = release(&sandbox, SERVER, 2).await;
        assert_eq!(refused.status, 429);
        assert!(
            refused.headers.contains("retry-after: 1\r\n"),
            "{}",
            refused.headers
        );
        advance(Duration::from_millis(1)).await;
    }
}

#[tokio::test]
async fn a_limit_without_retry_after_sends_none() {
    let sandbox = limited(RateLimit::per_minute(0).without_retry_after()).await;
    let refused = release(&sandbox, SERVER, 1).await;
    assert_eq!(refused.status, 429);
    assert!(
        !refused.headers.contains("retry-after"),
        "{}",
        refused.headers
    );
}

#[tokio::test]
async fn an_unauthorized_request_does_not_count() {
    let sandbox = limited(RateLimit::per_minute(1)).await;
    let wrong = request(SERVER, "1").replace("UAK", "KAU");
    assert_eq!(send(&sandbox, SERVER, &wrong).await.status, 401);
    assert_eq!(release(&sandbox, SERVER, 1).await.status, 200);
}

#[tokio::test]
async fn a_fault_during_a_time_begins_and_ends() {
    let sandbox = limited(RateLimit::per_minute(100)).await;
    sandbox.inject(Fault::error(503).during(seconds(20)..seconds(40)));
    let mut statuses = Vec::new();
    for n in 1..=5 {
        statuses.push(release(&sandbox, SERVER, n).await.status);
        advance(seconds(10)).await;
    }
    assert_eq!(statuses, [200, 200, 503, 503, 200]);
}

/// Whether a connection is refused, without time passing.
fn is_refused(sandbox: &Sandbox) -> bool {
    let url = sandbox.base_url(SERVER);
    TcpStream::connect(url.strip_prefix("http://").unwrap()).is_err()
}

#[tokio::test]
async fn an_unreachable_server_refuses_connections_for_its_time() {
    let builder = Sandbox::builder().numbers(2);
    let builder = builder.unreachable(seconds(20)..seconds(40));
    let sandbox = builder.start().await.unwrap();
    let mut open = connect(&sandbox, SERVER).await;
    let first = request(SERVER, &SERVER.made_up_number(1));
    assert_eq!(exchange(&mut open, &first).await.status, 200);
    pause();

    advance(seconds(21)).await;
    support::until(|| is_refused(&sandbox)).await;
    // The connection that was open is closed.
    let read = support::soon(open.read_u8()).await;
    assert!(read.is_err());

    advance(seconds(21)).await;
    support::until(|| !is_refused(&sandbox)).await;
    assert_eq!(release(&sandbox, SERVER, 2).await.status, 200);
}

#[tokio::test]
async fn a_sandbox_that_is_unreachable_stops_at_once() {
    let builder = Sandbox::builder().unreachable(seconds(0)..seconds(3_600));
    let sandbox = builder.start().await.unwrap();
    support::until(|| is_refused(&sandbox)).await;
    support::soon(sandbox.shutdown()).await;
}
