//! Whatever the client shows or logs, the key and the number are not in it.
#![cfg(feature = "rustls")]

mod common;

use common::FIXTURE;
use numbers_testkit::{
    CANARY, Logs, Script, ScriptedServer, SecretSearch, UnusedListener, check_secrets,
};
use twochat_voip::{Client, ClientBuilder, VirtualNumberUuid};

// One test, for the log belongs to the whole process.
#[tokio::test]
async fn no_output_shows_the_key_or_the_number() {
    let logs = Logs::capture();
    let search = SecretSearch::new(&FIXTURE);

    let builder = || Client::builder().with_api_key(CANARY);
    let base = |builder: ClientBuilder, url: &str| builder.with_base_url(url);
    let nowhere = UnusedListener::listen();
    search.assert_debug_clean("builder", &builder());
    let url = format!("https://user:{CANARY}@vendor.invalid");
    search.assert_debug_clean("builder with a base URL", &base(builder(), &url));
    for key in [
        format!("{CANARY}\n"),
        format!("{CANARY}é"),
        format!(" {CANARY}"),
    ] {
        let error = base(Client::builder().with_api_key(key), &nowhere.url()).build();
        search.assert_error_clean("malformed key", &error.unwrap_err());
    }

    let uuid = VirtualNumberUuid::new(FIXTURE.id).unwrap();
    search.assert_debug_clean("id", &uuid);
    let body = format!(
        "{{\"success\": true, \"message\": \"{CANARY} {}\"}}",
        FIXTURE.id
    );
    let headers = format!("x-request-id: {CANARY}\r\n");
    let server = ScriptedServer::start([Script::response_with(200, &headers, body)]).await;
    let client = base(builder(), &server.url()).build().unwrap();
    search.assert_debug_clean("client", &client);
    search.assert_debug_clean("shared transport", &client.shared());
    let response = client.delete_virtual_number(&uuid).await.unwrap();
    search.assert_debug_clean("response", &response);
    assert_eq!(response.request_id(), Some("***"));

    check_secrets(&FIXTURE, &logs).await;
}
