//! Starting, stopping and connections.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may panic")]

mod support;

use numbers_sandbox::{Sandbox, Server};
use support::{SERVERS, connect, exchange, request};
use tokio::{
    io::AsyncReadExt,
    net::{TcpListener, TcpStream},
    runtime::Handle,
};

#[tokio::test]
async fn a_connection_serves_one_request_after_another() {
    let sandbox = Sandbox::start().await.unwrap();
    for (server, id) in SERVERS {
        let mut stream = connect(&sandbox, server).await;
        sandbox.hold(server, id);
        let first = exchange(&mut stream, &request(server, id)).await;
        assert!(first.status < 300, "{server}");
        sandbox.hold(server, id);
        let second = exchange(&mut stream, &request(server, id)).await;
        assert_eq!(second.status, first.status, "{server}");
        assert_eq!(sandbox.release_count(server, id), 2, "{server}");
    }
}

#[tokio::test]
async fn shutdown_closes_ports_and_connections_and_leaves_no_task() {
    let before = Handle::current().metrics().num_alive_tasks();
    let sandbox = Sandbox::start().await.unwrap();
    let mut open = connect(&sandbox, Server::TwoChat).await;
    exchange(&mut open, &request(Server::TwoChat, "1")).await;
    let address = open.peer_addr().unwrap();

    sandbox.shutdown().await;
    assert_eq!(open.read(&mut [0]).await.unwrap(), 0);
    assert!(TcpStream::connect(address).await.is_err());
    assert_eq!(Handle::current().metrics().num_alive_tasks(), before);
}

#[tokio::test]
async fn dropping_the_sandbox_closes_its_connections() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut open = connect(&sandbox, Server::ExotelMumbai).await;
    exchange(&mut open, &request(Server::ExotelMumbai, "1")).await;

    drop(sandbox);
    assert_eq!(open.read(&mut [0]).await.unwrap(), 0);
}

/// A sandbox on fixed ports. Another process may use one of them, so this tries a few times, below the
/// system's range of ephemeral ports.
async fn on_fixed_ports() -> (u16, Sandbox) {
    let start = u16::try_from(std::process::id() % 10_000).unwrap();
    for n in 0..20 {
        let first = 12_000 + start + 6 * n;
        if let Ok(sandbox) = Sandbox::builder().first_port(first).start().await {
            return (first, sandbox);
        }
    }
    panic!("no six free ports in a row");
}

#[tokio::test]
async fn fixed_ports_follow_the_first_port() {
    let (first, sandbox) = on_fixed_ports().await;
    let port = |n| format!("http://127.0.0.1:{}", first + n);
    assert_eq!(sandbox.base_url(Server::TwoChat), port(0));
    assert_eq!(sandbox.base_url(Server::SynthflowGlobal), port(1) + "/v2");
    assert_eq!(sandbox.base_url(Server::SynthflowUs), port(2) + "/v2");
    assert_eq!(sandbox.base_url(Server::SynthflowEu), port(3) + "/v2");
    assert_eq!(sandbox.base_url(Server::ExotelSingapore), port(4));
    assert_eq!(sandbox.base_url(Server::ExotelMumbai), port(5));
    // Each port is the right server's: a number held there is found.
    for (server, id) in SERVERS {
        sandbox.hold(server, id);
        let mut stream = connect(&sandbox, server).await;
        let response = exchange(&mut stream, &request(server, id)).await;
        assert!(response.status < 300, "{server}");
    }
}

#[tokio::test]
async fn a_taken_port_is_an_error() {
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = taken.local_addr().unwrap().port();
    let error = Sandbox::builder()
        .first_port(port)
        .start()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::AddrInUse);
}

#[tokio::test]
async fn a_first_port_that_is_too_high_is_an_error() {
    let error = Sandbox::builder().first_port(65_531).start().await;
    let error = error.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
    assert_eq!(
        error.to_string(),
        "6 ports from 65531 on would go beyond 65535"
    );
}
