//! What happened to the numbers, reported at the end.

use super::accounts::ACCOUNTS;
use crate::release::report::{count, counted};
use numbers_sandbox::{NumberRecord, NumberState, Sandbox, Server};
use std::io::{self, Write};

/// The counts of one server.
#[derive(Default)]
struct Counts {
    numbers: u64,
    held: u64,
    accepted: u64,
    released: u64,
    requests: u64,
    rate_limited: u64,
    sent_again: u64,
}

impl Counts {
    fn add(&mut self, record: &NumberRecord) {
        self.numbers += 1;
        *match record.state {
            NumberState::Held => &mut self.held,
            NumberState::Accepted => &mut self.accepted,
            NumberState::Released => &mut self.released,
        } += 1;
        self.requests += u64::from(record.requests);
        self.rate_limited += u64::from(record.rate_limited);
        self.sent_again += u64::from(record.attempts() > 1);
    }

    fn line(&self, server: Server) -> String {
        let Self {
            numbers,
            held,
            accepted,
            released,
            requests,
            rate_limited,
            sent_again,
        } = self;
        format!(
            "{server}: {}: {released} released, {accepted} accepted, {held} held; {}, \
             {rate_limited} refused with 429; {} sent more than once",
            count(*numbers),
            counted(*requests, "request"),
            count(*sent_again),
        )
    }
}

/// One line for each server that was used.
pub(crate) fn summary(sandbox: &Sandbox) -> String {
    let mut lines = Vec::new();
    for server in servers() {
        let mut counts = Counts::default();
        for (_, record) in sandbox.records(server) {
            counts.add(&record);
        }
        if counts.requests > 0 {
            lines.push(counts.line(server));
        }
    }
    lines.join("\n")
}

/// Every number that was requested, as CSV. No made-up id needs quotes.
pub(crate) fn write_csv(sandbox: &Sandbox, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "server,number,state,requests,rate_limited,attempts,releases"
    )?;
    for server in servers() {
        for (id, record) in sandbox.records(server) {
            if record.requests == 0 {
                continue;
            }
            let state = match record.state {
                NumberState::Held => "held",
                NumberState::Accepted => "accepted",
                NumberState::Released => "released",
            };
            writeln!(
                out,
                "{server},{id},{state},{},{},{},{}",
                record.requests,
                record.rate_limited,
                record.attempts(),
                record.releases
            )?;
        }
    }
    out.flush()
}

fn servers() -> impl Iterator<Item = Server> {
    ACCOUNTS.iter().flat_map(|account| account.servers).copied()
}

#[cfg(test)]
mod tests {
    use super::Counts;
    use numbers_sandbox::Server;

    #[test]
    fn one_is_singular() {
        let counts = Counts {
            numbers: 1,
            released: 1,
            requests: 1,
            sent_again: 1,
            ..Counts::default()
        };
        assert_eq!(
            counts.line(Server::TwoChat),
            "twochat: 1 number: 1 released, 0 accepted, 0 held; 1 request, 0 refused with 429; \
             1 number sent more than once"
        );
    }
}
