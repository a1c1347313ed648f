//! A server on loopback that says exactly what its script tells it, HTTP or not.

use crate::Script;
use crate::script::Then;
use std::collections::VecDeque;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, JoinSet};

/// The longest that a test waits for a connection to end; reaching it fails the test.
const PATIENCE: Duration = Duration::from_secs(20);

/// Answers each request, in the order of arrival, with the next script; the last one repeats.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<Vec<Vec<u8>>>,
}

/// What a server was sent.
#[derive(Debug)]
pub struct Seen {
    /// The bytes of each connection, to its end.
    pub connections: Vec<Vec<u8>>,
    /// How many connections resumed a TLS session of an earlier one.
    pub resumed: usize,
}

impl Seen {
    /// All requests, each with whatever stood behind its head.
    pub fn requests(&self) -> Vec<String> {
        let mut requests = Vec::new();
        for connection in &self.connections {
            let mut rest = &*String::from_utf8_lossy(connection);
            // All that is ever sent is a DELETE without a body, so the next one begins the next.
            while let Some(at) = rest.find("\r\n\r\nDELETE ") {
                let (request, next) = rest.split_at(at + 4);
                requests.push(request.to_owned());
                rest = next;
            }
            if !rest.is_empty() {
                requests.push(rest.to_owned());
            }
        }
        requests
    }
}

/// The request line and then the headers in the order of the alphabet. Nothing may stand behind
/// the head.
pub fn lines(request: &str) -> Vec<&str> {
    let head = request.strip_suffix("\r\n\r\n").expect("no body");
    let mut lines: Vec<_> = head.split("\r\n").collect();
    lines[1..].sort_unstable();
    lines
}

impl Server {
    /// Listens on a free port of 127.0.0.1.
    pub async fn start(scripts: impl IntoIterator<Item = Script>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let scripts = Arc::new(Mutex::new(scripts.into_iter().collect()));
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn(accept(listener, scripts, stopped));
        Self {
            address,
            stop,
            serving,
        }
    }

    /// The base URL, without a path.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits for the end of all connections and says what came. Drop the client first: its pool may
    /// hold one open.
    pub async fn finish(self) -> Seen {
        let _ = self.stop.send(());
        let waited = tokio::time::timeout(PATIENCE, self.serving).await;
        Seen {
            connections: waited.expect("a connection stayed open").unwrap(),
            resumed: 0,
        }
    }
}

type Scripts = Arc<Mutex<VecDeque<Script>>>;

async fn accept(
    listener: TcpListener,
    scripts: Scripts,
    mut stopped: oneshot::Receiver<()>,
) -> Vec<Vec<u8>> {
    let mut serving = JoinSet::new();
    let mut accepted = 0_usize;
    loop {
        let (stream, _) = tokio::select! {
            biased;
            connection = listener.accept() => connection.unwrap(),
            _ = &mut stopped => break,
        };
        let (scripts, at) = (Arc::clone(&scripts), accepted);
        accepted += 1;
        serving.spawn(async move { (at, serve(stream, &scripts).await) });
    }
    let mut connections = serving.join_all().await;
    connections.sort();
    connections.into_iter().map(|(_, bytes)| bytes).collect()
}

fn next(scripts: &Scripts) -> Script {
    let mut scripts = scripts.lock().unwrap();
    if scripts.len() > 1 {
        scripts.pop_front().unwrap()
    } else {
        scripts.front().unwrap().clone()
    }
}

/// Errors of the connection end it: the client may go whenever it likes.
async fn serve(mut stream: TcpStream, scripts: &Scripts) -> Vec<u8> {
    let mut seen = Vec::new();
    let mut late = Vec::new();
    loop {
        let mut peeked = [0; 8 * 1024];
        if !matches!(stream.peek(&mut peeked).await, Ok(1..)) {
            return seen;
        }
        if stream.write_all(&late).await.is_err() {
            return seen;
        }
        let script = next(scripts);
        if script.then == Then::Reset {
            // To close over unread bytes is how TCP resets.
            let count = stream.peek(&mut peeked).await.unwrap_or_default();
            seen.extend_from_slice(&peeked[..count]);
            return seen;
        }
        let begins = seen.len();
        let whole = |seen: &[u8]| seen[begins..].windows(4).any(|bytes| bytes == b"\r\n\r\n");
        while script.then != Then::AtOnce && !whole(&seen) {
            if !matches!(stream.read_buf(&mut seen).await, Ok(1..)) {
                return seen;
            }
        }
        if stream.write_all(&script.bytes).await.is_err() {
            return seen;
        }
        late = script.late;
        match script.then {
            Then::KeepOpen => continue,
            Then::Endless => while stream.write_all(&[b'x'; 4096]).await.is_ok() {},
            Then::Close | Then::AtOnce => {
                let _ = stream.shutdown().await;
            }
            Then::Stall | Then::Reset => {}
        }
        let _ = stream.read_to_end(&mut seen).await;
        return seen;
    }
}

/// A listener that nobody may connect to.
#[derive(Debug)]
pub struct Untouched(std::net::TcpListener);

impl Untouched {
    /// Listens on a free port of 127.0.0.1.
    pub fn listen() -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        Self(listener)
    }

    /// The base URL, without a path.
    pub fn url(&self) -> String {
        format!("http://{}", self.address())
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.0.local_addr().unwrap()
    }

    /// Whether anybody has connected since the last question.
    pub fn was_touched(&self) -> bool {
        match self.0.accept() {
            Ok(_) => true,
            Err(error) if error.kind() == ErrorKind::WouldBlock => false,
            Err(error) => panic!("{error}"),
        }
    }
}
