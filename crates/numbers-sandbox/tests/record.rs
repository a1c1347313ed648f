//! The recorded requests.

mod support;

use numbers_sandbox::{Sandbox, Server};
use support::{SERVERS, SYNTHFLOW_ID, TWOCHAT_ID, connect, exchange, request, send};

#[tokio::test]
async fn a_request_is_recorded_as_it_arrived() {
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
    assert!(recorded.released);
}

#[tokio::test]
async fn refused_requests_are_recorded_without_a_release() {
    let sandbox = Sandbox::start().await.unwrap();
    let valid = request(Server::TwoChat, TWOCHAT_ID);
    send(&sandbox, Server::TwoChat, &valid).await;
    send(&sandbox, Server::TwoChat, &valid.replace("UAK", "KAU")).await;
    send(&sandbox, Server::TwoChat, &valid.replace("DELETE", "GET")).await;
    send(&sandbox, Server::TwoChat, &valid.replace("/open", "")).await;
    let recorded: Vec<_> = sandbox
        .requests()
        .into_iter()
        .map(|r| (r.status, r.released, r.number.is_some()))
        .collect();
    assert_eq!(
        recorded,
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
async fn only_the_latest_requests_are_kept_and_all_are_counted() {
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
async fn releases_are_counted_if_no_requests_are_kept() {
    let sandbox = Sandbox::builder().keep_requests(0).start().await.unwrap();
    for _ in 0..2 {
        sandbox.hold(Server::SynthflowEu, SYNTHFLOW_ID);
        let valid = request(Server::SynthflowEu, SYNTHFLOW_ID);
        send(&sandbox, Server::SynthflowEu, &valid).await;
        send(&sandbox, Server::SynthflowEu, &valid).await;
    }
    assert_eq!(sandbox.requests(), []);
    assert_eq!(sandbox.request_count(), 4);
    assert_eq!(sandbox.release_count(Server::SynthflowEu, SYNTHFLOW_ID), 2);
    assert_eq!(sandbox.release_count(Server::SynthflowUs, SYNTHFLOW_ID), 0);
}

#[tokio::test]
async fn the_length_of_a_chunked_body_is_recorded() {
    let sandbox = Sandbox::start().await.unwrap();
    let chunked = request(Server::TwoChat, TWOCHAT_ID).replace(
        "\r\n\r\n",
        "\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n",
    );
    send(&sandbox, Server::TwoChat, &chunked).await;
    assert_eq!(sandbox.requests()[0].body_len, 7);
}
