//! What is refused and how. A refusal does not change the number.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use numbers_sandbox::{NumberState, Sandbox, Server};
use support::{Response, SERVERS, TWOCHAT_ID, request, send};

/// The vendor's error form with this status and message.
fn error(server: Server, status: u16, message: &str) -> String {
    match server {
        Server::TwoChat => format!(r#"{{"error": true, "error_message": "{message}"}}"#),
        Server::SynthflowGlobal | Server::SynthflowUs | Server::SynthflowEu => {
            format!(r#"{{"detail": "{message}"}}"#)
        }
        Server::ExotelSingapore | Server::ExotelMumbai => {
            format!(r#"{{"RestException":{{"Status":{status},"Message":"{message}"}}}}"#)
        }
    }
}

fn not_found(server: Server) -> &'static str {
    match server {
        Server::TwoChat => "Virtual number not found",
        Server::SynthflowGlobal | Server::SynthflowUs | Server::SynthflowEu => {
            "Phone number not found"
        }
        Server::ExotelSingapore | Server::ExotelMumbai => "ExoPhone not found",
    }
}

fn assert_refused(response: &Response, server: Server, status: u16, message: &str) {
    assert_eq!(response.status, status, "{server}");
    assert_eq!(response.body, error(server, status, message), "{server}");
    assert!(
        response
            .headers
            .contains("content-type: application/json\r\n"),
        "{server}"
    );
}

/// Changes one thing in a valid request, and asserts that it is refused and the number stays held.
async fn check_refused(change: impl Fn(&str) -> String, status: u16, message: &str) {
    let sandbox = Sandbox::start().await.unwrap();
    for (server, id) in SERVERS {
        sandbox.hold(server, id);
        let valid = request(server, id);
        let changed = change(&valid);
        assert_ne!(changed, valid, "{server}");
        let response = send(&sandbox, server, &changed).await;
        assert_refused(&response, server, status, message);
        assert_eq!(
            sandbox.state(server, id),
            Some(NumberState::Held),
            "{server}"
        );
        assert_eq!(sandbox.release_count(server, id), 0, "{server}");
    }
}

fn credential(request: &str) -> &str {
    request.lines().nth(2).unwrap()
}

/// The request with these lines in place of its credential.
fn with_credential(request: &str, lines: &str) -> String {
    request.replace(&format!("{}\r\n", credential(request)), lines)
}

#[tokio::test]
async fn a_missing_credential_is_refused() {
    check_refused(|r| with_credential(r, ""), 401, "Authentication failed").await;
}

#[tokio::test]
async fn a_wrong_credential_is_refused() {
    check_refused(
        |r| with_credential(r, &format!("{}A\r\n", credential(r))),
        401,
        "Authentication failed",
    )
    .await;
}

#[tokio::test]
async fn a_repeated_credential_is_refused() {
    check_refused(
        |r| with_credential(r, &format!("{0}\r\n{0}\r\n", credential(r))),
        401,
        "Authentication failed",
    )
    .await;
}

#[tokio::test]
async fn a_credential_in_another_vendors_header_is_refused() {
    check_refused(
        |r| {
            let key = credential(r).rsplit([' ', ':']).next().unwrap();
            let line = if r.contains("X-User-API-Key") {
                format!("Authorization: Bearer {key}\r\n")
            } else {
                format!("X-User-API-Key: {key}\r\n")
            };
            with_credential(r, &line)
        },
        401,
        "Authentication failed",
    )
    .await;
}

#[tokio::test]
async fn another_account_is_refused_by_exotel() {
    let sandbox = Sandbox::start().await.unwrap();
    for (server, id) in &SERVERS[4..] {
        sandbox.hold(*server, id);
        let other = request(*server, id).replace("/Accounts/sandbox/", "/Accounts/other/");
        let response = send(&sandbox, *server, &other).await;
        assert_refused(&response, *server, 401, "Authentication failed");
        assert_eq!(sandbox.state(*server, id), Some(NumberState::Held));
    }
}

#[tokio::test]
async fn another_method_is_refused() {
    for method in ["GET", "POST", "PUT", "PATCH"] {
        check_refused(|r| r.replace("DELETE", method), 405, "Method not allowed").await;
    }
}

#[tokio::test]
async fn a_path_other_than_one_numbers_is_refused() {
    let at_path = |path: fn(&str) -> String| {
        move |r: &str| {
            let old = r.split(' ').nth(1).unwrap();
            r.replacen(old, &path(old), 1)
        }
    };
    let collection = |old: &str| old[..old.rfind('/').unwrap()].to_owned();
    check_refused(at_path(collection), 404, "Not found").await;
    let no_id = |old: &str| old[..=old.rfind('/').unwrap()].to_owned();
    check_refused(at_path(no_id), 404, "Not found").await;
    check_refused(at_path(|old| format!("{old}/more")), 404, "Not found").await;
    check_refused(at_path(|old| format!("/other{old}")), 404, "Not found").await;
}

#[tokio::test]
async fn an_unknown_number_is_not_found() {
    let sandbox = Sandbox::start().await.unwrap();
    for (server, id) in SERVERS {
        let response = send(&sandbox, server, &request(server, id)).await;
        assert_refused(&response, server, 404, not_found(server));
        assert_eq!(sandbox.state(server, id), None, "{server}");
    }
}

#[tokio::test]
async fn a_number_held_in_another_region_is_not_found() {
    for (home, id) in SERVERS {
        let sandbox = Sandbox::start().await.unwrap();
        sandbox.hold(home, id);
        for (other, _) in SERVERS.into_iter().filter(|(other, _)| *other != home) {
            let response = send(&sandbox, other, &request(other, id)).await;
            assert_refused(&response, other, 404, not_found(other));
        }
        assert_eq!(sandbox.state(home, id), Some(NumberState::Held), "{home}");
    }
}

#[tokio::test]
async fn a_released_number_is_not_found() {
    let sandbox = Sandbox::start().await.unwrap();
    for (server, id) in SERVERS {
        sandbox.hold(server, id);
        send(&sandbox, server, &request(server, id)).await;
        let state = sandbox.state(server, id);
        let again = send(&sandbox, server, &request(server, id)).await;
        assert_refused(&again, server, 404, not_found(server));
        assert_eq!(sandbox.state(server, id), state, "{server}");

        sandbox.complete_accepted();
        let later = send(&sandbox, server, &request(server, id)).await;
        assert_refused(&later, server, 404, not_found(server));
        assert_eq!(sandbox.release_count(server, id), 1, "{server}");
    }
}

#[tokio::test]
async fn an_id_that_is_not_utf8_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    for (server, _) in SERVERS {
        let response = send(&sandbox, server, &request(server, "%FF")).await;
        assert_refused(&response, server, 404, "Not found");
    }
}

#[tokio::test]
async fn an_encoded_slash_is_part_of_the_number() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.hold(Server::TwoChat, TWOCHAT_ID);
    sandbox.hold(Server::TwoChat, "a/b c%");
    let response = send(
        &sandbox,
        Server::TwoChat,
        &request(Server::TwoChat, "a%2Fb%20c%25"),
    )
    .await;
    assert_eq!(response.status, 200);
    assert_eq!(
        sandbox.state(Server::TwoChat, "a/b c%"),
        Some(NumberState::Released)
    );

    // Neither a dot segment nor double encoding leads to another number.
    for id in [
        format!("x%2F..%2F{TWOCHAT_ID}"),
        format!("%2544{}", &TWOCHAT_ID[1..]),
        format!("..%2Fvirtual-numbers%2F{TWOCHAT_ID}"),
    ] {
        let response = send(&sandbox, Server::TwoChat, &request(Server::TwoChat, &id)).await;
        assert_eq!(response.status, 404, "{id}");
    }
    assert_eq!(
        sandbox.state(Server::TwoChat, TWOCHAT_ID),
        Some(NumberState::Held)
    );
}
