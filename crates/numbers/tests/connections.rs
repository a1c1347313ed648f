//! Connections: one for each request, and what clients that share a pool do not share.
#![allow(clippy::unwrap_used)] // in what the tests share

use numbers::twochat::{Client as Twochat, ClientBuilder};
use numbers::{Error, ErrorKind, NumberId, Outcome, Release, Releaser, exotel, synthflow};
use numbers_testkit::{Certificate, Script, ScriptedServer, ServerLog, TlsServer};
use tokio::task::JoinSet;

const UUID: &str = "DID64a54de2-8ebe-4c01-838f-a2235815dab4";

fn twochat(url: &str) -> ClientBuilder {
    Twochat::builder().api_key("k").base_url(url)
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

#[tokio::test]
async fn the_second_connection_resumes_the_tls_session() {
    let certificate = Certificate::new("127.0.0.1");
    let server = TlsServer::start(&certificate, [success().then_keep_open()]).await;
    let root = certificate.root();
    let client = twochat(&server.url())
        .reqwest(|builder| builder.tls_certs_only([root]))
        .build()
        .unwrap();
    for _ in 0..2 {
        let release = release(&client, UUID).await.unwrap();
        assert_eq!(release.outcome(), Outcome::Released);
    }
    drop(client);
    let log = server.finish().await;
    assert_one_request_each(&log, 2);
    assert_eq!(log.resumed, 1);
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
            .reqwest(|builder| builder.pool_max_idle_per_host(1))
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
async fn clients_that_share_a_pool_keep_their_own_credentials() {
    let server = ScriptedServer::start([success()]).await;
    let first = twochat(&server.url()).build().unwrap();
    let second = synthflow::Client::builder()
        .api_key("other")
        .base_url(server.url())
        .pool(first.pool())
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

#[tokio::test]
async fn a_pool_is_not_shared_between_http_and_https() {
    let account = || exotel::AccountSid::new("acme1").unwrap();
    let plain = || twochat("http://127.0.0.1:1");
    let secure = || twochat("https://vendor.invalid").reqwest(|builder| builder.tls_certs_only([]));
    for (pool, url) in [
        (plain().build().unwrap().pool(), "https://vendor.invalid"),
        (secure().build().unwrap().pool(), "http://127.0.0.1:1"),
    ] {
        let builder = exotel::Client::builder()
            .api_key("k")
            .api_token("t")
            .account_sid(account());
        let error = builder.base_url(url).pool(pool).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidConfig);
        assert!(error.to_string().contains("pool"), "{error}");
    }
}

#[tokio::test]
async fn a_shared_pool_takes_no_settings_of_its_own() {
    let pool = twochat("http://127.0.0.1:1").build().unwrap().pool();
    let builder = || twochat("http://127.0.0.1:1").pool(pool.clone());
    assert!(builder().build().is_ok());
    for builder in [
        builder().timeout(std::time::Duration::from_secs(1)),
        builder().reqwest(|builder| builder),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidConfig);
        assert!(error.to_string().contains("pool"), "{error}");
    }
}
