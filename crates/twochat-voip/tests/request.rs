//! The one request, literally as 2Chat's page has it.
#![cfg(feature = "rustls")]
#![allow(clippy::panic, clippy::unwrap_used)] // in what the tests share

use numbers_testkit::{Script, ScriptedServer, request_lines};
use twochat_voip::{
    Client, ClientBuilder, NumberId, Releaser, TransportOptions, VirtualNumberUuid,
};

const UUID: &str = "DID64a54de2-8ebe-4c01-838f-a2235815dab4";
const LINE: &str =
    "DELETE /open/voip/virtual-numbers/DID64a54de2-8ebe-4c01-838f-a2235815dab4 HTTP/1.1";

/// The request of one deletion: the line, and the headers in the order of the alphabet.
async fn sent(builder: ClientBuilder, prefix: &str) -> (String, Vec<String>) {
    let server = ScriptedServer::start([Script::response(200, "{\"success\": true}")]).await;
    let host = format!("host: {}", server.address());
    let base = format!("{}{prefix}", server.url());
    let client = builder
        .with_api_key("your_api_key_here")
        .with_base_url(base)
        .build()
        .unwrap();
    let uuid = VirtualNumberUuid::new(UUID).unwrap();
    let _ = client.delete_virtual_number(&uuid).await.unwrap();
    drop(client);
    let seen = server.finish().await;
    let [request] = &seen.requests()[..] else {
        panic!("{seen:?}");
    };
    (
        host,
        request_lines(request)
            .into_iter()
            .map(str::to_owned)
            .collect(),
    )
}

fn agent() -> String {
    format!("user-agent: twochat-voip/{}", env!("CARGO_PKG_VERSION"))
}

#[tokio::test]
async fn it_is_the_one_that_the_page_documents() {
    let (host, request) = sent(Client::builder(), "").await;
    let key = "x-user-api-key: your_api_key_here";
    assert_eq!(request, [LINE, "accept: */*", &host, &agent(), key]);
}

#[tokio::test]
async fn the_caller_s_product_stands_first_in_the_user_agent() {
    let (_, request) = sent(
        Client::builder()
            .with_transport(TransportOptions::new().with_user_agent("acme-telephony/1.4")),
        "",
    )
    .await;
    let agent = agent().replace(": ", ": acme-telephony/1.4 ");
    assert!(request.contains(&agent), "{request:?}");
}

#[tokio::test]
async fn a_base_url_s_path_comes_first() {
    for prefix in ["/gateway/x", "/gateway/x/"] {
        let (_, request) = sent(Client::builder(), prefix).await;
        assert_eq!(request[0], LINE.replace("/open", "/gateway/x/open"));
    }
}

#[tokio::test]
async fn a_cookie_that_was_set_is_not_sent_back() {
    let cookie = "set-cookie: session=1; path=/\r\n";
    let answer = Script::response_with(200, cookie, "{\"success\": true}").then_keep_open();
    let server = ScriptedServer::start([answer]).await;
    let client = Client::builder()
        .with_api_key("k")
        .with_base_url(server.url())
        .build()
        .unwrap();
    for _ in 0..2 {
        let release = client.release(&NumberId::new(UUID)).await.unwrap();
        assert_eq!(release.status(), Some(200));
    }
    drop(client);
    let seen = server.finish().await;
    assert_eq!(seen.requests().len(), 2);
    assert_eq!(
        request_lines(&seen.requests()[0]),
        request_lines(&seen.requests()[1])
    );
}

#[test]
fn it_goes_to_the_host_of_the_page_and_shows_no_key_beforehand() {
    let client = Client::builder()
        .with_api_key("your_api_key_here")
        .with_transport(TransportOptions::new().with_reqwest(|builder| builder.tls_certs_only([])))
        .build()
        .unwrap();
    let preview = client.preview(&NumberId::new(UUID)).unwrap();
    assert_eq!(
        preview.to_string(),
        format!(
            "DELETE https://api.p.2chat.io/open/voip/virtual-numbers/{UUID}\n\
             x-user-api-key: ***\n{}",
            agent()
        )
    );
}
