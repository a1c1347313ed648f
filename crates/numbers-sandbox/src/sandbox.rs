use std::{fmt, io, net::Ipv4Addr, sync::Arc};

use tokio::{net::TcpListener, sync::watch, task::JoinSet};

use crate::{
    Injection, NumberState, Recorded, Server, desk::Desk, fault::Injections, listen::listen,
    number::Numbers, record::Record,
};

/// How many requests are kept unless [`Builder::keep_requests`] says otherwise.
const KEEP_REQUESTS: usize = 10_000;

/// The vendors' endpoints, listening on loopback for as long as this value lives.
///
/// Dropping it stops every listener and cuts every connection. [`shutdown`](Self::shutdown) does the same
/// and waits for it.
pub struct Sandbox {
    desk: Arc<Desk>,
    stop: watch::Sender<()>,
    listeners: JoinSet<()>,
}

impl Sandbox {
    /// Starts all servers on free ports of `127.0.0.1`.
    ///
    /// Must be called within a tokio runtime that has I/O and time enabled. The sandbox runs on that
    /// runtime, so a client that blocks its thread needs the multi-threaded one.
    ///
    /// # Errors
    ///
    /// The operating system's, where it gives no port.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Starts with choices: fixed ports, or how many requests to keep.
    pub fn builder() -> Builder {
        Builder {
            first_port: 0,
            keep_requests: KEEP_REQUESTS,
        }
    }

    /// The base URL to give to a client of this server in place of the vendor's own.
    ///
    /// It stands for scheme, host and fixed prefix, without a slash at the end:
    /// `http://127.0.0.1:PORT` for 2Chat and Exotel, `http://127.0.0.1:PORT/v2` for Synthflow.
    pub fn base_url(&self, server: Server) -> String {
        let port = self.desk.port(server);
        format!("http://127.0.0.1:{port}{}", server.reading().base_path)
    }

    /// Puts a number into the account at this server, so that it can be given back.
    ///
    /// The id is the plain one, not percent-encoded. A number that is gone is held again.
    pub fn hold(&self, server: Server, id: impl AsRef<str>) {
        self.desk.numbers.hold(server, id.as_ref());
    }

    /// Where a number stands at this server; none where it was never held there.
    pub fn state(&self, server: Server, id: impl AsRef<str>) -> Option<NumberState> {
        self.desk.numbers.state(server, id.as_ref())
    }

    /// How many requests released the number at this server, or had its release accepted.
    ///
    /// It is counted apart from the [record of requests](Self::requests), and no limit cuts it.
    pub fn times_acted(&self, server: Server, id: impl AsRef<str>) -> u64 {
        self.desk.numbers.times_acted(server, id.as_ref())
    }

    /// Completes the orders that Exotel has accepted: these numbers are released now.
    pub fn complete_accepted(&self) {
        self.desk.numbers.complete_accepted();
    }

    /// The requests to all servers, oldest first: the last ones, as many as are
    /// [kept](Builder::keep_requests).
    ///
    /// A request is in the record before its answer is written. What is not HTTP is not in it.
    pub fn requests(&self) -> Vec<Recorded> {
        self.desk.record.last()
    }

    /// How many requests came in since the start or the last [`clear_requests`](Self::clear_requests),
    /// those that are no longer kept included.
    pub fn request_count(&self) -> u64 {
        self.desk.record.count()
    }

    /// Forgets the requests so far, and their count.
    pub fn clear_requests(&self) {
        self.desk.record.clear();
    }

    /// Lets something go wrong: a [`Fault`](crate::Fault), or one narrowed to servers, numbers or the next n requests.
    ///
    /// It takes a request that would otherwise be answered by the state of its number: one that a wrong
    /// path, method or credential spoils is refused as ever and uses no fault up. Where several
    /// fit a request, the one that was injected first takes it.
    pub fn inject(&self, fault: impl Into<Injection>) {
        self.desk.faults.add(fault.into());
    }

    /// Takes back every fault that is left. One that has a connection in its hands goes on with it.
    pub fn clear_faults(&self) {
        self.desk.faults.clear();
    }

    /// Stops every listener and waits until all connections are closed.
    pub async fn shutdown(mut self) {
        // Without a listener left there is no one to tell.
        let _ = self.stop.send(());
        while self.listeners.join_next().await.is_some() {}
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("ports", &self.desk.ports)
            .finish_non_exhaustive()
    }
}

/// Choices for a [`Sandbox`] that is about to start.
#[derive(Clone, Debug)]
pub struct Builder {
    first_port: u16,
    keep_requests: usize,
}

impl Builder {
    /// Listens on fixed ports: the first server of [`Server::ALL`] on this one, the others on those that
    /// follow. With 0, the default, each gets a free port.
    #[must_use]
    pub fn first_port(mut self, port: u16) -> Self {
        self.first_port = port;
        self
    }

    /// Keeps at most so many requests for [`Sandbox::requests`], the last ones; 10,000 unless set.
    /// With 0 none are kept.
    #[must_use]
    pub fn keep_requests(mut self, limit: usize) -> Self {
        self.keep_requests = limit;
        self
    }

    /// Starts all servers. See [`Sandbox::start`].
    ///
    /// # Errors
    ///
    /// The operating system's, where a port is taken or none is free. `InvalidInput` where the
    /// first port is so high that the last would be over 65,535.
    pub async fn start(self) -> io::Result<Sandbox> {
        let mut sockets = Vec::new();
        let mut ports = Vec::new();
        for (server, port) in Server::ALL.into_iter().zip(self.ports()?) {
            let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
            ports.push((server, socket.local_addr()?.port()));
            sockets.push((server, socket));
        }
        let desk = Arc::new(Desk {
            ports,
            numbers: Numbers::default(),
            record: Record::new(self.keep_requests),
            faults: Injections::default(),
        });
        let (stop, stopped) = watch::channel(());
        let mut listeners = JoinSet::new();
        for (server, socket) in sockets {
            listeners.spawn(listen(socket, server, Arc::clone(&desk), stopped.clone()));
        }
        Ok(Sandbox {
            desk,
            stop,
            listeners,
        })
    }

    /// The port to ask for, for each server.
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
