//! What holds for any id and any response, at every vendor.

#![cfg(all(feature = "twochat", feature = "synthflow", feature = "exotel"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // helpers of tests, which the lints take for other code

use numbers::{
    CompiledVendor, Error, ErrorKind, NumberId, Outcome, Release, Releaser, TransportOptions,
};
use proptest::prelude::*;
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use tokio::runtime::Runtime;

/// Responds to every request with the bytes that are set, and keeps the request lines.
#[derive(Clone)]
struct FixedResponder {
    address: SocketAddr,
    response: Arc<Mutex<Vec<u8>>>,
    lines: Arc<Mutex<Vec<String>>>,
}

impl FixedResponder {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = Self {
            address,
            response: Arc::default(),
            lines: Arc::default(),
        };
        let shared = server.clone();
        // Ends with the process.
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut lines = BufReader::new(stream.try_clone().unwrap())
                    .lines()
                    .map_while(Result::ok);
                shared.lines.lock().unwrap().extend(lines.next());
                lines.take_while(|line| !line.is_empty()).for_each(drop);
                let response = shared.response.lock().unwrap().clone();
                let _ = stream.write_all(&response);
            }
        });
        server
    }

    fn client(&self, vendor: &str) -> Arc<dyn Releaser> {
        let url = format!("http://{}/base", self.address);
        let vendor: CompiledVendor = vendor.parse().unwrap();
        let lookup = |name: &str| match name {
            "EXOTEL_ACCOUNT_SID" => Some("acct".into()),
            name if name.ends_with("_BASE_URL") => Some((&url).into()),
            name if name.ends_with("_API_KEY") || name.ends_with("_API_TOKEN") => {
                Some("secret".into())
            }
            _ => None,
        };
        vendor.from_vars(lookup, TransportOptions::new()).unwrap()
    }

    /// Returns and forgets the path of each request so far.
    fn take_paths(&self) -> Vec<String> {
        let lines = std::mem::take(&mut *self.lines.lock().unwrap());
        lines
            .iter()
            .map(|line| line.split(' ').nth(1).unwrap().to_owned())
            .collect()
    }
}

const VENDORS: [(&str, &str); 3] = [
    ("twochat", "/base/open/voip/virtual-numbers/"),
    ("synthflow", "/base/numbers/"),
    (
        "exotel",
        "/base/v2_beta/Accounts/acct/IncomingPhoneNumbers/",
    ),
];

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

fn id() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[0-9+]{0,16}",
        "[a-z0-9./\\\\%?#;:@&=+$, \u{e9}\u{1f600}-]{0,12}",
        Just("..".to_owned()),
        Just(".".to_owned()),
        "x{120,140}",
        "DID[0-9a-fA-F]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{11,13}",
    ]
}

fn decode(segment: &str) -> String {
    let bytes = segment.as_bytes();
    let mut decoded = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'%' {
            decoded.push(u8::from_str_radix(&segment[at + 1..at + 3], 16).unwrap());
            at += 3;
        } else {
            decoded.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(decoded).unwrap()
}

#[test]
fn an_id_is_sent_as_one_path_segment_or_refused() {
    let (server, runtime) = (FixedResponder::start(), runtime());
    *server.response.lock().unwrap() =
        b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec();
    let clients = VENDORS.map(|(vendor, prefix)| (server.client(vendor), prefix));
    proptest!(|(id in id())| {
        for (client, prefix) in &clients {
            let number = NumberId::new(id.as_str());
            let preview = client.preview(&number);
            let error = runtime.block_on(client.release(&number)).unwrap_err();
            let paths = server.take_paths();
            match preview {
                Err(refused) => {
                    prop_assert_eq!((refused.kind(), error.kind()), (ErrorKind::InvalidNumber, ErrorKind::InvalidNumber));
                    prop_assert!(!error.may_have_released() && error.attempts().is_empty() && paths.is_empty());
                }
                Ok(preview) => {
                    prop_assert_eq!((error.kind(), paths.len()), (ErrorKind::NotFound, 1));
                    prop_assert!(preview.url().ends_with(&paths[0]), "{} {}", preview.url(), paths[0]);
                    let segment = paths[0].strip_prefix(prefix).unwrap();
                    prop_assert!(!segment.is_empty() && !segment.contains(['/', '?', '#']), "{}", segment);
                    prop_assert_eq!(decode(segment), id.as_str());
                }
            }
        }
    });
}

fn body() -> impl Strategy<Value = Vec<u8>> {
    let value = prop_oneof![
        Just("true"),
        Just("false"),
        Just("null"),
        Just("\"ok\""),
        Just("\"no\""),
        Just("202"),
        Just("404"),
        Just("503"),
        Just("408"),
        Just("600"),
        Just("70000"),
        Just("{}"),
        Just("[]"),
        Just("{\"Status\": 404, \"Message\": \"no\", \"Code\": 7}"),
        Just("{\"error_data\": {\"code\": 1}}"),
    ];
    let name = prop_oneof![
        Just("success"),
        Just("error"),
        Just("error_message"),
        Just("status"),
        Just("detail"),
        Just("Status"),
        Just("Message"),
        Just("RestException"),
        Just("http_code"),
        Just("response"),
    ];
    prop_oneof![
        1 => prop::collection::vec(any::<u8>(), 0..64),
        4 => prop::collection::btree_map(name, value, 0..4).prop_map(|fields| {
            let fields: Vec<_> = fields.iter().map(|(name, value)| format!("\"{name}\": {value}")).collect();
            format!("{{{}}}", fields.join(", ")).into_bytes()
        }),
    ]
}

/// The rule for a complete response: an outcome, or a kind and whether it may have released.
fn expected(vendor: &str, status: u16, body: &[u8]) -> Result<Outcome, (ErrorKind, bool)> {
    let unexpected = Err((ErrorKind::UnexpectedResponse, true));
    // A 204 has no body, whatever was sent.
    let value: Value = if status == 204 {
        Value::Null
    } else {
        serde_json::from_slice(body).unwrap_or_default()
    };
    let statuses: Vec<&Value> = [
        "/RestException/Status",
        "/http_code",
        "/response/code",
        "/Status",
    ]
    .iter()
    .filter_map(|at| value.pointer(at))
    .filter(|status| !status.is_null())
    .collect();
    let states_success = match vendor {
        "twochat" => value["success"] == true,
        "synthflow" => value["status"] == "ok",
        _ => {
            let other = &value["status"];
            statuses.iter().any(|status| **status == 202) || *other == 202 || *other == "ok"
        }
    };
    match status {
        200..=299 => {}
        408 => return Err((ErrorKind::Timeout, true)),
        300..=399 => return Err((ErrorKind::Redirected, true)),
        500..=599 => return Err((ErrorKind::ServerError, true)),
        600.. => return unexpected,
        _ if states_success => return unexpected,
        status => return Err((ErrorKind::from_status(status), false)),
    }
    if !value.is_object() {
        return unexpected;
    }
    let silent = |names: &[&str]| {
        names
            .iter()
            .all(|name| matches!(value[*name], Value::Null | Value::Bool(false)))
    };
    let rejected = Err((ErrorKind::Rejected, false));
    match vendor {
        "twochat" => match (&value["success"], &value["error"]) {
            (Value::Bool(true), _) if status != 200 => unexpected,
            (Value::Bool(true), _) if silent(&["error", "error_message", "detail"]) => {
                Ok(Outcome::Released)
            }
            (Value::Bool(false), _) | (Value::Null, Value::Bool(true)) => rejected,
            _ => unexpected,
        },
        "synthflow" if status == 200 && states_success && silent(&["error", "detail"]) => {
            Ok(Outcome::Released)
        }
        "synthflow" => unexpected,
        _ => {
            let present =
                |pointer: &str| value.pointer(pointer).is_some_and(|value| !value.is_null());
            let form = present("/RestException") || present("/response/error_data");
            let unknown_error = !silent(&["error"])
                || present("/status") && value["status"] != 202 && value["status"] != "ok"
                || present("/response") && !value["response"].is_object();
            // `RestException` takes precedence over the envelope, even if it is empty.
            let fields = if present("/RestException") {
                ["/RestException/Message", "/RestException/Code"]
            } else {
                ["/response/error_data/code", "/response/error_data/message"]
            };
            let has_content = !statuses.is_empty() || fields.iter().any(|at| present(at));
            let accepted = statuses.iter().all(|status| **status == 202);
            let says_success = states_success || value["Message"] == "ok";
            let failed = statuses
                .iter()
                .all(|status| status == &statuses[0] && status.as_i64() >= Some(400));
            match statuses.first().and_then(|status| status.as_i64()) {
                _ if unknown_error => unexpected,
                _ if accepted && !form && status == 202 => Ok(Outcome::Accepted),
                _ if !failed || !has_content || says_success || accepted && !form => unexpected,
                Some(404) => Err((ErrorKind::NotFound, false)),
                Some(408) => Err((ErrorKind::Timeout, true)),
                Some(503) => Err((ErrorKind::ServerError, true)),
                Some(600..) => unexpected,
                _ => rejected,
            }
        }
    }
}

#[test]
fn any_response_leads_to_the_outcome_of_the_rule() {
    let (server, runtime) = (FixedResponder::start(), runtime());
    let clients = VENDORS.map(|(vendor, _)| (server.client(vendor), vendor));
    let number = |vendor: &str| {
        NumberId::new(if vendor == "twochat" {
            "DID64a54de2-8ebe-4c01-838f-a2235815dab4"
        } else {
            "12025550143"
        })
    };
    let status = prop_oneof![
        Just(200u16),
        Just(202),
        Just(204),
        Just(404),
        200u16..300,
        200u16..1000
    ];
    let config = ProptestConfig::with_cases(1024);
    proptest!(config, |(status in status, header in "[ -~]{0,40}", body in body())| {
        let headers = format!("HTTP/1.1 {status} x\r\nretry-after: {header}\r\nx-request-id: {header}\r\nconnection: close\r\n\r\n");
        *server.response.lock().unwrap() = [headers.as_bytes(), &body].concat();
        for (client, vendor) in &clients {
            let result: Result<Release, Error> = runtime.block_on(client.release(&number(vendor)));
            let actual = result
                .map(|release| release.outcome())
                .map_err(|error| (error.kind(), error.may_have_released()));
            let sent = server.take_paths().len();
            let expected = expected(vendor, status, &body);
            prop_assert_eq!(actual, expected, "{} {} {:?}", vendor, status, String::from_utf8_lossy(&body));
            prop_assert_eq!(sent, 1);
        }
    });
}
