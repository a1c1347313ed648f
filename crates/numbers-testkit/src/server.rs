//! A server on loopback that follows a script, HTTP or not.

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

/// The longest that a test waits for a connection to end. Reaching it fails the test.
const FINISH_TIMEOUT: Duration = Duration::from_secs(20);

/// Runs one script for each request, in the order of arrival. The last script repeats.
#[derive(Debug)]
pub struct ScriptedServer {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<Vec<Vec<u8>>>,
}

/// What a server received.
#[derive(Debug)]
pub struct ServerLog {
    /// The bytes of each connection.
    pub connections: Vec<Vec<u8>>,
    /// How many connections resumed a TLS session of an earlier one.
    pub resumed: usize,
    /// How many connections offered early data (0-RTT).
    pub early_data: usize,
}

impl ServerLog {
    /// All requests, each with whatever followed its headers.
    pub fn requests(&self) -> Vec<String> {
        let mut requests = Vec::new();
        for connection in &self.connections {
            let mut rest = &*String::from_utf8_lossy(connection);
            // Clients send only DELETE requests without a body, so this is where the next one begins.
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

/// The request line, then the headers in alphabetical order. Panics if the request has a body.
pub fn request_lines(request: &str) -> Vec<&str> {
    let lines = request.strip_suffix("\r\n\r\n").expect("no body");
    let mut lines: Vec<_> = lines.split("\r\n").collect();
    lines[1..].sort_unstable();
    lines
}

/// What `call` sends to the base URL that it is given, as [`request_lines`], without the host and the user
/// agent. Panics if it is not one request.
pub async fn sent_lines(response: Script, call: impl AsyncFnOnce(&str)) -> Vec<String> {
    let server = ScriptedServer::start([response]).await;
    call(&server.url()).await;
    let log = server.finish().await;
    let [request] = &log.requests()[..] else {
        panic!("not one request: {log:?}");
    };
    let own = |line: &&str| line.starts_with("host: ") || line.starts_with("user-agent: ");
    let lines = request_lines(request).into_iter();
    lines.filter(|line| !own(line)).map(str::to_owned).collect()
}

impl ScriptedServer {
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

    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits for the end of all connections and returns what arrived. Drop the client first: it may keep a
    /// connection open.
    pub async fn finish(self) -> ServerLog {
        let _ = self.stop.send(());
        let connections = tokio::time::timeout(FINISH_TIMEOUT, self.serving).await;
        ServerLog {
            connections: connections.expect("a connection stayed open").unwrap(),
            resumed: 0,
            early_data: 0,
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
        let (scripts, index) = (Arc::clone(&scripts), accepted);
        accepted += 1;
        serving.spawn(async move { (index, serve(stream, &scripts).await) });
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

/// Serves one connection and returns the bytes received. An error ends it: the client may leave at any time.
async fn serve(mut stream: TcpStream, scripts: &Scripts) -> Vec<u8> {
    let mut received = Vec::new();
    let mut late = Vec::new();
    loop {
        let mut peeked = [0; 8 * 1024];
        if !matches!(stream.peek(&mut peeked).await, Ok(1..)) {
            return received;
        }
        if stream.write_all(&late).await.is_err() {
            return received;
        }
        let script = next(scripts);
        if script.then == Then::Reset {
            // Closing a socket with unread bytes makes TCP reset the connection.
            let count = stream.peek(&mut peeked).await.unwrap_or_default();
            received.extend_from_slice(&peeked[..count]);
            return received;
        }
        let start = received.len();
        let is_complete = |bytes: &[u8]| bytes[start..].windows(4).any(|end| end == b"\r\n\r\n");
        while script.then != Then::CloseEarly && !is_complete(&received) {
            if !matches!(stream.read_buf(&mut received).await, Ok(1..)) {
                return received;
            }
        }
        if stream.write_all(&script.bytes).await.is_err() {
            return received;
        }
        late = script.late;
        match script.then {
            Then::KeepOpen => continue,
            Then::Endless => while stream.write_all(&[b'x'; 4096]).await.is_ok() {},
            Then::Close | Then::CloseEarly => {
                let _ = stream.shutdown().await;
            }
            Then::Stall | Then::Reset => {}
        }
        let _ = stream.read_to_end(&mut received).await;
        return received;
    }
}

/// A listener that no client may connect to.
#[derive(Debug)]
pub struct UnusedListener(std::net::TcpListener);

impl UnusedListener {
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

    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.0.local_addr().unwrap()
    }

    /// Whether a client has connected since the last call.
    pub fn was_contacted(&self) -> bool {
        match self.0.accept() {
            Ok(_) => true,
            Err(error) if error.kind() == ErrorKind::WouldBlock => false,
            Err(error) => panic!("{error}"),
        }
    }
}
