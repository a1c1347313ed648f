//! A server that speaks TLS, with certificates made for the occasion.

use crate::{Script, Seen, Server};
use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::{HandshakeKind, ServerConfig};

/// A certificate that signs itself, and its key.
#[derive(Debug)]
pub struct Certificate {
    certificate: rcgen::Certificate,
    key: KeyPair,
}

impl Certificate {
    /// For this host name or address, valid today.
    pub fn new(host: &str) -> Self {
        Self::made(host, 9999)
    }

    /// For this host name or address, out of date.
    pub fn expired(host: &str) -> Self {
        Self::made(host, 2001)
    }

    fn made(host: &str, until: i32) -> Self {
        let mut params = CertificateParams::new([host.to_owned()]).unwrap();
        params.not_before = date_time_ymd(2000, 1, 1);
        params.not_after = date_time_ymd(until, 1, 1);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        Self { certificate, key }
    }

    /// For a client that is to trust it.
    pub fn root(&self) -> reqwest::Certificate {
        reqwest::Certificate::from_der(self.certificate.der()).unwrap()
    }
}

/// TLS in front of a [`Server`].
#[derive(Debug)]
pub struct SecureServer {
    address: SocketAddr,
    behind: Server,
    resumed: Arc<AtomicUsize>,
    accepting: JoinHandle<()>,
}

impl SecureServer {
    /// Listens on a free port of 127.0.0.1 with this certificate.
    pub async fn start(
        certificate: &Certificate,
        scripts: impl IntoIterator<Item = Script>,
    ) -> Self {
        let key = PrivateKeyDer::Pkcs8(certificate.key.serialize_der().into());
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.certificate.der().clone()], key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let behind = Server::start(scripts).await;
        let target = behind.address();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let resumed = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&resumed);
        let accepting = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (acceptor, count) = (acceptor.clone(), Arc::clone(&count));
                tokio::spawn(async move {
                    // A handshake that fails reaches nothing behind it.
                    let Ok(mut stream) = acceptor.accept(stream).await else {
                        return;
                    };
                    if stream.get_ref().1.handshake_kind() == Some(HandshakeKind::Resumed) {
                        count.fetch_add(1, Ordering::Relaxed);
                    }
                    let mut inner = TcpStream::connect(target).await.unwrap();
                    let _ = tokio::io::copy_bidirectional(&mut stream, &mut inner).await;
                });
            }
        });
        Self {
            address,
            behind,
            resumed,
            accepting,
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What came through TLS. Drop the client first.
    pub async fn finish(self) -> Seen {
        let seen = self.behind.finish().await;
        self.accepting.abort();
        Seen {
            resumed: self.resumed.load(Ordering::Relaxed),
            ..seen
        }
    }
}
