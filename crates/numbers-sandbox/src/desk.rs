use crate::{Server, fault::Injections, number::Numbers, record::Record};

/// What all listeners of a sandbox share.
pub(crate) struct Desk {
    /// Where each server listens, in the order of [`Server::ALL`].
    pub(crate) ports: Vec<(Server, u16)>,
    pub(crate) numbers: Numbers,
    pub(crate) record: Record,
    pub(crate) faults: Injections,
}

impl Desk {
    pub(crate) fn port(&self, server: Server) -> u16 {
        self.ports
            .iter()
            .find(|(known, _)| *known == server)
            .map_or(0, |(_, port)| *port)
    }

    /// Another host than this server's: the next server, under another name of the loopback.
    pub(crate) fn elsewhere(&self, server: Server) -> String {
        let mut after = Server::ALL
            .into_iter()
            .cycle()
            .skip_while(|one| *one != server);
        let next = after.nth(1).unwrap_or(server);
        format!("http://localhost:{}", self.port(next))
    }
}
