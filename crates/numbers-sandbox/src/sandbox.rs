use std::{fmt, io, net::Ipv4Addr, sync::Arc};

use tokio::{net::TcpListener, sync::watch, task::JoinSet};

use crate::{
    Injection, NumberState, RecordedRequest, Server, fault::Injections, listen::listen,
    number::Numbers, record::RequestLog, shared_state::SharedState,
};

/// The default of [`Builder::keep_requests`].
const KEEP_REQUESTS: usize = 10_000;

/// The vendors' endpoints on loopback. They run until this value is dropped.
///
/// Dropping it stops every listener and closes every connection. [`shutdown`](Self::shutdown) also waits
/// for that.
pub struct Sandbox {
    state: Arc<SharedState>,
    stop: watch::Sender<()>,
    listeners: JoinSet<()>,
}

impl Sandbox {
    /// Starts all servers on free ports of `127.0.0.1`.
    ///
    /// Must be called within a tokio runtime that has I/O and time enabled. The sandbox runs on that runtime,
    /// so a client that blocks its thread needs the multi-threaded one.
    ///
    /// # Errors
    ///
    /// The error of the operating system, if no port is free.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Starts with other settings: fixed ports, or how many requests to keep.
    pub fn builder() -> Builder {
        Builder {
            first_port: 0,
            keep_requests: KEEP_REQUESTS,
        }
    }

    /// The base URL for a client of this server, in place of the vendor's own.
    ///
    /// It has scheme, host and the fixed prefix of the path, without a slash at the end:
    /// `http://127.0.0.1:PORT` for 2Chat and Exotel, `http://127.0.0.1:PORT/v2` for Synthflow.
    pub fn base_url(&self, server: Server) -> String {
        let port = self.state.port(server);
        format!("http://127.0.0.1:{port}{}", server.spec().base_path)
    }

    /// Adds a number to the account at this server, so that it can be released.
    ///
    /// The id is the plain one, not percent-encoded. A number that was released is held again.
    pub fn hold(&self, server: Server, id: impl AsRef<str>) {
        self.state.numbers.hold(server, id.as_ref());
    }

    /// The state of a number at this server; none if it was never held there.
    pub fn state(&self, server: Server, id: impl AsRef<str>) -> Option<NumberState> {
        self.state.numbers.state(server, id.as_ref())
    }

    /// How many requests released the number at this server, or had its release accepted.
    ///
    /// Clearing or limiting the [recorded requests](Self::requests) does not change it.
    pub fn release_count(&self, server: Server, id: impl AsRef<str>) -> u64 {
        self.state.numbers.release_count(server, id.as_ref())
    }

    /// Carries out the releases that Exotel has accepted: these numbers are released now.
    pub fn complete_accepted(&self) {
        self.state.numbers.complete_accepted();
    }

    /// The latest requests to all servers, oldest first, up to the [limit](Builder::keep_requests).
    ///
    /// A request is recorded before its response is written. What is not HTTP is not recorded.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.state.requests.latest()
    }

    /// How many requests arrived since the start or the last [`clear_requests`](Self::clear_requests),
    /// including those that are no longer kept.
    pub fn request_count(&self) -> u64 {
        self.state.requests.count()
    }

    /// Clears the recorded requests and their count.
    pub fn clear_requests(&self) {
        self.state.requests.clear();
    }

    /// Injects a [`Fault`](crate::Fault), for all requests or for an [`Injection`]'s.
    ///
    /// It applies to valid requests. One with a wrong path, method or credential is refused as always and does
    /// not count. If several faults match a request, the oldest applies.
    pub fn inject(&self, fault: impl Into<Injection>) {
        self.state.faults.add(fault.into());
    }

    /// Removes all faults. One that has already hijacked a connection goes on.
    pub fn clear_faults(&self) {
        self.state.faults.clear();
    }

    /// Stops every listener and waits until all connections are closed.
    pub async fn shutdown(mut self) {
        // It fails if no listener is left.
        let _ = self.stop.send(());
        while self.listeners.join_next().await.is_some() {}
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("ports", &self.state.ports)
            .finish_non_exhaustive()
    }
}

/// Settings for a new [`Sandbox`].
#[derive(Clone, Debug)]
pub struct Builder {
    first_port: u16,
    keep_requests: usize,
}

impl Builder {
    /// Listens on fixed ports: the first server of [`Server::ALL`] on this one, the others on the ports after
    /// it. With 0, the default, each gets a free port.
    #[must_use]
    pub fn first_port(mut self, port: u16) -> Self {
        self.first_port = port;
        self
    }

    /// Keeps at most this many requests for [`Sandbox::requests`], the latest ones. The default is 10,000; with
    /// 0 none are kept.
    #[must_use]
    pub fn keep_requests(mut self, limit: usize) -> Self {
        self.keep_requests = limit;
        self
    }

    /// Starts all servers. See [`Sandbox::start`].
    ///
    /// # Errors
    ///
    /// The error of the operating system, if a port is taken or none is free. `InvalidInput` if the last port
    /// would be over 65,535.
    pub async fn start(self) -> io::Result<Sandbox> {
        let mut sockets = Vec::new();
        let mut ports = Vec::new();
        for (server, port) in Server::ALL.into_iter().zip(self.ports()?) {
            let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
            ports.push((server, socket.local_addr()?.port()));
            sockets.push((server, socket));
        }
        let state = Arc::new(SharedState {
            ports,
            numbers: Numbers::default(),
            requests: RequestLog::new(self.keep_requests),
            faults: Injections::default(),
        });
        let (stop, stopped) = watch::channel(());
        let mut listeners = JoinSet::new();
        for (server, socket) in sockets {
            listeners.spawn(listen(socket, server, Arc::clone(&state), stopped.clone()));
        }
        Ok(Sandbox {
            state,
            stop,
            listeners,
        })
    }

    /// The port for each server, 0 for any.
    fn ports(&self) -> io::Result<Vec<u16>> {
        let count = Server::ALL.len();
        if self.first_port == 0 {
            return Ok(vec![0; count]);
        }
        let ports: Vec<_> = (self.first_port..=u16::MAX).take(count).collect();
        if ports.len() < count {
            let first = self.first_port;
            let message = format!("{count} ports from {first} on would go beyond 65535");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        Ok(ports)
    }
}
