//! Complete responses, byte by byte. After each the connection serves another request.

mod support;

use numbers_sandbox::{Fault, Server};
use support::{EXOTEL_ID, TWOCHAT_ID, assert_served};

#[tokio::test]
async fn a_fault_sends_its_body_under_the_success_status() {
    let two_chat = |fault, length: usize, content_type: &str, body: Vec<u8>| {
        let headers = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n"
        );
        let expected = [headers.into_bytes(), body].concat();
        async move { assert_served(Server::TwoChat, TWOCHAT_ID, fault, &expected).await }
    };
    let long = [r#"{"success": true}"#, &" ".repeat(65_520)]
        .concat()
        .into_bytes();
    two_chat(
        Fault::oversized_body(200, 65_537),
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
async fn a_fault_sends_its_response_under_any_status() {
    let cases: [(Fault, &str); 13] = [
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
        (
            Fault::oversized_body(302, 37),
            "HTTP/1.1 302 Found\r\nContent-Type: application/json\r\nContent-Length: 37\r\n\r\n\
             {\"Status\":202,\"Message\":\"Accepted\"}  ",
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
            Fault::redirect_to_same_url(308),
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
async fn every_error_form_is_sent_as_the_vendor_writes_it() {
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
