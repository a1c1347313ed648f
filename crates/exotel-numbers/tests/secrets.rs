//! Whatever the client shows or logs, key, token and number are not in it.

mod common;

use common::SUBJECT;
use exotel_numbers::{AccountSid, Client, ClientBuilder, ExophoneSid};
use numbers_testkit::{CANARY, Logs, Script, Search, Server, Untouched, secrets_of};

// One test, for the log belongs to the whole process.
#[tokio::test]
async fn no_output_shows_key_token_or_number() {
    let logs = Logs::capture();
    let mut search = Search::new(&SUBJECT);

    let account = || AccountSid::new("acme1").unwrap();
    let builder = || Client::builder().account_sid(account()).api_token(CANARY);
    let base = |builder: ClientBuilder, url: &str| builder.base_url(url);
    let nowhere = Untouched::listen();
    search.clean_debug("builder", &builder().api_key(CANARY));
    let url = format!("https://user:{CANARY}@vendor.invalid");
    search.clean_debug("builder with a base URL", &base(builder(), &url));
    for bad in [
        format!("{CANARY}\n"),
        format!("{CANARY}é"),
        format!(" {CANARY}"),
        format!("{CANARY}:{CANARY}"),
    ] {
        let error = base(builder().api_key(bad), &nowhere.url()).build();
        search.clean_error("malformed key", &error.unwrap_err());
    }
    for bad in [
        format!("{CANARY}\n"),
        format!("{CANARY}é"),
        format!(" {CANARY}"),
    ] {
        let error = base(builder().api_key(CANARY).api_token(bad), &nowhere.url()).build();
        search.clean_error("malformed token", &error.unwrap_err());
    }

    let sid = ExophoneSid::new(SUBJECT.id).unwrap();
    search.clean_debug("id", &sid);
    let body = format!(
        "{{\"Status\": 202, \"Message\": \"{CANARY} {}\"}}",
        SUBJECT.id
    );
    let headers = format!("x-request-id: {CANARY}\r\n");
    let server = Server::start([Script::answer_with(202, &headers, body)]).await;
    let client = base(builder().api_key(CANARY), &server.url())
        .build()
        .unwrap();
    search.clean_debug("client", &client);
    search.clean_debug("pool", &client.pool());
    let response = client.release_number(&sid).await.unwrap();
    search.clean_debug("response", &response);
    assert_eq!(response.request_id(), Some("***"));

    secrets_of(&SUBJECT, &logs).await;
}
