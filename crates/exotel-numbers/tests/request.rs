//! The one request, literally as Exotel's page has it, but for the credentials: they go in the
//! header and never in the URL.
#![cfg(feature = "rustls")]
#![allow(clippy::panic, clippy::unwrap_used)] // in what the tests share

use exotel_numbers::{
    Client, ClientBuilder, ExophoneSid, NumberId, Region, Releaser, TransportOptions,
};
use numbers_testkit::{Script, ScriptedServer, request_lines};

const SID: &str = "32ea0a16d0f4ac5d1bc5b2d5ad8e0d5f";
const LINE: &str =
    "DELETE /v2_beta/Accounts/acme1/IncomingPhoneNumbers/32ea0a16d0f4ac5d1bc5b2d5ad8e0d5f HTTP/1.1";

fn builder(account: &str) -> ClientBuilder {
    Client::builder()
        .with_api_key("your_api_key")
        .with_api_token("your_api_token")
        .with_account_sid(account)
}

/// The request of one release: the line, and the headers in the order of the alphabet.
async fn sent(builder: ClientBuilder, prefix: &str, sid: &str) -> (String, Vec<String>) {
    let answer = "{\n  \"Status\":202,\n  \"Message\":\"Accepted\"\n}";
    let server = ScriptedServer::start([Script::response(202, answer)]).await;
    let host = format!("host: {}", server.address());
    let client = builder
        .with_base_url(format!("{}{prefix}", server.url()))
        .build()
        .unwrap();
    let sid = ExophoneSid::new(sid).unwrap();
    let _ = client.release_number(&sid).await.unwrap();
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
    format!("user-agent: exotel-numbers/{}", env!("CARGO_PKG_VERSION"))
}

#[tokio::test]
async fn it_is_the_one_that_the_page_documents() {
    let (host, request) = sent(builder("acme1"), "", SID).await;
    // "your_api_key:your_api_token" in base64.
    let key = "authorization: Basic eW91cl9hcGlfa2V5OnlvdXJfYXBpX3Rva2Vu";
    assert_eq!(request, [LINE, "accept: */*", key, &host, &agent()]);
}

#[tokio::test]
async fn the_caller_s_product_stands_first_in_the_user_agent() {
    let builder = builder("acme1")
        .with_transport(TransportOptions::new().with_user_agent("acme-telephony/1.4"));
    let (_, request) = sent(builder, "", SID).await;
    let agent = agent().replace(": ", ": acme-telephony/1.4 ");
    assert!(request.contains(&agent), "{request:?}");
}

#[tokio::test]
async fn a_base_url_replaces_the_region_s_and_its_path_comes_first() {
    for prefix in ["/gateway", "/gateway/"] {
        let (_, request) = sent(builder("acme1").with_region(Region::Mumbai), prefix, SID).await;
        assert_eq!(request[0], LINE.replace("/v2_beta", "/gateway/v2_beta"));
    }
}

#[tokio::test]
async fn account_and_number_are_one_encoded_segment_each() {
    let (_, request) = sent(builder("a?b#c"), "", "1 2;é").await;
    assert_eq!(
        request[0],
        "DELETE /v2_beta/Accounts/a%3Fb%23c/IncomingPhoneNumbers/1%202%3B%C3%A9 HTTP/1.1"
    );
}

#[tokio::test]
async fn a_token_may_contain_a_colon() {
    let (_, request) = sent(builder("acme1").with_api_token("a:b"), "", SID).await;
    // "your_api_key:a:b" in base64.
    let key = "authorization: Basic eW91cl9hcGlfa2V5OmE6Yg==";
    assert!(request.iter().any(|line| line == key), "{request:?}");
}

#[test]
fn each_region_has_the_host_of_the_page() {
    for (region, host) in [
        (Region::Singapore, "api.exotel.com"),
        (Region::Mumbai, "api.in.exotel.com"),
    ] {
        let client = builder("acme1")
            .with_region(region)
            .with_transport(
                TransportOptions::new().with_reqwest(|builder| builder.tls_certs_only([])),
            )
            .build()
            .unwrap();
        let preview = client.preview(&NumberId::new(SID)).unwrap();
        assert_eq!(
            preview.to_string(),
            format!(
                "DELETE https://{host}/v2_beta/Accounts/acme1/IncomingPhoneNumbers/{SID}\n\
                 authorization: Basic ***\n{}",
                agent()
            )
        );
    }
}
