//! A server that speaks TLS, and certificates for it.

use crate::{Script, ScriptedServer, ServerLog};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ClientConfig, HandshakeKind, RootCertStore, ServerConfig};

/// A server's certificate, signed by a certificate authority of its own.
#[derive(Debug)]
pub struct Certificate {
    authority: rcgen::Certificate,
    certificate: CertificateDer<'static>,
    key: KeyPair,
}

impl Certificate {
    /// Valid today, for this host name or address.
    pub fn new(host: &str) -> Self {
        Self::valid_until(host, 9999)
    }

    /// Expired, for this host name or address.
    pub fn expired(host: &str) -> Self {
        Self::valid_until(host, 2001)
    }

    fn valid_until(host: &str, year: i32) -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority_key = KeyPair::generate().unwrap();
        let authority = params.self_signed(&authority_key).unwrap();
        let issuer = Issuer::new(params, authority_key);
        let mut params = CertificateParams::new([host.to_owned()]).unwrap();
        params.not_before = date_time_ymd(2000, 1, 1);
        params.not_after = date_time_ymd(year, 1, 1);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &issuer).unwrap().der().clone();
        Self {
            authority,
            certificate,
            key,
        }
    }

    /// The certificate authority, for a client that is to trust it.
    pub fn root(&self) -> reqwest::Certificate {
        reqwest::Certificate::from_der(self.authority.der()).unwrap()
    }

    /// The certificate authority in PEM, as `SSL_CERT_FILE` takes it.
    pub fn root_pem(&self) -> String {
        self.authority.pem()
    }

    /// A client that offers early data (0-RTT) on each connection after its first, as ours never does.
    pub fn early_data_client(&self) -> reqwest::Client {
        let mut roots = RootCertStore::empty();
        roots.add(self.authority.der().clone()).unwrap();
        let provider = Arc::new(aws_lc_rs::default_provider());
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.enable_early_data = true;
        reqwest::Client::builder()
            .tls_backend_preconfigured(config)
            .pool_max_idle_per_host(0)
            .build()
            .unwrap()
    }

    /// It takes early data from whoever offers it.
    fn server_config(&self) -> ServerConfig {
        let key = PrivateKeyDer::Pkcs8(self.key.serialize_der().into());
        let provider = Arc::new(aws_lc_rs::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![self.certificate.clone()], key)
            .unwrap();
        config.max_early_data_size = 16 * 1024;
        config
    }
}

/// TLS in front of a [`ScriptedServer`].
#[derive(Debug)]
pub struct TlsServer {
    address: SocketAddr,
    backend: ScriptedServer,
    counts: Arc<Counts>,
    accepting: JoinHandle<()>,
}

/// How many connections did what.
#[derive(Debug, Default)]
struct Counts {
    resumed: AtomicUsize,
    early_data: AtomicUsize,
}

impl TlsServer {
    /// Listens on a free port of 127.0.0.1 with this certificate.
    pub async fn start(
        certificate: &Certificate,
        scripts: impl IntoIterator<Item = Script>,
    ) -> Self {
        let acceptor = TlsAcceptor::from(Arc::new(certificate.server_config()));
        let backend = ScriptedServer::start(scripts).await;
        let target = backend.address();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let counts = Arc::new(Counts::default());
        let connections = Arc::clone(&counts);
        let accepting = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(forward(
                    stream,
                    acceptor.clone(),
                    target,
                    Arc::clone(&connections),
                ));
            }
        });
        Self {
            address,
            backend,
            counts,
            accepting,
        }
    }

    /// The base URL, without a path.
    pub fn url(&self) -> String {
        format!("https://{}", self.address)
    }

    /// What arrived through TLS. Drop the client first.
    pub async fn finish(self) -> ServerLog {
        let log = self.backend.finish().await;
        self.accepting.abort();
        ServerLog {
            resumed: self.counts.resumed.load(Ordering::Relaxed),
            early_data: self.counts.early_data.load(Ordering::Relaxed),
            ..log
        }
    }
}

/// Copies a connection to and from the server behind. After a failed handshake nothing reaches it.
async fn forward(
    stream: TcpStream,
    acceptor: TlsAcceptor,
    target: SocketAddr,
    counts: Arc<Counts>,
) {
    let Ok(mut stream) = acceptor.accept(stream).await else {
        return;
    };
    let connection = stream.get_mut().1;
    if connection.handshake_kind() == Some(HandshakeKind::Resumed) {
        counts.resumed.fetch_add(1, Ordering::Relaxed);
    }
    if connection.early_data().is_some() {
        counts.early_data.fetch_add(1, Ordering::Relaxed);
    }
    let mut backend = TcpStream::connect(target).await.unwrap();
    let _ = tokio::io::copy_bidirectional(&mut stream, &mut backend).await;
}
