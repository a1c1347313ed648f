//! The one server of all clients: the three vendors' answers in fixed bytes, in a process of its own,
//! so that none of its work is counted as a client's.

use anyhow::{Context, Result, ensure};
use std::io::{BufRead, BufReader};
use std::net::Ipv4Addr;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const HEAD_END: &[u8] = b"\r\n\r\n";

macro_rules! answer {
    ($status:literal, $length:literal, $body:literal) => {
        concat!(
            "HTTP/1.1 ",
            $status,
            "\r\ncontent-type: application/json\r\ncontent-length: ",
            $length,
            "\r\ndate: Thu, 01 Jan 2026 00:00:00 GMT\r\n\r\n",
            $body
        )
        .as_bytes()
    };
}

const TWOCHAT: &[u8] = answer!("200 OK", 17, r#"{"success": true}"#);
const SYNTHFLOW: &[u8] = answer!("200 OK", 16, r#"{"status": "ok"}"#);
const EXOTEL: &[u8] = answer!(
    "202 Accepted",
    38,
    r#"{"Status": 202, "Message": "Accepted"}"#
);

/// The server in a process of its own, which ends when this is dropped or this process ends.
#[derive(Debug)]
pub struct Server {
    child: Child,
    lifeline: Option<ChildStdin>,
    url: String,
}

impl Server {
    /// Starts the server. It waits `delay` before each answer: long enough, and a client under
    /// valgrind always goes to sleep on its socket, so that each run takes the same way.
    ///
    /// # Errors
    ///
    /// Where this program can't start itself.
    pub fn start(delay: Duration) -> Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["serve", "--delay-ms", &delay.as_millis().to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("the server can't be started")?;
        let lifeline = child.stdin.take();
        let stdout = child.stdout.take().context("the server says nothing")?;
        let mut server = Self {
            child,
            lifeline,
            url: String::new(),
        };
        BufReader::new(stdout).read_line(&mut server.url)?;
        server.url.truncate(server.url.trim_end().len());
        ensure!(!server.url.is_empty(), "the server did not start");
        Ok(server)
    }

    /// Where it listens: scheme, host and port.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.lifeline = None;
        let _ = self.child.wait();
    }
}

/// Prints where it listens and answers until standard input ends.
///
/// # Errors
///
/// Where loopback can't be listened on.
pub async fn serve(delay: Duration) -> Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    println!("http://{}", listener.local_addr()?);
    tokio::spawn(accept(listener, delay));
    tokio::io::copy(&mut tokio::io::stdin(), &mut tokio::io::sink()).await?;
    Ok(())
}

/// Answers whoever connects, until it is dropped.
pub async fn accept(listener: TcpListener, delay: Duration) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(answer(stream, delay));
    }
}

/// Answers the requests of one connection, each of which is a head alone.
async fn answer(mut stream: TcpStream, delay: Duration) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut head = Vec::with_capacity(4096);
    while stream.read_buf(&mut head).await? > 0 {
        if !head.ends_with(HEAD_END) {
            continue;
        }
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        stream.write_all(answer_to(&head)).await?;
        head.clear();
    }
    Ok(())
}

fn answer_to(head: &[u8]) -> &'static [u8] {
    if head.starts_with(b"DELETE /v2/numbers/") {
        SYNTHFLOW
    } else if head.starts_with(b"DELETE /v2_beta/Accounts/") {
        EXOTEL
    } else if head.starts_with(b"DELETE /open/voip/virtual-numbers/") {
        TWOCHAT
    } else {
        b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"
    }
}
