use crate::{
    Server, fault::Injections, number::Numbers, rate_limit::RateLimiter, record::RequestLog,
};

/// What all listeners of a sandbox share.
pub(crate) struct SharedState {
    /// The port of each server, in the order of [`Server::ALL`].
    pub(crate) ports: Vec<(Server, u16)>,
    pub(crate) numbers: Numbers,
    pub(crate) requests: RequestLog,
    pub(crate) faults: Injections,
    pub(crate) rate_limiter: RateLimiter,
}

impl SharedState {
    pub(crate) fn port(&self, server: Server) -> u16 {
        self.ports
            .iter()
            .find(|(known, _)| *known == server)
            .map_or(0, |(_, port)| *port)
    }

    /// A host other than this server's: the next server, under the name `localhost`.
    pub(crate) fn other_host(&self, server: Server) -> String {
        let mut following = Server::ALL
            .into_iter()
            .cycle()
            .skip_while(|one| *one != server);
        let next = following.nth(1).unwrap_or(server);
        format!("http://localhost:{}", self.port(next))
    }
}
