use std::{io, net::Ipv4Addr, ops::Range, sync::Arc, time::Duration};

use tokio::{net::TcpListener, sync::watch, task::JoinSet, time::Instant};

use crate::{
    RateLimit, Sandbox, Server, fault::Injections, listen::Listener, made_up, number::Numbers,
    rate_limit::RateLimiter, record::RequestLog, shared_state::SharedState,
};

/// The default of [`Builder::keep_requests`].
const KEEP_REQUESTS: usize = 10_000;

/// Settings for a new [`Sandbox`].
#[derive(Clone, Debug)]
pub struct Builder {
    first_port: u16,
    keep_requests: usize,
    numbers: u32,
    rate_limit: Option<RateLimit>,
    seed: u64,
    unreachable: Option<Range<Duration>>,
}

impl Builder {
    pub(crate) fn new() -> Self {
        Self {
            first_port: 0,
            keep_requests: KEEP_REQUESTS,
            numbers: 0,
            rate_limit: None,
            seed: 0,
            unreachable: None,
        }
    }

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

    /// Holds this many made-up numbers at each server, up to 9,999,999. The default is 0.
    ///
    /// Their ids are those of [`Server::made_up_number`], from 1 on. Each takes 16 bytes at each server that is used.
    #[must_use]
    pub fn numbers(mut self, count: u32) -> Self {
        self.numbers = count;
        self
    }

    /// Refuses what goes beyond this limit with 429. Each server counts for itself.
    #[must_use]
    pub fn rate_limit(mut self, limit: RateLimit) -> Self {
        self.rate_limit = Some(limit);
        self
    }

    /// The seed of what happens as if by chance, [`Injection::share`](crate::Injection::share). The default is 0.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Refuses connections within this time since the start. Those that are open when it begins are closed.
    ///
    /// For an outage with responses inject `Fault::error(503).during(…)`.
    #[must_use]
    pub fn unreachable(mut self, during: Range<Duration>) -> Self {
        self.unreachable = Some(during);
        self
    }

    /// Starts all servers. See [`Sandbox::start`].
    ///
    /// # Errors
    ///
    /// The error of the operating system, if a port is taken or none is free. `InvalidInput` if the last port
    /// would be over 65,535, or for too many made-up numbers.
    pub async fn start(self) -> io::Result<Sandbox> {
        if self.numbers > made_up::MOST {
            let message = format!("more than {} made-up numbers", made_up::MOST);
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let mut sockets = Vec::new();
        let mut ports = Vec::new();
        for (server, port) in Server::ALL.into_iter().zip(self.ports()?) {
            let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
            ports.push((server, socket.local_addr()?.port()));
            sockets.push((server, socket));
        }
        let started = Instant::now();
        let unreachable = self.unreachable;
        let unreachable = unreachable.map(|time| started + time.start..started + time.end);
        let state = Arc::new(SharedState {
            ports,
            numbers: Numbers::new(self.numbers),
            requests: RequestLog::new(self.keep_requests),
            faults: Injections::new(self.seed, started),
            rate_limiter: RateLimiter::new(self.rate_limit),
        });
        let (stop, stopped) = watch::channel(false);
        let mut listeners = JoinSet::new();
        for (server, socket) in sockets {
            let listener = Listener::new(server, Arc::clone(&state));
            listeners.spawn(listener.run(socket, unreachable.clone(), stopped.clone()));
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
