//! What is refused, in which form, and that a refusal leaves the number alone.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use numbers_sandbox::{NumberState, Sandbox, Server};
use support::{Answer, SERVERS, TWOCHAT_ID, request, send};

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

fn absent(server: Server) -> &'static str {
    match server {
        Server::TwoChat => "Virtual number not found",
        Server::SynthflowGlobal | Server::SynthflowUs | Server::SynthflowEu => {
            "Phone number not found"
        }
        Server::ExotelSingapore | Server::ExotelMumbai => "ExoPhone not found",
    }
}

fn assert_refused(answer: &Answer, server: Server, status: u16, message: &str) {
    assert_eq!(answer.status, status, "{server}");
    assert_eq!(answer.body, error(server, status, message), "{server}");
    assert!(
        answer.head.contains("content-type: application/json\r\n"),
        "{server}"
    );
}

/// A request like the page's, but for one change; it must be refused and the number stay held.
async fn refused(change: impl Fn(&str) -> String, status: u16, message: &str) {
    let sandbox = Sandbox::start().await.unwrap();
    for (server, id) in SERVERS {
        sandbox.hold(server, id);
        let right = request(server, id);
        let changed = change(&right);
        assert_ne!(changed, right, "{server}");
        let answer = send(&sandbox, server, &changed).await;
        assert_refused(&answer, server, status, message);
        assert_eq!(
            sandbox.state(server, id),
            Some(NumberState::Held),
            "{server}"
        );
        assert_eq!(sandbox.times_acted(server, id), 0, "{server}");
    }
}

fn credential(request: &str) -> &str {
    request.lines().nth(2).unwrap()
}

/// The request with these lines in place of its credential's.
fn with_credential(request: &str, lines: &str) -> String {
    request.replace(&format!("{}\r\n", credential(request)), lines)
}

#[tokio::test]
async fn no_credential() {
    refused(|r| with_credential(r, ""), 401, "Authentication failed").await;
}

#[tokio::test]
async fn a_credential_with_one_character_more() {
    refused(
        |r| with_credential(r, &format!("{}A\r\n", credential(r))),
        401,
        "Authentication failed",
    )
    .await;
}

#[tokio::test]
async fn a_credential_sent_twice() {
    refused(
        |r| with_credential(r, &format!("{0}\r\n{0}\r\n", credential(r))),
        401,
        "Authentication failed",
    )
    .await;
}

#[tokio::test]
async fn another_vendors_way_to_present_a_credential() {
    refused(
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
async fn another_account_at_exotel() {
    let sandbox = Sandbox::start().await.unwrap();
    for (server, id) in &SERVERS[4..] {
        sandbox.hold(*server, id);
        let other = request(*server, id).replace("/Accounts/sandbox/", "/Accounts/other/");
        let answer = send(&sandbox, *server, &other).await;
        assert_refused(&answer, *server, 401, "Authentication failed");
        assert_eq!(sandbox.state(*server, id), Some(NumberState::Held));
    }
}

#[tokio::test]
async fn another_method() {
    for method in ["GET", "POST", "PUT", "PATCH"] {
        refused(|r| r.replace("DELETE", method), 405, "Method not allowed").await;
    }
}

#[tokio::test]
async fn the_collection_and_what_lies_below_a_number() {
    let at_path = |path: fn(&str) -> String| {
        move |r: &str| {
            let old = r.split(' ').nth(1).unwrap();
            r.replacen(old, &path(old), 1)
        }
    };
    let collection = |old: &str| old[..old.rfind('/').unwrap()].to_owned();
    refused(at_path(collection), 404, "Not found").await;
    let no_id = |old: &str| old[..=old.rfind('/').unwrap()].to_owned();
    refused(at_path(no_id), 404, "Not found").await;
    refused(at_path(|old| format!("{old}/more")), 404, "Not found").await;
    refused(at_path(|old| format!("/other{old}")), 404, "Not found").await;
}

#[tokio::test]
async fn a_number_that_is_not_there() {
    let sandbox = Sandbox::start().await.unwrap();
    for (server, id) in SERVERS {
        let answer = send(&sandbox, server, &request(server, id)).await;
        assert_refused(&answer, server, 404, absent(server));
        assert_eq!(sandbox.state(server, id), None, "{server}");
    }
}

#[tokio::test]
async fn a_number_held_in_another_region() {
    for (home, id) in SERVERS {
        let sandbox = Sandbox::start().await.unwrap();
        sandbox.hold(home, id);
        for (other, _) in SERVERS.into_iter().filter(|(other, _)| *other != home) {
            let answer = send(&sandbox, other, &request(other, id)).await;
            assert_refused(&answer, other, 404, absent(other));
        }
        assert_eq!(sandbox.state(home, id), Some(NumberState::Held), "{home}");
    }
}

#[tokio::test]
async fn a_second_release_of_the_same_number() {
    let sandbox = Sandbox::start().await.unwrap();
    for (server, id) in SERVERS {
        sandbox.hold(server, id);
        send(&sandbox, server, &request(server, id)).await;
        let state = sandbox.state(server, id);
        let again = send(&sandbox, server, &request(server, id)).await;
        assert_refused(&again, server, 404, absent(server));
        assert_eq!(sandbox.state(server, id), state, "{server}");

        sandbox.complete_accepted();
        let later = send(&sandbox, server, &request(server, id)).await;
        assert_refused(&later, server, 404, absent(server));
        assert_eq!(sandbox.times_acted(server, id), 1, "{server}");
    }
}

#[tokio::test]
async fn a_segment_that_is_not_text() {
    let sandbox = Sandbox::start().await.unwrap();
    for (server, _) in SERVERS {
        let answer = send(&sandbox, server, &request(server, "%FF")).await;
        assert_refused(&answer, server, 404, "Not found");
    }
}

#[tokio::test]
async fn an_encoded_slash_stays_within_the_number() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.hold(Server::TwoChat, TWOCHAT_ID);
    sandbox.hold(Server::TwoChat, "a/b c%");
    let answer = send(
        &sandbox,
        Server::TwoChat,
        &request(Server::TwoChat, "a%2Fb%20c%25"),
    )
    .await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        sandbox.state(Server::TwoChat, "a/b c%"),
        Some(NumberState::Released)
    );

    // Neither a way up in the path nor decoding twice leads to another number.
    for id in [
        format!("x%2F..%2F{TWOCHAT_ID}"),
        format!("%2544{}", &TWOCHAT_ID[1..]),
        format!("..%2Fvirtual-numbers%2F{TWOCHAT_ID}"),
    ] {
        let answer = send(&sandbox, Server::TwoChat, &request(Server::TwoChat, &id)).await;
        assert_eq!(answer.status, 404, "{id}");
    }
    assert_eq!(
        sandbox.state(Server::TwoChat, TWOCHAT_ID),
        Some(NumberState::Held)
    );
}
