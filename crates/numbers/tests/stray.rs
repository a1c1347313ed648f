//! A server that sends a stray response: every number still gets its own response.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // in what the tests share

use numbers::twochat::Client as Twochat;
use numbers::{
    Error, ErrorKind, NumberId, Outcome, Release, Releaser, Retry, RetryPolicy, TransportOptions,
};
use numbers_testkit::{Certificate, Script, ScriptedServer, ServerLog, TlsServer};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, mpsc};

/// How the stray response follows the request's own.
type Follow = fn(Script, &Script) -> Script;

const FOLLOWS: [(&str, Follow); 2] = [
    ("late", Script::then_late_stray),
    ("in the same packet", Script::then_stray),
];

/// How the client is called: directly, as a trait object, or within `Retry`.
const CALLERS: [&str; 3] = ["client", "dyn", "retry"];

/// Releases of five numbers, with one stray response after the first.
struct Sequence {
    name: String,
    caller: &'static str,
    /// Whether each number is held: then its own response is a success, else a 404. The first is not held. For
    /// the second the stray response would be wrong. After that neighbours differ.
    held: [bool; 5],
    follow: Follow,
    stray: Script,
}

impl Sequence {
    fn all() -> impl Iterator<Item = Self> {
        let strays = [
            ("success", success(), [false, false, true, false, true]),
            ("404", refusal(), [false, true, false, true, false]),
            ("429", rate_limited(), [false, true, false, true, false]),
        ];
        strays.into_iter().flat_map(|(status, stray, held)| {
            FOLLOWS.into_iter().flat_map(move |(how, follow)| {
                CALLERS.map(|caller| Self {
                    name: format!("a stray {status} {how}, {caller}"),
                    caller,
                    held,
                    follow,
                    stray: stray.clone(),
                })
            })
        })
    }

    fn scripts(&self) -> Vec<Script> {
        let own = self
            .held
            .map(|held| if held { success() } else { refusal() });
        let mut scripts = own.map(Script::then_keep_open);
        let [first, ..] = &mut scripts;
        *first = (self.follow)(refusal(), &self.stray);
        scripts.into()
    }

    async fn release_all(&self, client: Twochat) {
        let shared = || -> Arc<dyn Releaser> { Arc::new(client.clone()) };
        match self.caller {
            "client" => self.release_through(client).await,
            "dyn" => self.release_through(shared()).await,
            _ => {
                let retry = Retry::new(shared(), RetryPolicy::default());
                self.release_through(retry).await;
            }
        }
    }

    async fn release_through(&self, releaser: impl Releaser) {
        for (n, held) in self.held.into_iter().enumerate() {
            let result = releaser.release(&id(n)).await;
            assert_own(held, result, &format!("{}, number {n}", self.name));
        }
    }

    /// Asserts that each number's request had a connection of its own.
    fn assert_one_request_each(&self, log: &ServerLog) {
        let count = self.held.len();
        assert_eq!(log.connections.len(), count, "{}", self.name);
        assert_eq!(log.requests().len(), count, "{}", self.name);
        for (n, bytes) in log.connections.iter().enumerate() {
            let request = String::from_utf8_lossy(bytes);
            assert!(
                request.contains(id(n).as_str()),
                "{}, number {n}",
                self.name
            );
        }
    }
}

fn success() -> Script {
    Script::response(200, "{\"success\": true}")
}

fn refusal() -> Script {
    Script::response(404, "{\"error\": true, \"error_message\": \"not found\"}")
}

fn rate_limited() -> Script {
    Script::response_with(429, "retry-after: 0\r\n", "{\"error\": true}")
}

fn id(n: usize) -> NumberId {
    NumberId::new(format!("DID00000000-0000-4000-8000-{n:012}"))
}

fn assert_own(held: bool, result: Result<Release, Error>, context: &str) {
    let attempts = match &result {
        Ok(release) => release.attempts().len(),
        Err(error) => error.attempts().len(),
    };
    let reported = result
        .map(|release| release.outcome())
        .map_err(|error| (error.kind(), error.may_have_released()));
    let own = if held {
        Ok(Outcome::Released)
    } else {
        Err((ErrorKind::NotFound, false))
    };
    assert_eq!((reported, attempts), (own, 1), "{context}");
}

#[tokio::test]
async fn each_number_gets_its_own_response() {
    for sequence in Sequence::all() {
        let server = ScriptedServer::start(sequence.scripts()).await;
        let client = Twochat::builder()
            .with_api_key("k")
            .with_base_url(server.url());
        sequence.release_all(client.build().unwrap()).await;
        sequence.assert_one_request_each(&server.finish().await);
    }
}

#[tokio::test]
async fn each_number_gets_its_own_response_over_tls() {
    let certificate = Certificate::new("127.0.0.1");
    for sequence in Sequence::all() {
        let server = TlsServer::start(&certificate, sequence.scripts()).await;
        let root = certificate.root();
        let client = Twochat::builder()
            .with_api_key("k")
            .with_base_url(server.url())
            .with_transport(
                TransportOptions::new().with_reqwest(|builder| builder.tls_certs_only([root])),
            );
        sequence.release_all(client.build().unwrap()).await;
        sequence.assert_one_request_each(&server.finish().await);
    }
}

/// A single-threaded runtime that does nothing between two calls: what arrives meanwhile is not read.
#[test]
fn each_number_gets_its_own_response_on_an_idle_runtime() {
    for (name, stray, own, retry) in [
        ("success", SUCCESS, REFUSAL, false),
        ("404", REFUSAL, SUCCESS, false),
        ("429", RATE_LIMITED, SUCCESS, false),
        ("success, with Retry", SUCCESS, REFUSAL, true),
        ("404, with Retry", REFUSAL, SUCCESS, true),
        ("429, with Retry", RATE_LIMITED, SUCCESS, true),
    ] {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let server = DelayedStray::start(stray, own);
        let client = Twochat::builder()
            .with_api_key("k")
            .with_base_url(&server.url);
        let client = client.build().unwrap();
        let client: Arc<dyn Releaser> = match retry {
            true => Arc::new(Retry::new(client, RetryPolicy::default())),
            false => Arc::new(client),
        };
        runtime.block_on(async {
            assert_own(false, client.release(&id(0)).await, name);
            // By now a connection that is kept would be in the pool.
            for _ in 0..10 {
                tokio::task::yield_now().await;
            }
            server.own_was_read.send(()).unwrap();
            server.stray_sent.recv().unwrap();
            assert_own(own == SUCCESS, client.release(&id(1)).await, name);
        });
        assert_eq!(*server.requests.lock().unwrap(), [1, 1], "a stray {name}");
    }
}

const SUCCESS: &str = "HTTP/1.1 200 X\r\ncontent-length: 17\r\n\r\n{\"success\": true}";
const REFUSAL: &str = "HTTP/1.1 404 X\r\ncontent-length: 15\r\n\r\n{\"error\": true}";
const RATE_LIMITED: &str =
    "HTTP/1.1 429 X\r\nretry-after: 0\r\ncontent-length: 15\r\n\r\n{\"error\": true}";

/// Refuses the first request, and sends a stray response after the client has read the refusal. All other
/// requests get their own response. Its threads end with the process.
struct DelayedStray {
    url: String,
    own_was_read: mpsc::Sender<()>,
    stray_sent: mpsc::Receiver<()>,
    /// How many arrived on each connection.
    requests: Arc<Mutex<Vec<usize>>>,
}

impl DelayedStray {
    fn start(stray: &'static str, own: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (own_was_read, wait_until_read) = mpsc::channel();
        let (send_stray, stray_sent) = mpsc::channel();
        let requests = Arc::<Mutex<Vec<usize>>>::default();
        let counts = Arc::clone(&requests);
        let mut first = Some((wait_until_read, send_stray));
        std::thread::spawn(move || {
            for (n, stream) in listener.incoming().enumerate() {
                let (mut stream, counts) = (stream.unwrap(), Arc::clone(&counts));
                counts.lock().unwrap().push(0);
                let first = first.take();
                std::thread::spawn(move || {
                    let read = |stream: &mut TcpStream| {
                        let read = read_request(stream);
                        counts.lock().unwrap()[n] += usize::from(read);
                        read
                    };
                    if let Some((wait_until_read, send_stray)) = first {
                        read(&mut stream);
                        stream.write_all(REFUSAL.as_bytes()).unwrap();
                        wait_until_read.recv().unwrap();
                        // The client may have closed the connection.
                        let _ = stream.write_all(stray.as_bytes());
                        send_stray.send(()).unwrap();
                    }
                    while read(&mut stream) {
                        stream.write_all(own.as_bytes()).unwrap();
                    }
                });
            }
        });
        Self {
            url,
            own_was_read,
            stray_sent,
            requests,
        }
    }
}

/// Returns false if the client has left.
fn read_request(stream: &mut TcpStream) -> bool {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") {
        if !matches!(stream.read(&mut byte), Ok(1)) {
            return false;
        }
        request.extend(byte);
    }
    true
}
