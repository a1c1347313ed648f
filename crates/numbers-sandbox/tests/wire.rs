//! What each fault puts on the wire, to the byte, and how the connection ends.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::io::ErrorKind;

use numbers_sandbox::{Fault, Sandbox, Server};
use support::{EXOTEL_ID, TWOCHAT_ID, connect, exchange, request, soon, until};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    runtime::Handle,
    time::Instant,
};

/// A sandbox with this fault for its next request, and a connection on which that one was sent.
async fn faulted(server: Server, id: &str, fault: Fault) -> (Sandbox, TcpStream) {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.inject(fault.times(1));
    let mut stream = connect(&sandbox, server).await;
    let right = request(server, id);
    stream.write_all(right.as_bytes()).await.unwrap();
    (sandbox, stream)
}

/// Asserts that these bytes come and then nothing more before the server closes the connection.
async fn assert_closed(fault: Fault, expected: &[u8]) {
    let name = fault.to_string();
    let (_sandbox, mut stream) = faulted(Server::TwoChat, TWOCHAT_ID, fault).await;
    let mut got = Vec::new();
    soon(stream.read_to_end(&mut got)).await.unwrap();
    assert_eq!(
        got.escape_ascii().to_string(),
        expected.escape_ascii().to_string(),
        "{name}"
    );
}

/// Asserts that these bytes come and the connection then serves another request.
async fn assert_served(server: Server, id: &str, fault: Fault, expected: &[u8]) {
    let name = fault.to_string();
    let (_sandbox, mut stream) = faulted(server, id, fault).await;
    let mut got = vec![0; expected.len()];
    soon(stream.read_exact(&mut got)).await.unwrap();
    assert_eq!(
        got.escape_ascii().to_string(),
        expected.escape_ascii().to_string(),
        "{name}"
    );
    let next = exchange(&mut stream, &request(server, id)).await;
    assert_eq!(next.status, 404, "{name}");
}

/// Asserts that these bytes come and nothing more, though the connection stays open until the
/// sandbox stops.
async fn assert_stalled(fault: Fault, expected: &[u8]) {
    let name = fault.to_string();
    let (sandbox, mut stream) = faulted(Server::TwoChat, TWOCHAT_ID, fault).await;
    let mut got = vec![0; expected.len()];
    soon(stream.read_exact(&mut got)).await.unwrap();
    assert_eq!(
        got.escape_ascii().to_string(),
        expected.escape_ascii().to_string(),
        "{name}"
    );
    until(|| sandbox.request_count() == 1).await;
    assert_eq!(
        stream.try_read(&mut [0]).unwrap_err().kind(),
        ErrorKind::WouldBlock,
        "{name}"
    );
    sandbox.shutdown().await;
    assert_eq!(soon(stream.read(&mut [0])).await.unwrap(), 0, "{name}");
}

#[tokio::test]
async fn closed_connections() {
    assert_closed(Fault::answer_then_drop(), b"").await;
    assert_closed(Fault::drop_before_acting(), b"").await;
    assert_closed(Fault::close(), b"").await;
    assert_closed(
        Fault::garbage(),
        b"\x00\x16\x03\x01 this is not HTTP \xff\r\n\r\n",
    )
    .await;
    assert_closed(
        Fault::truncated_head(),
        b"HTTP/1.1 200 OK\r\nContent-Type: appl",
    )
    .await;
    assert_closed(
        Fault::truncated_body(),
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n{\"succes",
    )
    .await;
    assert_closed(
        Fault::malformed_chunk(),
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n\
          8\r\n{\"succes\r\nsize\r\n",
    )
    .await;
    assert_closed(
        Fault::error(101),
        b"HTTP/1.1 101 Switching Protocols\r\n\r\n",
    )
    .await;
    assert_closed(Fault::error(199), b"HTTP/1.1 199 \r\n\r\n").await;
}

#[tokio::test]
async fn a_reset_connection() {
    for acting in [false, true] {
        let fault = Fault::reset().acting(acting);
        let (_sandbox, mut stream) = faulted(Server::TwoChat, TWOCHAT_ID, fault).await;
        let error = soon(stream.read(&mut [0])).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    }
}

#[tokio::test]
async fn stalls() {
    assert_stalled(Fault::stall_before_head(), b"").await;
    assert_stalled(
        Fault::stall_in_head(),
        b"HTTP/1.1 200 OK\r\nContent-Type: appl",
    )
    .await;
    assert_stalled(
        Fault::stall_in_body(),
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n{\"succes",
    )
    .await;
}

#[tokio::test]
async fn a_stall_at_accept_reads_no_request_and_spares_the_next_connection() {
    let (sandbox, mut stalled) = faulted(Server::TwoChat, TWOCHAT_ID, Fault::stall_accept()).await;
    let mut next = connect(&sandbox, Server::TwoChat).await;
    let answer = exchange(&mut next, &request(Server::TwoChat, TWOCHAT_ID)).await;
    assert_eq!(answer.status, 404);
    assert_eq!(sandbox.request_count(), 1);

    sandbox.shutdown().await;
    assert_eq!(stalled.read(&mut [0]).await.unwrap(), 0);
}

#[tokio::test(start_paused = true)]
async fn one_byte_a_second() {
    let (_sandbox, mut stream) =
        faulted(Server::TwoChat, TWOCHAT_ID, Fault::one_byte_a_second()).await;
    let start = Instant::now();
    let mut got = String::new();
    stream.read_to_string(&mut got).await.unwrap();
    assert_eq!(
        got,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n\
         {\"success\": true}"
    );
    // The clock is the test's own: it jumps from one byte to the next.
    assert_eq!(start.elapsed().as_secs(), got.len() as u64);
}

#[tokio::test]
async fn bodies_under_the_success_status() {
    let two_chat = |fault, length: usize, content_type: &str, body: Vec<u8>| {
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n"
        );
        let expected = [head.into_bytes(), body].concat();
        async move { assert_served(Server::TwoChat, TWOCHAT_ID, fault, &expected).await }
    };
    let long = [r#"{"success": true}"#, &" ".repeat(65_520)]
        .concat()
        .into_bytes();
    two_chat(
        Fault::oversized_body(65_537),
        65_537,
        "application/json",
        long,
    )
    .await;
    let plain = br#"{"success": true}"#.to_vec();
    two_chat(Fault::wrong_content_type(), 17, "text/plain", plain).await;
    let nested = ["[".repeat(30_000), "]".repeat(30_000)]
        .concat()
        .into_bytes();
    two_chat(
        Fault::deeply_nested_json(200),
        60_000,
        "application/json",
        nested,
    )
    .await;
    let not_text = b"{\"success\": \"\xff\xfe\", \"status\": \"\xc3\x28\"}".to_vec();
    two_chat(Fault::invalid_utf8(200), 33, "application/json", not_text).await;
    two_chat(Fault::empty(200), 0, "application/json", Vec::new()).await;
    two_chat(
        Fault::empty_object(200),
        2,
        "application/json",
        b"{}".to_vec(),
    )
    .await;
    let given = Fault::body(200, "image/png", b"\x89PNG");
    two_chat(given, 4, "image/png", b"\x89PNG".to_vec()).await;
}

#[tokio::test]
async fn answers_of_any_status() {
    let cases: [(Fault, &str); 12] = [
        (
            Fault::error(503),
            "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nContent-Length: 68\r\n\r\n\
             {\"RestException\":{\"Status\":503,\"Message\":\"Injected by the sandbox\"}}",
        ),
        (
            Fault::error(486),
            "HTTP/1.1 486 \r\nContent-Type: application/json\r\nContent-Length: 68\r\n\r\n\
             {\"RestException\":{\"Status\":486,\"Message\":\"Injected by the sandbox\"}}",
        ),
        (
            Fault::error(202),
            "HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 68\r\n\r\n\
             {\"RestException\":{\"Status\":400,\"Message\":\"Injected by the sandbox\"}}",
        ),
        (
            Fault::error(999),
            "HTTP/1.1 999 \r\nContent-Type: application/json\r\nContent-Length: 68\r\n\r\n\
             {\"RestException\":{\"Status\":999,\"Message\":\"Injected by the sandbox\"}}",
        ),
        (
            Fault::success(200),
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 35\r\n\r\n\
             {\"Status\":202,\"Message\":\"Accepted\"}",
        ),
        (Fault::empty(204), "HTTP/1.1 204 No Content\r\n\r\n"),
        (Fault::error(304), "HTTP/1.1 304 Not Modified\r\n\r\n"),
        (
            Fault::html(404),
            "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 106\r\n\r\n\
             <!DOCTYPE html>\n<html><head><title>404 Not Found</title></head>\
             <body><h1>404 Not Found</h1></body></html>\n",
        ),
        (
            Fault::retry_after(429, "Sun, 06 Nov 1994 08:49:37 GMT"),
            "HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\nContent-Length: 68\r\n\
             Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n\
             {\"RestException\":{\"Status\":429,\"Message\":\"Injected by the sandbox\"}}",
        ),
        (
            Fault::redirect_to(301, "http://other.example/"),
            "HTTP/1.1 301 Moved Permanently\r\nContent-Type: application/json\r\nContent-Length: 68\r\n\
             Location: http://other.example/\r\n\r\n\
             {\"RestException\":{\"Status\":301,\"Message\":\"Injected by the sandbox\"}}",
        ),
        (
            Fault::redirect_to_itself(308),
            "HTTP/1.1 308 Permanent Redirect\r\nContent-Type: application/json\r\nContent-Length: 68\r\n\
             Location: /v2_beta/Accounts/sandbox/IncomingPhoneNumbers/c5797dcbaaeed7678c4062a4a3ed2f8a\r\n\r\n\
             {\"RestException\":{\"Status\":308,\"Message\":\"Injected by the sandbox\"}}",
        ),
        (
            Fault::empty_object(202),
            "HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
        ),
    ];
    for (fault, expected) in cases {
        assert_served(Server::ExotelMumbai, EXOTEL_ID, fault, expected.as_bytes()).await;
    }
}

#[tokio::test]
async fn every_known_error_form() {
    let forms = [
        (
            Server::TwoChat,
            vec![
                r#"{"error": true, "error_message": "Injected by the sandbox"}"#,
                r#"{"success": false}"#,
                r#"{"success": false, "error": true, "error_message": "Injected by the sandbox"}"#,
                r#"{"error": true, "message": "Injected by the sandbox"}"#,
                r#"{"success": false, "detail": "Injected by the sandbox"}"#,
            ],
        ),
        (
            Server::SynthflowEu,
            vec![
                r#"{"detail": "Injected by the sandbox"}"#,
                r#"{"detail": [{"loc": ["path", "phone_number_slug"], "msg": "Injected by the sandbox", "type": "value_error"}]}"#,
                r#"{"error": "not_found", "message": "Injected by the sandbox"}"#,
                r#"{"status": "error"}"#,
            ],
        ),
        (
            Server::ExotelMumbai,
            vec![
                r#"{"RestException":{"Status":404,"Message":"Injected by the sandbox"}}"#,
                r#"{"RestException":{"Status":404,"Message":"Injected by the sandbox","Code":340030}}"#,
                r#"{"RestException":{"Status":404,"Message":"Injected by the sandbox","Code":"340030"}}"#,
                r#"{"request_id":"sandbox","http_code":404,"response":{"code":404,"error_data":{"code":1000,"message":"Injected by the sandbox","description":"Injected by the sandbox"},"status":"failure","data":null}}"#,
                r#"{"Status":404,"Message":"Injected by the sandbox"}"#,
            ],
        ),
    ];
    for (server, bodies) in forms {
        let faults = Fault::error_forms(server, 404);
        assert_eq!(faults.len(), bodies.len(), "{server}");
        for (fault, body) in faults.into_iter().zip(bodies) {
            let length = body.len();
            let expected = format!(
                "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
            );
            assert_served(server, TWOCHAT_ID, fault, expected.as_bytes()).await;
        }
    }
}

#[tokio::test]
async fn an_endless_body_goes_on_while_it_is_read() {
    let (_sandbox, mut stream) = faulted(Server::TwoChat, TWOCHAT_ID, Fault::endless_body()).await;
    let head =
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    let chunk = format!("1000\r\n{}\r\n", " ".repeat(4096));
    let expected = [&head[..], chunk.repeat(1000).as_bytes()].concat();
    let mut got = vec![0; expected.len()];
    soon(stream.read_exact(&mut got)).await.unwrap();
    assert!(got == expected);
}

#[tokio::test]
async fn what_does_not_end_by_itself_ends_when_the_client_leaves() {
    for fault in [
        Fault::close(),
        Fault::stall_accept(),
        Fault::stall_before_head(),
        Fault::stall_in_head(),
        Fault::stall_in_body(),
        Fault::one_byte_a_second(),
        Fault::endless_body(),
    ] {
        let tasks = || Handle::current().metrics().num_alive_tasks();
        let name = fault.to_string();
        let sandbox = Sandbox::start().await.unwrap();
        sandbox.inject(fault.times(1));
        let listeners = tasks();
        let mut stream = connect(&sandbox, Server::TwoChat).await;
        let right = request(Server::TwoChat, TWOCHAT_ID);
        stream.write_all(right.as_bytes()).await.unwrap();
        until(|| tasks() == listeners + 1).await;
        if name != "stall at accept" {
            until(|| sandbox.request_count() == 1).await;
        }
        assert_eq!(tasks(), listeners + 1, "{name}");
        drop(stream);
        until(|| tasks() == listeners).await;
        sandbox.shutdown().await;
    }
}
