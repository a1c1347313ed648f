//! Blocking calls, and calls that are dropped.

#![cfg(all(feature = "synthflow", feature = "blocking"))]
#![allow(clippy::unwrap_used)] // helpers of tests, which the lint takes for other code

use numbers::blocking::Blocking;
use numbers::{CompiledVendor, NumberId, Outcome, Releaser, TransportOptions};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

const SUCCESS: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 15\r\n\r\n{\"status\":\"ok\"}";

fn client(listener: &TcpListener) -> Arc<dyn Releaser> {
    let url = format!("http://{}/v2", listener.local_addr().unwrap());
    let vendor: CompiledVendor = "synthflow".parse().unwrap();
    let lookup = |name: &str| {
        let value = if name.ends_with("_URL") {
            url.as_str()
        } else {
            "global"
        };
        Some(value.into())
    };
    vendor.from_vars(lookup, TransportOptions::new()).unwrap()
}

/// Accepts a connection and reads one request from it.
fn accept(listener: &TcpListener) -> TcpStream {
    let (mut stream, _) = listener.accept().unwrap();
    read(&mut stream);
    stream
}

/// Reads one request.
fn read(stream: &mut TcpStream) {
    let mut read = Vec::new();
    while !read.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        assert_eq!(
            stream.read(&mut byte).unwrap(),
            1,
            "the request is incomplete"
        );
        read.extend(byte);
    }
}

#[test]
fn blocking_callers_share_a_client() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = client(&listener);
    let server = std::thread::spawn(move || {
        for _ in 0..4 {
            let mut stream = accept(&listener);
            stream.write_all(SUCCESS).unwrap();
            // One request a connection: the client closes it.
            assert_eq!(stream.read(&mut [0]).unwrap(), 0);
        }
    });
    let callers = [
        Blocking::new(Arc::clone(&client)),
        Blocking::new(Arc::clone(&client)),
    ];
    for blocking in callers.iter().cycle().take(4) {
        let release = blocking.release(&NumberId::new("12025550143")).unwrap();
        assert_eq!(release.outcome(), Outcome::Released);
    }
    server.join().unwrap();
}

#[tokio::test]
async fn a_dropped_call_does_not_affect_another() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = client(&listener);
    let (arrived, has_arrived) = tokio::sync::oneshot::channel();
    let server = std::thread::spawn(move || {
        let silent = accept(&listener);
        arrived.send(()).unwrap();
        accept(&listener).write_all(SUCCESS).unwrap();
        drop(silent);
    });
    let number = NumberId::new("12025550143");
    tokio::select! {
        _ = client.release(&number) => panic!("no response was sent"),
        arrived = has_arrived => arrived.unwrap(),
    }
    let release = client.release(&number).await.unwrap();
    assert_eq!(release.outcome(), Outcome::Released);
    server.join().unwrap();
}
