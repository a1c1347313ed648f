//! How each fault ends the connection, and what it puts on the wire before that, to the byte.

mod support;

use std::io::ErrorKind;

use numbers_sandbox::{Fault, Sandbox, Server};
use support::{
    TWOCHAT_ID, assert_closed, assert_stalled, connect, exchange, faulted, request, soon, until,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    runtime::Handle,
    time::Instant,
};

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
        Fault::truncated_body(200),
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 18\r\n\r\n{\"success\": true}",
    )
    .await;
    assert_closed(
        Fault::malformed_chunk(404),
        b"HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n\
          11\r\n{\"success\": true}\r\nsize\r\n",
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
        Fault::stall_in_body(500),
        b"HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/json\r\nContent-Length: 18\r\n\r\n{\"success\": true}",
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
async fn an_endless_body_goes_on_while_it_is_read() {
    let fault = Fault::endless_body(200);
    let (_sandbox, mut stream) = faulted(Server::TwoChat, TWOCHAT_ID, fault).await;
    let head =
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n\
        11\r\n{\"success\": true}\r\n";
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
        Fault::stall_in_body(200),
        Fault::one_byte_a_second(),
        Fault::endless_body(404),
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
