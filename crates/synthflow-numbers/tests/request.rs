//! The one request, literally as Synthflow's page has it.
#![cfg(feature = "rustls")]
#![allow(clippy::panic, clippy::unwrap_used)] // in what the tests share

use numbers_testkit::{Script, ScriptedServer, request_lines};
use synthflow_numbers::{
    Client, ClientBuilder, NumberId, PhoneNumberSlug, Region, Releaser, TransportOptions,
};

const SLUG: &str = "33782990580";
const LINE: &str = "DELETE /v2/numbers/33782990580 HTTP/1.1";

/// The request of one deletion: the line, and the headers in the order of the alphabet.
async fn sent(builder: ClientBuilder, prefix: &str, slug: &str) -> (String, Vec<String>) {
    let server = ScriptedServer::start([Script::response(200, "{\"status\": \"ok\"}")]).await;
    let host = format!("host: {}", server.address());
    let base = format!("{}{prefix}", server.url());
    let client = builder
        .with_api_key("the-token")
        .with_base_url(base)
        .build()
        .unwrap();
    let slug = PhoneNumberSlug::new(slug).unwrap();
    let _ = client.delete_phone_number(&slug).await.unwrap();
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
    format!(
        "user-agent: synthflow-numbers/{}",
        env!("CARGO_PKG_VERSION")
    )
}

#[tokio::test]
async fn it_is_the_one_that_the_page_documents() {
    let (host, request) = sent(Client::builder(), "/v2", SLUG).await;
    let key = "authorization: Bearer the-token";
    assert_eq!(request, [LINE, "accept: */*", key, &host, &agent()]);
}

#[tokio::test]
async fn the_caller_s_product_stands_first_in_the_user_agent() {
    let builder = Client::builder()
        .with_transport(TransportOptions::new().with_user_agent("acme-telephony/1.4"));
    let (_, request) = sent(builder, "/v2", SLUG).await;
    let agent = agent().replace(": ", ": acme-telephony/1.4 ");
    assert!(request.contains(&agent), "{request:?}");
}

#[tokio::test]
async fn a_base_url_replaces_the_region_s() {
    for prefix in ["/v2", "/v2/", "/gateway/v2"] {
        let (_, request) = sent(Client::builder().with_region(Region::Eu), prefix, SLUG).await;
        let prefix = prefix.trim_end_matches('/');
        assert_eq!(
            request[0],
            format!("DELETE {prefix}/numbers/33782990580 HTTP/1.1")
        );
    }
}

#[tokio::test]
async fn an_id_that_is_no_phone_number_is_one_encoded_segment() {
    for (slug, segment) in [
        (
            "ext 12;a=b?c#d&e+f:@g",
            "ext%2012%3Ba%3Db%3Fc%23d%26e%2Bf%3A%40g",
        ),
        ("línea~1_2-3.4", "l%C3%ADnea~1_2-3.4"),
        ("...", "..."),
    ] {
        let (_, request) = sent(Client::builder(), "/v2", slug).await;
        assert_eq!(request[0], format!("DELETE /v2/numbers/{segment} HTTP/1.1"));
    }
}

#[test]
fn a_number_in_e164_goes_without_its_plus() {
    let slug = PhoneNumberSlug::from_e164("+33782990580").unwrap();
    assert_eq!(slug.as_str(), SLUG);
}

#[test]
fn each_region_has_the_server_of_the_page() {
    for (region, url) in [
        (
            Region::Global,
            "https://api.synthflow.ai/v2/numbers/33782990580",
        ),
        (
            Region::Us,
            "https://api.us.synthflow.ai/v2/numbers/33782990580",
        ),
        (
            Region::Eu,
            "https://api.eu.synthflow.ai/v2/numbers/33782990580",
        ),
    ] {
        let client = Client::builder()
            .with_api_key("the-token")
            .with_region(region)
            .with_transport(
                TransportOptions::new().with_reqwest(|builder| builder.tls_certs_only([])),
            )
            .build()
            .unwrap();
        let preview = client.preview(&NumberId::new(SLUG)).unwrap();
        assert_eq!(
            preview.to_string(),
            format!("DELETE {url}\nauthorization: Bearer ***\n{}", agent())
        );
    }
}
