//! Connections that are kept, shared, and closed while nobody looks.
#![allow(clippy::unwrap_used)] // in what the tests share

use numbers::twochat::{Client as Twochat, ClientBuilder};
use numbers::{Error, ErrorKind, NumberId, Outcome, Release, Releaser, exotel, synthflow};
use numbers_testkit::{Script, Server};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const UUID: &str = "DID64a54de2-8ebe-4c01-838f-a2235815dab4";

fn twochat(url: &str) -> ClientBuilder {
    Twochat::builder().api_key("k").base_url(url)
}

async fn release(client: &dyn Releaser, id: &str) -> Result<Release, Error> {
    client.release(&NumberId::new(id)).await
}

fn success() -> Script {
    Script::answer(200, "{\"success\": true, \"status\": \"ok\"}")
}

/// When it returns, whatever this runtime's sockets were told before has been looked at: a message
/// sent later has gone through the same driver.
async fn everything_before_was_noticed() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut near = TcpStream::connect(listener.local_addr().unwrap())
        .await
        .unwrap();
    let (mut far, _) = listener.accept().await.unwrap();
    for _ in 0..3 {
        far.write_all(b"x").await.unwrap();
        near.read_u8().await.unwrap();
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn two_calls_use_one_connection() {
    let server = Server::start([success().then_keep_open()]).await;
    let client = twochat(&server.url()).build().unwrap();
    for client in [&client, &client.clone()] {
        assert_eq!(
            release(client, UUID).await.unwrap().outcome(),
            Outcome::Released
        );
    }
    drop(client);
    let seen = server.finish().await;
    assert_eq!((seen.connections.len(), seen.requests().len()), (1, 2));
}

#[tokio::test]
async fn an_answer_that_fails_keeps_the_connection_too() {
    let refusal = Script::answer(404, "{\"error\": true}").then_keep_open();
    let server = Server::start([refusal, success().then_keep_open()]).await;
    let client = twochat(&server.url()).build().unwrap();
    assert_eq!(
        release(&client, UUID).await.unwrap_err().kind(),
        ErrorKind::NotFound
    );
    assert_eq!(
        release(&client, UUID).await.unwrap().outcome(),
        Outcome::Released
    );
    drop(client);
    let seen = server.finish().await;
    assert_eq!((seen.connections.len(), seen.requests().len()), (1, 2));
}

#[tokio::test]
async fn a_connection_that_was_closed_while_idle_is_not_used_again() {
    let mut server = Server::start([success()]).await;
    let client = twochat(&server.url()).build().unwrap();
    for call in 1..=3 {
        assert_eq!(
            release(&client, UUID).await.unwrap().outcome(),
            Outcome::Released
        );
        server.ended(call).await;
        everything_before_was_noticed().await;
    }
    drop(client);
    let seen = server.finish().await;
    assert_eq!((seen.connections.len(), seen.requests().len()), (3, 3));
}

#[tokio::test]
async fn a_connection_that_closes_over_a_request_leaves_the_fate_unknown_and_is_not_tried_again() {
    for end in [Script::reset(), Script::bytes("")] {
        let server = Server::start([success().then_keep_open(), end, success()]).await;
        let client = twochat(&server.url()).build().unwrap();
        assert_eq!(
            release(&client, UUID).await.unwrap().outcome(),
            Outcome::Released
        );
        let error = release(&client, UUID).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Interrupted, "{error}");
        assert!(
            error.may_have_released() && !error.is_retryable(),
            "{error}"
        );
        drop(client);
        assert_eq!(server.finish().await.requests().len(), 2);
    }
}

#[tokio::test]
async fn a_connection_whose_answer_was_not_read_to_its_end_is_not_used_again() {
    let long =
        Script::bytes("HTTP/1.1 200 X\r\ncontent-length: 9999999999\r\n\r\n").then_endlessly();
    let server = Server::start([long, success()]).await;
    let client = twochat(&server.url()).build().unwrap();
    let error = release(&client, UUID).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
    assert_eq!(
        release(&client, UUID).await.unwrap().outcome(),
        Outcome::Released
    );
    drop(client);
    let seen = server.finish().await;
    assert_eq!((seen.connections.len(), seen.requests().len()), (2, 2));
}

#[tokio::test]
async fn clients_of_different_vendors_share_a_pool_and_keep_their_own_credentials() {
    let server = Server::start([success().then_keep_open()]).await;
    let first = twochat(&server.url()).build().unwrap();
    let second = synthflow::Client::builder()
        .api_key("other")
        .base_url(server.url())
        .pool(first.pool())
        .build()
        .unwrap();
    assert_eq!(
        release(&first, UUID).await.unwrap().vendor().as_str(),
        "twochat"
    );
    assert_eq!(
        release(&second, "33782990580")
            .await
            .unwrap()
            .vendor()
            .as_str(),
        "synthflow"
    );
    drop((first, second));
    let seen = server.finish().await;
    assert_eq!(seen.connections.len(), 1);
    let [one, two] = &seen.requests()[..] else {
        panic!("{seen:?}");
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
async fn a_shared_pool_has_the_settings_of_its_maker() {
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
