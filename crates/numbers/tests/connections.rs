//! Connections: one for each request, and what clients that share a transport do not share.
#![allow(clippy::unwrap_used)] // in what the tests share

use numbers::twochat::{Client as Twochat, ClientBuilder};
use numbers::{
    Error, ErrorKind, NumberId, Outcome, Release, Releaser, TransportOptions, synthflow,
};
use numbers_testkit::{Certificate, Script, ScriptedServer, ServerLog, TlsServer};
use tokio::task::JoinSet;

const UUID: &str = "DID64a54de2-8ebe-4c01-838f-a2235815dab4";

fn twochat(url: &str) -> ClientBuilder {
    Twochat::builder().with_api_key("k").with_base_url(url)
}

async fn release(client: &dyn Releaser, id: &str) -> Result<Release, Error> {
    client.release(&NumberId::new(id)).await
}

fn success() -> Script {
    Script::response(200, "{\"success\": true, \"status\": \"ok\"}")
}

fn assert_one_request_each(log: &ServerLog, connections: usize) {
    assert_eq!(log.connections.len(), connections);
    assert_eq!(log.requests().len(), connections);
    assert!(log.connections.iter().all(|bytes| !bytes.is_empty()));
}

#[tokio::test]
async fn concurrent_calls_have_a_connection_each() {
    let server = ScriptedServer::start([success().then_keep_open()]).await;
    let client = twochat(&server.url()).build().unwrap();
    // The second 64 would find the connections of the first in the pool.
    for _ in 0..2 {
        let mut calls = JoinSet::new();
        for _ in 0..64 {
            let client = client.clone();
            calls.spawn(async move { release(&client, UUID).await.unwrap().outcome() });
        }
        assert_eq!(calls.join_all().await, [Outcome::Released; 64]);
    }
    drop(client);
    assert_one_request_each(&server.finish().await, 128);
}

/// Whoever records early data can replay it, so no request is sent as early data.
#[tokio::test]
async fn tls_sessions_are_resumed_without_early_data() {
    let certificate = Certificate::new("127.0.0.1");
    let server = TlsServer::start(&certificate, [success().then_keep_open()]).await;
    let root = certificate.root();
    let client = twochat(&server.url())
        .with_transport(
            TransportOptions::new().with_reqwest(|builder| builder.tls_certs_only([root])),
        )
        .build()
        .unwrap();
    for _ in 0..2 {
        let release = release(&client, UUID).await.unwrap();
        assert_eq!(release.outcome(), Outcome::Released);
    }
    drop(client);
    let log = server.finish().await;
    assert_one_request_each(&log, 2);
    assert_eq!((log.resumed, log.early_data), (1, 0));

    // The server would see it.
    let server = TlsServer::start(&certificate, [success().then_keep_open()]).await;
    let client = certificate.early_data_client();
    for _ in 0..2 {
        client.delete(server.url()).send().await.unwrap();
    }
    drop(client);
    let log = server.finish().await;
    assert_eq!((log.resumed, log.early_data), (1, 1));
}

#[tokio::test]
async fn a_failed_response_does_not_break_the_next_call() {
    let endless =
        Script::bytes("HTTP/1.1 200 X\r\ncontent-length: 9999999999\r\n\r\n").then_endlessly();
    for (failed, kind) in [
        (
            Script::response(404, "{\"error\": true}").then_keep_open(),
            ErrorKind::NotFound,
        ),
        (endless, ErrorKind::UnexpectedResponse),
        (Script::reset(), ErrorKind::ConnectionLost),
    ] {
        let server = ScriptedServer::start([failed, success()]).await;
        let client = twochat(&server.url()).build().unwrap();
        assert_eq!(release(&client, UUID).await.unwrap_err().kind(), kind);
        let release = release(&client, UUID).await.unwrap();
        assert_eq!(release.outcome(), Outcome::Released, "after {kind}");
        drop(client);
        assert_one_request_each(&server.finish().await, 2);
    }
}

#[tokio::test]
async fn no_request_is_resent_on_a_kept_connection() {
    for end in [Script::reset(), Script::bytes("")] {
        let server = ScriptedServer::start([success().then_keep_open(), end, success()]).await;
        let client = twochat(&server.url())
            .with_transport(
                TransportOptions::new().with_reqwest(|builder| builder.pool_max_idle_per_host(1)),
            )
            .build()
            .unwrap();
        assert_eq!(
            release(&client, UUID).await.unwrap().outcome(),
            Outcome::Released
        );
        let error = release(&client, UUID).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionLost, "{error}");
        assert!(
            error.may_have_released() && !error.is_retryable(),
            "{error}"
        );
        drop(client);
        let log = server.finish().await;
        assert_eq!((log.connections.len(), log.requests().len()), (1, 2));
    }
}

#[tokio::test]
async fn clients_that_share_a_transport_keep_their_credentials() {
    let server = ScriptedServer::start([success()]).await;
    let first = twochat(&server.url()).build().unwrap();
    let second = synthflow::Client::builder()
        .with_api_key("other")
        .with_base_url(server.url())
        .with_transport(TransportOptions::new().with_shared(first.shared()))
        .build()
        .unwrap();
    for result in [
        release(&first, UUID).await,
        release(&second, "33782990580").await,
    ] {
        assert_eq!(result.unwrap().outcome(), Outcome::Released);
    }
    drop((first, second));
    let log = server.finish().await;
    let [one, two] = &log.requests()[..] else {
        panic!("{log:?}");
    };
    assert!(
        one.contains("x-user-api-key: k\r\n") && !one.contains("authorization"),
        "{one}"
    );
    assert!(
        two.contains("authorization: Bearer other\r\n") && !two.contains("x-user"),
        "{two}"
    );
}
