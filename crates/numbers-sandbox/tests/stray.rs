//! One response too many on a connection, byte by byte.

mod support;

use numbers_sandbox::{Fault, Server};
use support::{TWOCHAT_ID, assert_served, exchange, faulted, request, soon};
use tokio::io::AsyncReadExt;

/// The response to a request for a number that is not held.
const NOT_HELD: &str = "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 60\r\n\r\n\
                        {\"error\": true, \"error_message\": \"Virtual number not found\"}";

const STRAY_SUCCESS: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n\
                             {\"success\": true}";

#[tokio::test]
async fn a_stray_response_follows_the_requests_own() {
    let strays = [
        (200, STRAY_SUCCESS),
        (
            404,
            "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 59\r\n\r\n\
             {\"error\": true, \"error_message\": \"Injected by the sandbox\"}",
        ),
        (
            429,
            "HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\nContent-Length: 59\r\n\
             Retry-After: 0\r\n\r\n\
             {\"error\": true, \"error_message\": \"Injected by the sandbox\"}",
        ),
    ];
    for (status, stray) in strays {
        let both = [NOT_HELD, stray].concat();
        let fault = Fault::stray(status);
        assert_served(Server::TwoChat, TWOCHAT_ID, fault, both.as_bytes()).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_late_stray_response_comes_without_another_request() {
    let both = [NOT_HELD, STRAY_SUCCESS].concat();
    let fault = Fault::late_stray(200);
    assert_served(Server::TwoChat, TWOCHAT_ID, fault, both.as_bytes()).await;
}

#[tokio::test]
async fn a_late_stray_response_precedes_the_next_requests_own() {
    let fault = Fault::late_stray(200);
    let (_sandbox, mut stream) = faulted(Server::TwoChat, TWOCHAT_ID, fault).await;
    let mut own = vec![0; NOT_HELD.len()];
    soon(stream.read_exact(&mut own)).await.unwrap();
    assert_eq!(String::from_utf8(own).unwrap(), NOT_HELD);
    let next = request(Server::TwoChat, "next");
    assert_eq!(exchange(&mut stream, &next).await.status, 200);
    assert_eq!(exchange(&mut stream, &next).await.status, 404);
}
