//! Whatever the client shows or logs, the key and the number are not in it.

mod common;

use common::SUBJECT;
use numbers_testkit::{CANARY, Logs, Script, Search, Server, Untouched, secrets_of};
use twochat_voip::{Client, ClientBuilder, VirtualNumberUuid};

// One test, for the log belongs to the whole process.
#[tokio::test]
async fn no_output_shows_the_key_or_the_number() {
    let logs = Logs::capture();
    let mut search = Search::new(&SUBJECT);

    let builder = || Client::builder().api_key(CANARY);
    let base = |builder: ClientBuilder, url: &str| builder.base_url(url);
    let nowhere = Untouched::listen();
    search.clean_debug("builder", &builder());
    let url = format!("https://user:{CANARY}@vendor.invalid");
    search.clean_debug("builder with a base URL", &base(builder(), &url));
    for key in [
        format!("{CANARY}\n"),
        format!("{CANARY}é"),
        format!(" {CANARY}"),
    ] {
        let error = base(Client::builder().api_key(key), &nowhere.url()).build();
        search.clean_error("malformed key", &error.unwrap_err());
    }

    let uuid = VirtualNumberUuid::new(SUBJECT.id).unwrap();
    search.clean_debug("id", &uuid);
    let body = format!(
        "{{\"success\": true, \"message\": \"{CANARY} {}\"}}",
        SUBJECT.id
    );
    let headers = format!("x-request-id: {CANARY}\r\n");
    let server = Server::start([Script::answer_with(200, &headers, body)]).await;
    let client = base(builder(), &server.url()).build().unwrap();
    search.clean_debug("client", &client);
    search.clean_debug("pool", &client.pool());
    let response = client.delete_virtual_number(&uuid).await.unwrap();
    search.clean_debug("response", &response);
    assert_eq!(response.request_id(), Some("***"));

    secrets_of(&SUBJECT, &logs).await;
}
