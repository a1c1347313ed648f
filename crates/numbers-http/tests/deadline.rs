//! The time-out of a client whose process, or whose runtime, stood still past it.

#![allow(clippy::unwrap_used)] // helpers of tests, which the lint takes for other code

mod common;

use common::{http, release_at};
use numbers_core::{Error, ErrorKind, NumberId, Outcome};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// Long enough for a connection on a busy machine.
const TIMEOUT: Duration = Duration::from_secs(2);

/// A vendor in a thread of its own. It reads a request, sends `before`, says so, and once it is told that
/// the runtime stands still sends `after` when the time-out has passed.
fn vendor(before: &'static str, after: &'static str) -> (u16, Receiver<()>, Sender<()>) {
    let listener = TcpListener::bind("localhost:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (read, was_read) = channel();
    let (stand_still, stands_still) = channel::<()>();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]).unwrap();
        stream.write_all(before.as_bytes()).unwrap();
        read.send(()).unwrap();
        stands_still.recv().unwrap();
        // The time-out itself is what has to pass.
        std::thread::sleep(TIMEOUT + Duration::from_millis(100));
        stream.write_all(after.as_bytes()).unwrap();
        read.send(()).unwrap();
        let _ = stream.read(&mut [0; 1]);
    });
    (port, was_read, stand_still)
}

/// Releases a number on a runtime of one thread, which stands still from the moment in which the vendor has
/// read the request until its response lies ready and the time-out has passed.
fn release_while_standing_still(
    before: &'static str,
    after: &'static str,
) -> Result<Outcome, Error> {
    let (port, was_read, stand_still) = vendor(before, after);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let http = http(&format!("http://localhost:{port}"), TIMEOUT, |builder| {
            builder
        })
        .unwrap();
        let number = NumberId::new("n-1");
        let call = release_at(&http, &number);
        let stand = async {
            // Let the call go on until the vendor has read its request.
            while was_read.try_recv().is_err() {
                tokio::task::yield_now().await;
            }
            stand_still.send(()).unwrap();
            was_read.recv().unwrap();
        };
        tokio::join!(call, stand).0
    })
}

const SUCCESS: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";

#[test]
fn a_success_that_lies_ready_is_read() {
    let outcome = release_while_standing_still("", SUCCESS).unwrap();
    assert_eq!(outcome, Outcome::Released);
}

#[test]
fn a_refusal_that_lies_ready_is_read() {
    let response = "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n";
    let error = release_while_standing_still("", response).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert!(!error.may_have_released());
}

#[test]
fn the_rest_of_a_body_that_lies_ready_is_read() {
    let (head, rest) = SUCCESS.split_at(SUCCESS.len() - 1);
    let outcome = release_while_standing_still(head, rest).unwrap();
    assert_eq!(outcome, Outcome::Released);
}

#[test]
fn without_a_response_the_time_out_still_comes() {
    let error = release_while_standing_still("", "").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.may_have_released());
}

#[test]
fn half_a_body_leaves_the_outcome_unknown() {
    let (head, _) = SUCCESS.split_at(SUCCESS.len() - 1);
    let error = release_while_standing_still(head, "").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
    assert_eq!(
        (error.status(), error.may_have_released()),
        (Some(200), true)
    );
    assert_eq!(error.bytes(), Some(&b"{"[..]));
}

/// The runtime stands still past both time-outs while a TLS handshake is under way.
#[cfg(feature = "rustls")]
#[test]
fn a_handshake_that_never_ends_is_no_connection() {
    let listener = TcpListener::bind("localhost:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (accepted, was_accepted) = channel::<TcpStream>();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]).unwrap();
        accepted.send(stream).unwrap();
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let result = runtime.block_on(async {
        let url = format!("https://localhost:{port}");
        let http = http(&url, TIMEOUT, |builder| builder.tls_certs_only([])).unwrap();
        let number = NumberId::new("n-1");
        let stand = async {
            loop {
                if let Ok(stream) = was_accepted.try_recv() {
                    std::thread::sleep(TIMEOUT + Duration::from_millis(100));
                    break stream;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::join!(release_at(&http, &number), stand).0
    });
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    assert!(!error.may_have_released());
}

/// Responses that never come to an end, each as fast as it can be written. On two threads: on one the HTTP
/// library holds the only thread while it reads them.
#[test]
fn a_flood_is_cut_at_the_time_out() {
    for (head, flood) in [
        ("", "HTTP/1.1 100 Continue\r\n\r\n"),
        ("", "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n"),
        (
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
            "1\r\n \r\n",
        ),
    ] {
        let listener = TcpListener::bind("localhost:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let writer = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 4096]).unwrap();
            let _ = stream.write_all(head.as_bytes());
            let many = flood.repeat(10_000);
            // Ends when the client has gone.
            while stream.write_all(many.as_bytes()).is_ok() {}
        });
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let error = runtime.block_on(async {
            let url = format!("http://localhost:{port}");
            let http = http(&url, TIMEOUT, |builder| builder).unwrap();
            release_at(&http, &NumberId::new("n-1")).await.unwrap_err()
        });
        drop(runtime);
        writer.join().unwrap();
        assert!(error.may_have_released(), "{error}");
    }
}
