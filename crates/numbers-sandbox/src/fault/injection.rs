use std::{
    ops::Range,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::chance::chance;
use crate::{Fault, Server};

/// A [`Fault`] and the requests that it applies to: those to chosen servers, for chosen numbers, a share of them,
/// those within a time, the next n of them. Without a choice it applies to every request until it is cleared.
///
/// [`Fault::at`], [`Fault::on`], [`Fault::share`], [`Fault::during`] and [`Fault::times`] create one;
/// [`Sandbox::inject`](crate::Sandbox::inject) activates it.
#[derive(Clone, Debug)]
pub struct Injection {
    fault: Fault,
    servers: Vec<Server>,
    numbers: Vec<String>,
    share: Option<f64>,
    during: Option<Range<Duration>>,
    remaining: Option<u64>,
}

impl Injection {
    /// Applies to requests to this server. Can be called for several.
    #[must_use]
    pub fn at(mut self, server: Server) -> Self {
        self.servers.push(server);
        self
    }

    /// Applies to requests for this number, by its plain id. Can be called for several.
    ///
    /// It has no effect on [`Fault::stall_accept`], which happens before a request names a number.
    #[must_use]
    pub fn on(mut self, number: impl Into<String>) -> Self {
        self.numbers.push(number.into());
        self
    }

    /// Applies to a share of the requests, from 0 to 1, as if by chance.
    ///
    /// It follows from the [seed](crate::Builder::seed), the fault, the server, the number, and how many
    /// [attempts](crate::NumberRecord::attempts) there were at the number before. So it is the same in each run, in
    /// whatever order the requests arrive. It has no effect on [`Fault::stall_accept`].
    #[must_use]
    pub fn share(mut self, share: f64) -> Self {
        self.share = Some(share);
        self
    }

    /// Applies within this time since the start of the sandbox only.
    #[must_use]
    pub fn during(mut self, time: Range<Duration>) -> Self {
        self.during = Some(time);
        self
    }

    /// Applies to the next n matching requests only. The last call counts.
    #[must_use]
    pub fn times(mut self, n: u64) -> Self {
        self.remaining = Some(n);
        self
    }

    fn matches(&self, seed: u64, elapsed: Duration, request: &Arrived<'_>) -> bool {
        let Arrived {
            server,
            number,
            attempt,
        } = *request;
        let in_time = self
            .during
            .as_ref()
            .is_none_or(|time| time.contains(&elapsed));
        let at_server = self.servers.is_empty() || self.servers.contains(&server);
        let on_number = self.numbers.is_empty()
            || number.is_none_or(|number| self.numbers.iter().any(|known| known == number));
        let in_share = self.share.is_none_or(|share| {
            number.is_none_or(|number| {
                chance(seed, &self.fault.name, server, number, attempt) < share
            })
        });
        in_time
            && at_server
            && on_number
            && self.fault.is_at_accept() == number.is_none()
            && in_share
    }
}

impl From<Fault> for Injection {
    fn from(fault: Fault) -> Self {
        Self {
            fault,
            servers: Vec::new(),
            numbers: Vec::new(),
            share: None,
            during: None,
            remaining: None,
        }
    }
}

/// What an injection is matched with: a connection, or a request if there is a number.
struct Arrived<'a> {
    server: Server,
    number: Option<&'a str>,
    attempt: u32,
}

/// The active injections, oldest first.
pub(crate) struct Injections {
    seed: u64,
    started: Instant,
    active: Mutex<Vec<Injection>>,
}

impl Injections {
    pub(crate) fn new(seed: u64, started: Instant) -> Self {
        Self {
            seed,
            started,
            active: Mutex::default(),
        }
    }

    pub(crate) fn add(&self, injection: Injection) {
        if injection.remaining != Some(0) {
            self.lock().push(injection);
        }
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    /// The fault for a new connection. Counts it.
    pub(crate) fn for_connection(&self, server: Server) -> Option<Fault> {
        self.take(&Arrived {
            server,
            number: None,
            attempt: 0,
        })
    }

    /// The fault for a request. Counts it.
    pub(crate) fn for_request(&self, server: Server, number: &str, attempt: u32) -> Option<Fault> {
        self.take(&Arrived {
            server,
            number: Some(number),
            attempt,
        })
    }

    fn take(&self, request: &Arrived<'_>) -> Option<Fault> {
        let elapsed = self.started.elapsed();
        let mut all = self.lock();
        let index = all
            .iter()
            .position(|one| one.matches(self.seed, elapsed, request))?;
        let injection = all.get_mut(index)?;
        let fault = injection.fault.clone();
        if let Some(remaining) = &mut injection.remaining {
            *remaining -= 1;
            if *remaining == 0 {
                all.remove(index);
            }
        }
        Some(fault)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Injection>> {
        self.active.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
