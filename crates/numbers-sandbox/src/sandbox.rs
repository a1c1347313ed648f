use std::{fmt, io, sync::Arc};

use tokio::{sync::watch, task::JoinSet};

use crate::{
    Builder, Injection, NumberRecord, NumberState, RecordedRequest, Server,
    shared_state::SharedState,
};

/// The vendors' endpoints on loopback. They run until this value is dropped.
///
/// Dropping it stops every listener and closes every connection. [`shutdown`](Self::shutdown) also waits
/// for that.
pub struct Sandbox {
    pub(crate) state: Arc<SharedState>,
    pub(crate) stop: watch::Sender<bool>,
    pub(crate) listeners: JoinSet<()>,
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

    /// Starts with other settings: fixed ports, made-up numbers, a rate limit and more.
    pub fn builder() -> Builder {
        Builder::new()
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
        Some(self.record(server, id)?.state)
    }

    /// How many requests released the number at this server, or had its release accepted.
    ///
    /// Clearing or limiting the [recorded requests](Self::requests) does not change it.
    pub fn release_count(&self, server: Server, id: impl AsRef<str>) -> u64 {
        let record = self.record(server, id).unwrap_or_default();
        record.releases.into()
    }

    /// What happened to a number at this server; none if it was never held there.
    ///
    /// It is kept for every number, whatever the limit of the [recorded requests](Self::requests).
    pub fn record(&self, server: Server, id: impl AsRef<str>) -> Option<NumberRecord> {
        self.state.numbers.record(server, id.as_ref())
    }

    /// What happened to every number that was held at this server, with its id: the made-up numbers in their order,
    /// then the others by id. All as they were at the call.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// use numbers_sandbox::{Sandbox, Server};
    ///
    /// let sandbox = Sandbox::builder().numbers(1_000_000).start().await?;
    /// // Release them here.
    /// let sent_twice = sandbox
    ///     .records(Server::TwoChat)
    ///     .filter(|(_, record)| record.attempts() > 1);
    /// assert_eq!(sent_twice.count(), 0);
    /// # Ok(())
    /// # }
    /// ```
    pub fn records(&self, server: Server) -> impl Iterator<Item = (String, NumberRecord)> + use<> {
        self.state.numbers.records(server)
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
        let _ = self.stop.send(true);
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
