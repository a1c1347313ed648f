//! The time-out of a client whose process or runtime was blocked past it.

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

/// A vendor in a thread of its own. It reads a request, sends `before` and signals it. After the signal that
/// the runtime is blocked, it waits until the time-out has passed and sends `after`.
fn vendor(before: &'static str, after: &'static str) -> (u16, Receiver<()>, Sender<()>) {
    let listener = TcpListener::bind("localhost:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (sent, was_sent) = channel();
    let (block, blocked) = channel::<()>();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]).unwrap();
        stream.write_all(before.as_bytes()).unwrap();
        sent.send(()).unwrap();
        blocked.recv().unwrap();
        // This is the time-out under test, which has to pass.
        std::thread::sleep(TIMEOUT + Duration::from_millis(100));
        stream.write_all(after.as_bytes()).unwrap();
        sent.send(()).unwrap();
        let _ = stream.read(&mut [0; 1]);
    });
    (port, was_sent, block)
}

/// Releases a number on a single-threaded runtime, which is blocked after the vendor has read the request, until
/// its response is ready and the time-out has passed.
fn release_on_blocked_runtime(before: &'static str, after: &'static str) -> Result<Outcome, Error> {
    let (port, was_sent, block) = vendor(before, after);
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
        let blocking = async {
            // Let the call go on until the vendor has read its request.
            while was_sent.try_recv().is_err() {
                tokio::task::yield_now().await;
            }
            block.send(()).unwrap();
            was_sent.recv().unwrap();
        };
        tokio::join!(call, blocking).0
    })
}

const SUCCESS: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";

#[test]
fn a_success_that_is_ready_is_read_after_the_time_out() {
    let outcome = release_on_blocked_runtime("", SUCCESS).unwrap();
    assert_eq!(outcome, Outcome::Released);
}

#[test]
fn a_refusal_that_is_ready_is_read_after_the_time_out() {
    let response = "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n";
    let error = release_on_blocked_runtime("", response).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert!(!error.may_have_released());
}

#[test]
fn a_rest_of_body_that_is_ready_is_read_after_the_time_out() {
    let (start, rest) = SUCCESS.split_at(SUCCESS.len() - 1);
    let outcome = release_on_blocked_runtime(start, rest).unwrap();
    assert_eq!(outcome, Outcome::Released);
}

#[test]
fn without_a_response_the_call_times_out() {
    let error = release_on_blocked_runtime("", "").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.may_have_released());
}

#[test]
fn half_a_body_leaves_the_outcome_unknown() {
    let (start, _) = SUCCESS.split_at(SUCCESS.len() - 1);
    let error = release_on_blocked_runtime(start, "").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
    assert_eq!(
        (error.status(), error.may_have_released()),
        (Some(200), true)
    );
    assert_eq!(error.bytes(), Some(&b"{"[..]));
}

/// The runtime is blocked past both time-outs during a TLS handshake.
#[cfg(feature = "rustls")]
#[test]
fn a_handshake_that_never_ends_is_a_failed_connection() {
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
        let blocking = async {
            loop {
                if let Ok(stream) = was_accepted.try_recv() {
                    std::thread::sleep(TIMEOUT + Duration::from_millis(100));
                    break stream;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::join!(release_at(&http, &number), blocking).0
    });
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    assert!(!error.may_have_released());
}

/// Endless responses, sent as fast as possible. On two threads: the HTTP library occupies one while it reads.
#[test]
fn an_endless_response_ends_at_the_time_out() {
    for (start, repeated) in [
        ("", "HTTP/1.1 100 Continue\r\n\r\n"),
        ("", "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n"),
        (
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
            "1\r\n \r\n",
        ),
    ] {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let listener = {
            let _guard = runtime.enter();
            let socket = tokio::net::TcpSocket::new_v4().unwrap();
            // Accepted sockets have it too. It keeps short what the client reads without a pause.
            socket.set_send_buffer_size(4096).unwrap();
            socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
            socket.listen(1).unwrap().into_std().unwrap()
        };
        listener.set_nonblocking(false).unwrap();
        let port = listener.local_addr().unwrap().port();
        let writer = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            stream.set_nonblocking(false).unwrap();
            let _ = stream.read(&mut [0; 4096]).unwrap();
            let _ = stream.write_all(start.as_bytes());
            let many = repeated.repeat(10_000);
            // Ends when the client has gone.
            while stream.write_all(many.as_bytes()).is_ok() {}
        });
        let error = runtime.block_on(async {
            let url = format!("http://localhost:{port}");
            let http = http(&url, TIMEOUT, |builder| builder).unwrap();
            release_at(&http, &NumberId::new("n-1")).await.unwrap_err()
        });
        drop(runtime);
        writer.join().unwrap();
        let kind = match start {
            "" => ErrorKind::Timeout,
            _ => ErrorKind::UnexpectedResponse,
        };
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.may_have_released(), "{error}");
    }
}
