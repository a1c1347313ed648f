//! The requests on the vendors' pages get the responses on those pages.

mod support;

use numbers_sandbox::{NumberState, Sandbox, Server};
use support::{EXOTEL_ID, SYNTHFLOW_ID, TWOCHAT_ID, send};

#[tokio::test]
async fn two_chat_releases_as_its_page_says() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.hold(Server::TwoChat, TWOCHAT_ID);
    let response = send(
        &sandbox,
        Server::TwoChat,
        "DELETE /open/voip/virtual-numbers/DID64a54de2-8ebe-4c01-838f-a2235815dab4 HTTP/1.1\r\n\
         Host: api.p.2chat.io\r\n\
         X-User-API-Key: UAK-sandbox-2chat\r\n\r\n",
    )
    .await;
    assert_eq!(response.status, 200);
    assert_eq!(response.body, r#"{"success": true}"#);
    assert!(
        response
            .headers
            .contains("content-type: application/json\r\n")
    );
    assert_eq!(
        sandbox.state(Server::TwoChat, TWOCHAT_ID),
        Some(NumberState::Released)
    );
}

#[tokio::test]
async fn synthflow_releases_as_its_page_says_in_each_region() {
    let sandbox = Sandbox::start().await.unwrap();
    for server in [
        Server::SynthflowGlobal,
        Server::SynthflowUs,
        Server::SynthflowEu,
    ] {
        sandbox.hold(server, SYNTHFLOW_ID);
        let response = send(
            &sandbox,
            server,
            "DELETE /v2/numbers/33782990580 HTTP/1.1\r\n\
             Host: api.synthflow.ai\r\n\
             Authorization: Bearer sandbox-synthflow-key\r\n\r\n",
        )
        .await;
        assert_eq!(response.status, 200, "{server}");
        assert_eq!(response.body, r#"{"status": "ok"}"#, "{server}");
        assert_eq!(
            sandbox.state(server, SYNTHFLOW_ID),
            Some(NumberState::Released),
            "{server}"
        );
    }
}

#[tokio::test]
async fn exotel_accepts_as_its_page_says_and_releases_later() {
    let sandbox = Sandbox::start().await.unwrap();
    for server in [Server::ExotelSingapore, Server::ExotelMumbai] {
        sandbox.hold(server, EXOTEL_ID);
        let response = send(
            &sandbox,
            server,
            "DELETE /v2_beta/Accounts/sandbox/IncomingPhoneNumbers/c5797dcbaaeed7678c4062a4a3ed2f8a HTTP/1.1\r\n\
             Host: api.exotel.com\r\n\
             Authorization: Basic c2FuZGJveC1leG90ZWwta2V5OnNhbmRib3gtZXhvdGVsLXRva2Vu\r\n\r\n",
        )
        .await;
        assert_eq!(response.status, 202, "{server}");
        assert_eq!(
            response.body, r#"{"Status":202,"Message":"Accepted"}"#,
            "{server}"
        );
        assert_eq!(
            sandbox.state(server, EXOTEL_ID),
            Some(NumberState::Accepted),
            "{server}"
        );
    }
    sandbox.complete_accepted();
    for server in [Server::ExotelSingapore, Server::ExotelMumbai] {
        assert_eq!(
            sandbox.state(server, EXOTEL_ID),
            Some(NumberState::Released),
            "{server}"
        );
    }
}

#[tokio::test]
async fn a_base_url_replaces_scheme_host_and_prefix() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    sandbox.hold(Server::TwoChat, TWOCHAT_ID);
    sandbox.hold(Server::SynthflowEu, SYNTHFLOW_ID);
    sandbox.hold(Server::ExotelMumbai, EXOTEL_ID);

    let two_chat = format!(
        "{}/open/voip/virtual-numbers/{TWOCHAT_ID}",
        sandbox.base_url(Server::TwoChat)
    );
    let response = client
        .delete(two_chat)
        .header("X-User-API-Key", "UAK-sandbox-2chat")
        .send();
    assert_eq!(response.await.unwrap().status(), 200);

    let synthflow = format!(
        "{}/numbers/{SYNTHFLOW_ID}",
        sandbox.base_url(Server::SynthflowEu)
    );
    let response = client
        .delete(synthflow)
        .bearer_auth("sandbox-synthflow-key")
        .send();
    assert_eq!(response.await.unwrap().status(), 200);

    let exotel = format!(
        "{}/v2_beta/Accounts/sandbox/IncomingPhoneNumbers/{EXOTEL_ID}",
        sandbox.base_url(Server::ExotelMumbai)
    );
    let response = client
        .delete(exotel)
        .basic_auth("sandbox-exotel-key", Some("sandbox-exotel-token"))
        .send();
    assert_eq!(response.await.unwrap().status(), 202);
}
