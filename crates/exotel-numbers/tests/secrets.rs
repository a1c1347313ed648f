//! Whatever the client shows or logs, key, token and number are not in it.
#![cfg(feature = "rustls")]

mod common;

use common::FIXTURE;
use exotel_numbers::{Client, ClientBuilder, ExophoneSid};
use numbers_testkit::{
    CANARY, Logs, Script, ScriptedServer, SecretSearch, UnusedListener, check_secrets,
};

// One test, for the log belongs to the whole process.
#[tokio::test]
async fn no_output_shows_key_token_or_number() {
    let logs = Logs::capture();
    let search = SecretSearch::new(&FIXTURE);

    let builder = || {
        Client::builder()
            .with_account_sid("acme1")
            .with_api_token(CANARY)
    };
    let base = |builder: ClientBuilder, url: &str| builder.with_base_url(url);
    let nowhere = UnusedListener::listen();
    search.assert_debug_clean("builder", &builder().with_api_key(CANARY));
    let url = format!("https://user:{CANARY}@vendor.invalid");
    search.assert_debug_clean("builder with a base URL", &base(builder(), &url));
    for bad in [
        format!("{CANARY}\n"),
        format!("{CANARY}é"),
        format!(" {CANARY}"),
        format!("{CANARY}:{CANARY}"),
    ] {
        let error = base(builder().with_api_key(bad), &nowhere.url()).build();
        search.assert_error_clean("malformed key", &error.unwrap_err());
    }
    for bad in [
        format!("{CANARY}\n"),
        format!("{CANARY}é"),
        format!(" {CANARY}"),
    ] {
        let error = base(
            builder().with_api_key(CANARY).with_api_token(bad),
            &nowhere.url(),
        )
        .build();
        search.assert_error_clean("malformed token", &error.unwrap_err());
    }

    let sid = ExophoneSid::new(FIXTURE.id).unwrap();
    search.assert_debug_clean("id", &sid);
    let body = format!(
        "{{\"Status\": 202, \"Message\": \"{CANARY} {}\"}}",
        FIXTURE.id
    );
    let headers = format!("x-request-id: {CANARY}\r\n");
    let server = ScriptedServer::start([Script::response_with(202, &headers, body)]).await;
    let client = base(builder().with_api_key(CANARY), &server.url())
        .build()
        .unwrap();
    search.assert_debug_clean("client", &client);
    search.assert_debug_clean("shared transport", &client.shared());
    let response = client.release_number(&sid).await.unwrap();
    search.assert_debug_clean("response", &response);
    assert_eq!(response.request_id(), Some("***"));

    check_secrets(&FIXTURE, &logs).await;
}
