use std::{
    collections::VecDeque,
    fmt,
    future::poll_fn,
    pin::Pin,
    sync::{Mutex, MutexGuard, PoisonError},
};

use axum::{
    body::{Body, HttpBody},
    extract::Request,
};

use crate::Server;

/// A request as it arrived, and its result.
///
/// The fields hold everything, secrets included, so that a test can compare. `Debug` can be shown in the
/// output of a failed test: it omits the path and the values of headers, and shows only the last four
/// characters of the number.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The server that got the request.
    pub server: Server,
    /// The method, such as `DELETE`.
    pub method: String,
    /// The path as it is in the request line: percent-encoded, with the query if there is one.
    pub path: String,
    /// The number's segment of the path, decoded; none if the path is not the endpoint's.
    pub number: Option<String>,
    /// The headers in the order of arrival, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The length of the body in bytes.
    pub body_len: usize,
    /// The status of the response; none if a [`Fault`](crate::Fault) left the client without complete headers.
    pub status: Option<u16>,
    /// Whether the request released a held number, or had its release accepted.
    pub released: bool,
    /// The name of the fault that applied to the request, if one did.
    pub fault: Option<String>,
}

impl RecordedRequest {
    /// Reads a request, its body included. The result is filled in later.
    pub(crate) async fn from_request(server: Server, request: Request) -> Self {
        let (parts, body) = request.into_parts();
        Self {
            server,
            method: parts.method.to_string(),
            path: parts.uri.to_string(),
            number: None,
            headers: parts
                .headers
                .iter()
                .map(|(name, value)| {
                    let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                    (name.to_string(), value)
                })
                .collect(),
            body_len: length(body).await,
            status: None,
            released: false,
            fault: None,
        }
    }

    /// The first value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Reads a body until it ends or the client leaves, and returns its length.
async fn length(mut body: Body) -> usize {
    let mut length = 0;
    while let Some(Ok(frame)) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        length += frame.data_ref().map_or(0, |data| data.len());
    }
    length
}

impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("RecordedRequest")
            .field("server", &self.server)
            .field("method", &self.method)
            .field("number", &self.number.as_deref().map(last_four))
            .field("headers", &names)
            .field("body_len", &self.body_len)
            .field("status", &self.status)
            .field("released", &self.released)
            .field("fault", &self.fault)
            .finish_non_exhaustive()
    }
}

/// The last four characters of an id; none of a shorter one.
pub(crate) fn last_four(id: &str) -> String {
    match id.char_indices().nth_back(3) {
        Some((start, _)) if start > 0 => format!("…{}", id.get(start..).unwrap_or_default()),
        _ => "…".to_owned(),
    }
}

/// The latest requests, up to a limit, and the count of all.
pub(crate) struct RequestLog {
    limit: usize,
    entries: Mutex<Entries>,
}

#[derive(Default)]
struct Entries {
    count: u64,
    latest: VecDeque<RecordedRequest>,
}

impl RequestLog {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit,
            entries: Mutex::default(),
        }
    }

    pub(crate) fn add(&self, request: RecordedRequest) {
        let mut entries = self.lock();
        entries.count += 1;
        entries.latest.push_back(request);
        if entries.latest.len() > self.limit {
            entries.latest.pop_front();
        }
    }

    pub(crate) fn count(&self) -> u64 {
        self.lock().count
    }

    pub(crate) fn latest(&self) -> Vec<RecordedRequest> {
        self.lock().latest.iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        *self.lock() = Entries::default();
    }

    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
