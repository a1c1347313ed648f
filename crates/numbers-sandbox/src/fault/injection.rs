use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::{Fault, Server};

/// A [`Fault`], and which requests it takes: those to chosen servers, for chosen numbers, the next n of
/// them. Without a choice it takes every request until it is cleared.
///
/// [`Fault::at`], [`Fault::on`] and [`Fault::times`] begin one;
/// [`Sandbox::inject`](crate::Sandbox::inject) takes it.
#[derive(Clone, Debug)]
pub struct Injection {
    fault: Fault,
    servers: Vec<Server>,
    numbers: Vec<String>,
    left: Option<u64>,
}

impl Injection {
    /// Takes requests to this server. Called again, to that one as well.
    #[must_use]
    pub fn at(mut self, server: Server) -> Self {
        self.servers.push(server);
        self
    }

    /// Takes requests for this number, by its plain id. Called again, for that one as well.
    ///
    /// [`Fault::stall_accept`] takes a connection before there is a number, so this does not narrow it.
    #[must_use]
    pub fn on(mut self, number: impl Into<String>) -> Self {
        self.numbers.push(number.into());
        self
    }

    /// Takes the next n requests that fit and no more. Called again, the last one counts.
    #[must_use]
    pub fn times(mut self, n: u64) -> Self {
        self.left = Some(n);
        self
    }

    fn fits(&self, server: Server, number: Option<&str>) -> bool {
        let here = self.servers.is_empty() || self.servers.contains(&server);
        let this = self.numbers.is_empty()
            || number.is_none_or(|number| self.numbers.iter().any(|known| known == number));
        here && this && self.fault.is_at_accept() == number.is_none()
    }
}

impl From<Fault> for Injection {
    fn from(fault: Fault) -> Self {
        Self {
            fault,
            servers: Vec::new(),
            numbers: Vec::new(),
            left: None,
        }
    }
}

/// All injections that are not used up, oldest first.
#[derive(Default)]
pub(crate) struct Injections(Mutex<Vec<Injection>>);

impl Injections {
    pub(crate) fn add(&self, injection: Injection) {
        if injection.left != Some(0) {
            self.lock().push(injection);
        }
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    /// The fault for a connection that has just come in, which it uses up by one.
    pub(crate) fn for_connection(&self, server: Server) -> Option<Fault> {
        self.take(server, None)
    }

    /// The fault for a request, which it uses up by one.
    pub(crate) fn for_request(&self, server: Server, number: &str) -> Option<Fault> {
        self.take(server, Some(number))
    }

    fn take(&self, server: Server, number: Option<&str>) -> Option<Fault> {
        let mut all = self.lock();
        let place = all.iter().position(|one| one.fits(server, number))?;
        let injection = all.get_mut(place)?;
        let fault = injection.fault.clone();
        if let Some(left) = &mut injection.left {
            *left -= 1;
            if *left == 0 {
                all.remove(place);
            }
        }
        Some(fault)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Injection>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
