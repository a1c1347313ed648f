//! Which requests a fault applies to, and what it does to the number.

mod support;

use std::collections::HashSet;

use numbers_sandbox::{Fault, NumberState, Sandbox, Server};
use support::{SERVERS, SYNTHFLOW_ID, TWOCHAT_ID, connect, request, send, until};
use tokio::io::AsyncWriteExt;

const SERVER: Server = Server::TwoChat;

/// Sends a request for each of these numbers and returns the statuses.
async fn statuses(sandbox: &Sandbox, requests: &[(Server, &str)]) -> Vec<u16> {
    let mut statuses = Vec::new();
    for (server, id) in requests {
        let response = send(sandbox, *server, &request(*server, id)).await;
        statuses.push(response.status);
    }
    statuses
}

#[tokio::test]
async fn every_fault_applies_the_release_as_it_says() {
    for (server, id) in SERVERS {
        for fault in Fault::all(server) {
            if fault == Fault::stall_accept() {
                continue; // No request is read: it has a test of its own.
            }
            let sandbox = Sandbox::start().await.unwrap();
            sandbox.hold(server, id);
            sandbox.inject(fault.clone().at(server).on(id).times(1));
            let mut stream = connect(&sandbox, server).await;
            let valid = request(server, id);
            stream.write_all(valid.as_bytes()).await.unwrap();
            until(|| sandbox.request_count() == 1).await;

            let at = format!("{fault} at {server}");
            let recorded = &sandbox.requests()[0];
            assert_eq!(recorded.released, fault.applies_release(), "{at}");
            assert_eq!(recorded.status, fault.status(server), "{at}");
            assert_eq!(recorded.fault, Some(fault.to_string()), "{at}");
            let expected = match (fault.applies_release(), server) {
                (false, _) => NumberState::Held,
                (true, Server::ExotelSingapore | Server::ExotelMumbai) => NumberState::Accepted,
                (true, _) => NumberState::Released,
            };
            assert_eq!(sandbox.state(server, id), Some(expected), "{at}");
            let count = u64::from(fault.applies_release());
            assert_eq!(sandbox.release_count(server, id), count, "{at}");
        }
    }
}

#[tokio::test]
async fn all_lists_both_effects_and_repeats_no_name() {
    for server in Server::ALL {
        let all = Fault::all(server);
        let names: HashSet<_> = all.iter().map(ToString::to_string).collect();
        assert_eq!(names.len(), all.len(), "{server}");
        for fault in &all {
            let opposite = fault.clone().with_release(!fault.applies_release());
            if fault.has_optional_effect() {
                assert!(all.contains(&opposite), "{fault} at {server}");
            } else {
                assert_eq!(
                    opposite.applies_release(),
                    fault.applies_release(),
                    "{fault} at {server}"
                );
            }
        }
    }
}

#[test]
fn a_refusal_never_applies_the_release() {
    for server in Server::ALL {
        for status in (400..500).filter(|status| *status != 408) {
            let forms = Fault::error_forms(server, status);
            assert!(forms.len() > 1, "{server}");
            for fault in forms.into_iter().chain([
                Fault::error(status),
                Fault::html(status),
                Fault::empty(status),
                Fault::empty_object(status),
                Fault::retry_after(status, "1"),
                Fault::stall_in_body(status),
                Fault::truncated_body(status),
                Fault::malformed_chunk(status),
                Fault::endless_body(status),
                Fault::oversized_body(status, 65_537),
            ]) {
                assert!(
                    !fault.with_release(true).applies_release(),
                    "{status} at {server}"
                );
            }
        }
        for status in [200, 201, 202, 203, 206, 299] {
            for fault in Fault::error_forms(server, status) {
                assert!(
                    !fault.with_release(true).applies_release(),
                    "{status} at {server}"
                );
            }
            assert!(
                !Fault::error(status).with_release(true).applies_release(),
                "{status}"
            );
        }
    }
}

#[test]
fn by_default_a_fault_under_2xx_applies_the_release() {
    for fault in [
        Fault::stall_in_headers(),
        Fault::stall_in_body(200),
        Fault::truncated_headers(),
        Fault::truncated_body(202),
        Fault::malformed_chunk(200),
        Fault::endless_body(200),
        Fault::deeply_nested_json(200),
        Fault::invalid_utf8(200),
        Fault::html(200),
        Fault::empty(204),
        Fault::empty_object(200),
    ] {
        assert!(
            fault.applies_release() && fault.has_optional_effect(),
            "{fault}"
        );
    }
    for fault in [
        Fault::close(),
        Fault::reset(),
        Fault::stall_before_response(),
        Fault::garbage(),
        Fault::error(101),
        Fault::redirect_to_other_host(307),
        Fault::truncated_body(302),
        Fault::oversized_body(408, 65_537),
        Fault::endless_body(500),
        Fault::success(400),
        Fault::success(429),
        Fault::html(408),
        Fault::retry_after(408, "1"),
        Fault::error(500),
        Fault::error(600),
    ] {
        assert!(
            !fault.applies_release() && fault.has_optional_effect(),
            "{fault}"
        );
    }
}

#[tokio::test]
async fn a_408_may_apply_the_release() {
    for (server, id) in SERVERS {
        for released in [false, true] {
            let sandbox = Sandbox::start().await.unwrap();
            sandbox.hold(server, id);
            sandbox.inject(Fault::error(408).with_release(released));
            assert_eq!(statuses(&sandbox, &[(server, id)]).await, [408]);
            let count = sandbox.release_count(server, id);
            assert_eq!(count, u64::from(released), "{server}");
            let fault = Fault::error(408).with_release(released);
            assert!(Fault::all(server).contains(&fault), "{fault} at {server}");
        }
    }
}

#[tokio::test]
async fn a_success_under_4xx_may_apply_the_release() {
    for (server, id) in SERVERS {
        for released in [false, true] {
            let sandbox = Sandbox::start().await.unwrap();
            sandbox.hold(server, id);
            let fault = Fault::success(404).with_release(released);
            assert!(Fault::all(server).contains(&fault), "{fault} at {server}");
            sandbox.inject(fault);
            assert_eq!(statuses(&sandbox, &[(server, id)]).await, [404]);
            let count = sandbox.release_count(server, id);
            assert_eq!(count, u64::from(released), "{server}");
        }
    }
}

#[tokio::test]
async fn a_stray_response_does_not_change_the_request_before() {
    for fault in [Fault::stray(404), Fault::late_stray(200)] {
        let sandbox = Sandbox::start().await.unwrap();
        sandbox.hold(SERVER, "1");
        sandbox.inject(fault);
        let requests = [(SERVER, "1"), (SERVER, "1"), (SERVER, "2")];
        assert_eq!(statuses(&sandbox, &requests).await, [200, 404, 404]);
        let recorded: Vec<_> = sandbox.requests().iter().map(|one| one.status).collect();
        assert_eq!(recorded, [Some(200), Some(404), Some(404)]);
        assert_eq!(sandbox.release_count(SERVER, "1"), 1);
    }
}

#[tokio::test]
async fn a_fault_releases_only_a_held_number() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.inject(Fault::success(201));
    assert_eq!(statuses(&sandbox, &[(SERVER, "1")]).await, [201]);
    assert!(!sandbox.requests()[0].released);
    assert_eq!(sandbox.state(SERVER, "1"), None);
}

#[tokio::test]
async fn a_fault_applies_to_every_request_until_cleared() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.inject(Fault::error(503));
    assert_eq!(statuses(&sandbox, &SERVERS).await, [503; 6]);
    sandbox.clear_faults();
    assert_eq!(statuses(&sandbox, &SERVERS).await, [404; 6]);
}

#[tokio::test]
async fn a_fault_applies_only_to_its_servers() {
    let sandbox = Sandbox::start().await.unwrap();
    let fault = Fault::error(503).at(Server::SynthflowUs);
    sandbox.inject(fault.at(Server::ExotelMumbai));
    assert_eq!(
        statuses(&sandbox, &SERVERS).await,
        [404, 404, 503, 404, 404, 503]
    );
}

#[tokio::test]
async fn a_fault_applies_only_to_its_numbers() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.inject(Fault::error(503).on("1").on("a/b"));
    let requests = [(SERVER, "1"), (SERVER, "2"), (SERVER, "a%2Fb")];
    assert_eq!(statuses(&sandbox, &requests).await, [503, 404, 503]);
}

#[tokio::test]
async fn a_fault_applies_only_to_the_next_n_matching_requests() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.inject(Fault::error(500).times(0));
    sandbox.inject(Fault::error(503).at(SERVER).on("1").times(2));
    let requests = [
        (SERVER, "1"),
        (SERVER, "2"),
        (Server::SynthflowUs, "1"),
        (SERVER, "1"),
        (SERVER, "1"),
    ];
    assert_eq!(
        statuses(&sandbox, &requests).await,
        [503, 404, 404, 503, 404]
    );
}

#[tokio::test]
async fn of_several_matching_faults_the_oldest_applies() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.inject(Fault::error(500).times(1));
    sandbox.inject(Fault::error(501).on("2"));
    sandbox.inject(Fault::error(502));
    let requests = [(SERVER, "2"), (SERVER, "2"), (SERVER, "1")];
    assert_eq!(statuses(&sandbox, &requests).await, [500, 501, 502]);
}

#[tokio::test]
async fn an_invalid_request_does_not_use_up_a_fault() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.hold(SERVER, TWOCHAT_ID);
    sandbox.inject(Fault::success(201).times(1));
    let valid = request(SERVER, TWOCHAT_ID);
    for (invalid, status) in [
        (valid.replace("UAK", "KAU"), 401),
        (valid.replace("DELETE", "GET"), 405),
        (valid.replace("/open", ""), 404),
    ] {
        assert_eq!(send(&sandbox, SERVER, &invalid).await.status, status);
    }
    assert_eq!(sandbox.state(SERVER, TWOCHAT_ID), Some(NumberState::Held));
    assert_eq!(send(&sandbox, SERVER, &valid).await.status, 201);
}

#[tokio::test]
async fn a_followed_redirect_shows_the_key_at_the_other_host() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.inject(Fault::redirect_to_other_host(307).at(SERVER));
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let path = format!("/open/voip/virtual-numbers/{TWOCHAT_ID}");
    let response = client
        .delete(sandbox.base_url(SERVER) + &path)
        .header("X-User-API-Key", "UAK-sandbox-2chat")
        .send();
    assert_eq!(response.await.unwrap().status(), 404);
    let [_, followed] = &sandbox.requests()[..] else {
        panic!("the client follows redirects");
    };
    assert_eq!(followed.server, Server::SynthflowGlobal);
    assert_eq!(followed.path, path);
    assert_eq!(followed.header("x-user-api-key"), Some("UAK-sandbox-2chat"));
}

#[tokio::test]
async fn a_redirect_to_the_same_url_brings_the_same_request() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.hold(Server::SynthflowUs, SYNTHFLOW_ID);
    sandbox.inject(Fault::redirect_to_same_url(308).times(1));
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!(
        "{}/numbers/{SYNTHFLOW_ID}",
        sandbox.base_url(Server::SynthflowUs)
    );
    let response = client
        .delete(url)
        .bearer_auth("sandbox-synthflow-key")
        .send();
    assert_eq!(response.await.unwrap().status(), 200);
    assert_eq!(sandbox.request_count(), 2);
}
