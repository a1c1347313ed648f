//! The record of requests.

mod support;

use numbers_sandbox::{Sandbox, Server};
use support::{SERVERS, SYNTHFLOW_ID, TWOCHAT_ID, connect, exchange, request, send};

#[tokio::test]
async fn a_request_is_recorded_as_it_came() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.hold(Server::TwoChat, "a b");
    send(
        &sandbox,
        Server::TwoChat,
        "DELETE /open/voip/virtual-numbers/a%20b?x=1 HTTP/1.1\r\n\
         Host: here\r\n\
         X-User-API-Key: UAK-sandbox-2chat\r\n\
         Content-Length: 3\r\n\r\nabc",
    )
    .await;
    let [recorded] = &sandbox.requests()[..] else {
        panic!("one request was sent");
    };
    assert_eq!(recorded.server, Server::TwoChat);
    assert_eq!(recorded.method, "DELETE");
    assert_eq!(recorded.path, "/open/voip/virtual-numbers/a%20b?x=1");
    assert_eq!(recorded.number.as_deref(), Some("a b"));
    assert_eq!(
        recorded.headers,
        [
            ("host", "here"),
            ("x-user-api-key", "UAK-sandbox-2chat"),
            ("content-length", "3"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
    assert_eq!(recorded.header("host"), Some("here"));
    assert_eq!(recorded.header("accept"), None);
    assert_eq!(recorded.body_len, 3);
    assert_eq!(recorded.status, Some(200));
    assert!(recorded.acted);
}

#[tokio::test]
async fn refused_requests_are_recorded_and_did_not_act() {
    let sandbox = Sandbox::start().await.unwrap();
    let right = request(Server::TwoChat, TWOCHAT_ID);
    send(&sandbox, Server::TwoChat, &right).await;
    send(&sandbox, Server::TwoChat, &right.replace("UAK", "KAU")).await;
    send(&sandbox, Server::TwoChat, &right.replace("DELETE", "GET")).await;
    send(&sandbox, Server::TwoChat, &right.replace("/open", "")).await;
    let seen: Vec<_> = sandbox
        .requests()
        .into_iter()
        .map(|r| (r.status, r.acted, r.number.is_some()))
        .collect();
    assert_eq!(
        seen,
        [
            (Some(404), false, true),
            (Some(401), false, true),
            (Some(405), false, false),
            (Some(404), false, false),
        ]
    );
}

#[tokio::test]
async fn debug_shows_neither_credentials_nor_whole_ids() {
    let sandbox = Sandbox::start().await.unwrap();
    for (server, id) in SERVERS {
        sandbox.hold(server, id);
        send(&sandbox, server, &request(server, id)).await;
        send(
            &sandbox,
            server,
            &request(server, id).replace("DELETE", "GET"),
        )
        .await;
    }
    let shown = format!("{:?} {sandbox:?}", sandbox.requests());
    for (_, id) in SERVERS {
        assert!(!shown.contains(id), "{shown}");
        assert!(
            shown.contains(&format!("…{}\"", &id[id.len() - 4..])),
            "{shown}"
        );
    }
    for secret in ["UAK", "synthflow-key", "c2FuZGJv", "Bearer"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(shown.contains("x-user-api-key"), "{shown}");
}

#[tokio::test]
async fn debug_shows_nothing_of_a_short_id() {
    let sandbox = Sandbox::start().await.unwrap();
    send(&sandbox, Server::TwoChat, &request(Server::TwoChat, "9876")).await;
    let shown = format!("{:?}", sandbox.requests());
    assert!(!shown.contains("76"), "{shown}");
}

#[tokio::test]
async fn only_the_last_requests_are_kept_and_all_are_counted() {
    let sandbox = Sandbox::builder().keep_requests(2).start().await.unwrap();
    let mut stream = connect(&sandbox, Server::SynthflowUs).await;
    for id in ["1", "2", "3"] {
        exchange(&mut stream, &request(Server::SynthflowUs, id)).await;
    }
    let kept: Vec<_> = sandbox.requests().into_iter().map(|r| r.number).collect();
    assert_eq!(kept, [Some("2".to_owned()), Some("3".to_owned())]);
    assert_eq!(sandbox.request_count(), 3);

    sandbox.clear_requests();
    assert_eq!(sandbox.requests(), []);
    assert_eq!(sandbox.request_count(), 0);
}

#[tokio::test]
async fn with_a_limit_of_none_acts_are_counted_all_the_same() {
    let sandbox = Sandbox::builder().keep_requests(0).start().await.unwrap();
    for _ in 0..2 {
        sandbox.hold(Server::SynthflowEu, SYNTHFLOW_ID);
        let right = request(Server::SynthflowEu, SYNTHFLOW_ID);
        send(&sandbox, Server::SynthflowEu, &right).await;
        send(&sandbox, Server::SynthflowEu, &right).await;
    }
    assert_eq!(sandbox.requests(), []);
    assert_eq!(sandbox.request_count(), 4);
    assert_eq!(sandbox.times_acted(Server::SynthflowEu, SYNTHFLOW_ID), 2);
    assert_eq!(sandbox.times_acted(Server::SynthflowUs, SYNTHFLOW_ID), 0);
}

#[tokio::test]
async fn the_length_of_a_body_in_chunks_is_the_sum_of_them() {
    let sandbox = Sandbox::start().await.unwrap();
    let chunked = request(Server::TwoChat, TWOCHAT_ID).replace(
        "\r\n\r\n",
        "\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n",
    );
    send(&sandbox, Server::TwoChat, &chunked).await;
    assert_eq!(sandbox.requests()[0].body_len, 7);
}
