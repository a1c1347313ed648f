//! The server that all clients call: the vendors' responses in fixed bytes, over http and over TLS.

use crate::case::Scheme;
use anyhow::{Context, Result};
use rcgen::CertifiedKey;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::{BufRead, BufReader};
use std::net::Ipv4Addr;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

const HEADERS_END: &[u8] = b"\r\n\r\n";

macro_rules! response {
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

const TWOCHAT: &[u8] = response!("200 OK", 17, r#"{"success": true}"#);
const SYNTHFLOW: &[u8] = response!("200 OK", 16, r#"{"status": "ok"}"#);
const EXOTEL: &[u8] = response!(
    "202 Accepted",
    38,
    r#"{"Status": 202, "Message": "Accepted"}"#
);

/// Where a server listens, and the certificate to trust there.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Endpoints {
    http: String,
    https: String,
    certificate: String,
}

impl Endpoints {
    /// Scheme, host and port.
    pub fn url(&self, scheme: Scheme) -> &str {
        match scheme {
            Scheme::Http => &self.http,
            Scheme::Https => &self.https,
        }
    }

    /// The certificate, as PEM.
    pub fn certificate(&self) -> &str {
        &self.certificate
    }
}

impl fmt::Display for Endpoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

impl FromStr for Endpoints {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        serde_json::from_str(text)
    }
}

/// A server in a process of its own, so that its work is not counted as a client's. It ends when this
/// is dropped or this process ends.
#[derive(Debug)]
pub struct Server {
    child: Child,
    stdin: Option<ChildStdin>,
    endpoints: Endpoints,
}

impl Server {
    /// Starts a server that waits `delay` before each response.
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
        let stdin = child.stdin.take();
        let stdout = child.stdout.take().context("the server has no stdout")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let endpoints = line.parse().context("the server did not start")?;
        Ok(Self {
            child,
            stdin,
            endpoints,
        })
    }

    /// Where it listens.
    pub fn endpoints(&self) -> &Endpoints {
        &self.endpoints
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stdin = None;
        let _ = self.child.wait();
    }
}

/// Prints where it listens and responds until standard input ends.
///
/// # Errors
///
/// Where it can't listen on loopback.
pub async fn serve(delay: Duration) -> Result<()> {
    println!("{}", listen(delay, Arc::default()).await?);
    tokio::io::copy(&mut tokio::io::stdin(), &mut tokio::io::sink()).await?;
    Ok(())
}

/// Responds for as long as the runtime lives, and counts connections.
///
/// # Errors
///
/// Where it can't listen on loopback.
pub async fn listen(delay: Duration, connections: Arc<AtomicU32>) -> Result<Endpoints> {
    let CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed([Ipv4Addr::LOCALHOST.to_string()])?;
    let key = PrivateKeyDer::Pkcs8(signing_key.serialize_der().into());
    let tls = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)?;
    let http = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let https = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let endpoints = Endpoints {
        http: format!("http://{}", http.local_addr()?),
        https: format!("https://{}", https.local_addr()?),
        certificate: cert.pem(),
    };
    tokio::spawn(accept(http, None, delay, Arc::clone(&connections)));
    let tls = TlsAcceptor::from(Arc::new(tls));
    tokio::spawn(accept(https, Some(tls), delay, connections));
    Ok(endpoints)
}

async fn accept(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    delay: Duration,
    connections: Arc<AtomicU32>,
) {
    while let Ok((stream, _)) = listener.accept().await {
        connections.fetch_add(1, Ordering::Relaxed);
        let tls = tls.clone();
        tokio::spawn(async move {
            stream.set_nodelay(true)?;
            match tls {
                Some(tls) => respond(tls.accept(stream).await?, delay).await,
                None => respond(stream, delay).await,
            }
        });
    }
}

/// Responds to the requests of one connection, none of which has a body.
async fn respond(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    delay: Duration,
) -> std::io::Result<()> {
    let mut request = Vec::with_capacity(4096);
    while stream.read_buf(&mut request).await? > 0 {
        if !request.ends_with(HEADERS_END) {
            continue;
        }
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        stream.write_all(response_to(&request)).await?;
        stream.flush().await?;
        request.clear();
    }
    Ok(())
}

fn response_to(request: &[u8]) -> &'static [u8] {
    if request.starts_with(b"DELETE /v2/numbers/") {
        SYNTHFLOW
    } else if request.starts_with(b"DELETE /v2_beta/Accounts/") {
        EXOTEL
    } else if request.starts_with(b"DELETE /open/voip/virtual-numbers/") {
        TWOCHAT
    } else {
        b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"
    }
}
