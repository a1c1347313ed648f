use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::{Fault, Server};

/// A [`Fault`] and the requests that it applies to: those to chosen servers, for chosen numbers, the next n of
/// them. Without a choice it applies to every request until it is cleared.
///
/// [`Fault::at`], [`Fault::on`] and [`Fault::times`] create one;
/// [`Sandbox::inject`](crate::Sandbox::inject) activates it.
#[derive(Clone, Debug)]
pub struct Injection {
    fault: Fault,
    servers: Vec<Server>,
    numbers: Vec<String>,
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

    /// Applies to the next n matching requests only. The last call counts.
    #[must_use]
    pub fn times(mut self, n: u64) -> Self {
        self.remaining = Some(n);
        self
    }

    fn matches(&self, server: Server, number: Option<&str>) -> bool {
        let at_server = self.servers.is_empty() || self.servers.contains(&server);
        let on_number = self.numbers.is_empty()
            || number.is_none_or(|number| self.numbers.iter().any(|known| known == number));
        at_server && on_number && self.fault.is_at_accept() == number.is_none()
    }
}

impl From<Fault> for Injection {
    fn from(fault: Fault) -> Self {
        Self {
            fault,
            servers: Vec::new(),
            numbers: Vec::new(),
            remaining: None,
        }
    }
}

/// The active injections, oldest first.
#[derive(Default)]
pub(crate) struct Injections(Mutex<Vec<Injection>>);

impl Injections {
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
        self.take(server, None)
    }

    /// The fault for a request. Counts it.
    pub(crate) fn for_request(&self, server: Server, number: &str) -> Option<Fault> {
        self.take(server, Some(number))
    }

    fn take(&self, server: Server, number: Option<&str>) -> Option<Fault> {
        let mut all = self.lock();
        let index = all.iter().position(|one| one.matches(server, number))?;
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
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
