//! The bytes that each fault sends, and how it ends the connection.

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
async fn a_fault_that_closes_sends_its_bytes_first() {
    assert_closed(Fault::release_then_drop(), b"").await;
    assert_closed(Fault::drop_before_release(), b"").await;
    assert_closed(Fault::close(), b"").await;
    assert_closed(
        Fault::garbage(),
        b"\x00\x16\x03\x01 this is not HTTP \xff\r\n\r\n",
    )
    .await;
    assert_closed(
        Fault::truncated_headers(),
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
async fn a_reset_reaches_the_client() {
    for released in [false, true] {
        let fault = Fault::reset().with_release(released);
        let (_sandbox, mut stream) = faulted(Server::TwoChat, TWOCHAT_ID, fault).await;
        let error = soon(stream.read(&mut [0])).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    }
}

#[tokio::test]
async fn a_stall_sends_its_bytes_and_keeps_the_connection() {
    assert_stalled(Fault::stall_before_response(), b"").await;
    assert_stalled(
        Fault::stall_in_headers(),
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
async fn a_stall_at_accept_affects_one_connection() {
    let (sandbox, mut stalled) = faulted(Server::TwoChat, TWOCHAT_ID, Fault::stall_accept()).await;
    let mut next = connect(&sandbox, Server::TwoChat).await;
    let response = exchange(&mut next, &request(Server::TwoChat, TWOCHAT_ID)).await;
    assert_eq!(response.status, 404);
    assert_eq!(sandbox.request_count(), 1);

    sandbox.shutdown().await;
    assert_eq!(stalled.read(&mut [0]).await.unwrap(), 0);
}

#[tokio::test(start_paused = true)]
async fn one_byte_a_second_sends_the_whole_success() {
    let (_sandbox, mut stream) =
        faulted(Server::TwoChat, TWOCHAT_ID, Fault::one_byte_a_second()).await;
    let start = Instant::now();
    let mut received = String::new();
    stream.read_to_string(&mut received).await.unwrap();
    assert_eq!(
        received,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n\
         {\"success\": true}"
    );
    // The test's clock is paused: it jumps from one byte to the next.
    assert_eq!(start.elapsed().as_secs(), received.len() as u64);
}

#[tokio::test]
async fn an_endless_body_goes_on_as_long_as_it_is_read() {
    let fault = Fault::endless_body(200);
    let (_sandbox, mut stream) = faulted(Server::TwoChat, TWOCHAT_ID, fault).await;
    let start =
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n\
        11\r\n{\"success\": true}\r\n";
    let chunk = format!("1000\r\n{}\r\n", " ".repeat(4096));
    let expected = [&start[..], chunk.repeat(1000).as_bytes()].concat();
    let mut received = vec![0; expected.len()];
    soon(stream.read_exact(&mut received)).await.unwrap();
    assert!(received == expected);
}

#[tokio::test]
async fn an_endless_fault_ends_when_the_client_leaves() {
    for fault in [
        Fault::close(),
        Fault::stall_accept(),
        Fault::stall_before_response(),
        Fault::stall_in_headers(),
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
        let valid = request(Server::TwoChat, TWOCHAT_ID);
        stream.write_all(valid.as_bytes()).await.unwrap();
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
