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

/// One request as it came in, and what became of it.
///
/// The fields hold everything, secrets included, so that a test can compare. `Debug` is fit for
/// the output of a failed test: it leaves out header values and the path, and of the number it
/// shows the last four characters.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recorded {
    /// The server that got the request.
    pub server: Server,
    /// The method, such as `DELETE`.
    pub method: String,
    /// The path as it stood in the request line: still percent-encoded, with the query if any.
    pub path: String,
    /// The number's segment of the path, decoded; none where the path is not the endpoint's.
    pub number: Option<String>,
    /// The headers in the order in which they came, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The length of the body in bytes.
    pub body_len: usize,
    /// The status that was answered; none where a [`Fault`](crate::Fault) left the client without a
    /// whole head.
    pub status: Option<u16>,
    /// Whether the request acted: the number was held until then and is released or accepted now.
    pub acted: bool,
    /// The name of the fault that took the request, if one did.
    pub fault: Option<String>,
}

impl Recorded {
    /// Takes a request down, its body included. What became of it is filled in later.
    pub(crate) async fn of(server: Server, request: Request) -> Self {
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
            acted: false,
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

/// Reads a body to its end, or to where the client breaks off, and keeps only its length.
async fn length(mut body: Body) -> usize {
    let mut length = 0;
    while let Some(Ok(frame)) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        length += frame.data_ref().map_or(0, |data| data.len());
    }
    length
}

impl fmt::Debug for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("Recorded")
            .field("server", &self.server)
            .field("method", &self.method)
            .field("number", &self.number.as_deref().map(last_four))
            .field("headers", &names)
            .field("body_len", &self.body_len)
            .field("status", &self.status)
            .field("acted", &self.acted)
            .field("fault", &self.fault)
            .finish_non_exhaustive()
    }
}

/// The last four characters of an id; nothing of an id that has no more than these.
pub(crate) fn last_four(id: &str) -> String {
    match id.char_indices().nth_back(3) {
        Some((start, _)) if start > 0 => format!("…{}", id.get(start..).unwrap_or_default()),
        _ => "…".to_owned(),
    }
}

/// The last requests, as many as the limit allows, and the count of all.
pub(crate) struct Record {
    limit: usize,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    count: u64,
    last: VecDeque<Recorded>,
}

impl Record {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit,
            kept: Mutex::default(),
        }
    }

    pub(crate) fn add(&self, request: Recorded) {
        let mut kept = self.lock();
        kept.count += 1;
        kept.last.push_back(request);
        if kept.last.len() > self.limit {
            kept.last.pop_front();
        }
    }

    pub(crate) fn count(&self) -> u64 {
        self.lock().count
    }

    pub(crate) fn last(&self) -> Vec<Recorded> {
        self.lock().last.iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        *self.lock() = Kept::default();
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
