use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::Server;

/// The state of a number at the vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberState {
    /// The account has the number: it can be released.
    Held,
    /// Exotel has accepted the release, and has not carried it out yet. See
    /// [`complete_accepted`](crate::Sandbox::complete_accepted).
    Accepted,
    /// The account no longer has the number.
    Released,
}

/// A number, and how often it was released or its release accepted.
struct Number {
    state: NumberState,
    release_count: u64,
}

/// All numbers, by server and id.
#[derive(Default)]
pub(crate) struct Numbers(Mutex<HashMap<Server, HashMap<String, Number>>>);

impl Numbers {
    /// Adds a number to the account, also one that was released. Its count does not change.
    pub(crate) fn hold(&self, server: Server, id: &str) {
        self.lock()
            .entry(server)
            .or_default()
            .entry(id.to_owned())
            .and_modify(|number| number.state = NumberState::Held)
            .or_insert(Number {
                state: NumberState::Held,
                release_count: 0,
            });
    }

    pub(crate) fn state(&self, server: Server, id: &str) -> Option<NumberState> {
        Some(self.lock().get(&server)?.get(id)?.state)
    }

    pub(crate) fn release_count(&self, server: Server, id: &str) -> u64 {
        self.lock()
            .get(&server)
            .and_then(|numbers| numbers.get(id))
            .map_or(0, |number| number.release_count)
    }

    /// Releases a number, or accepts its release. Returns whether the number was held.
    pub(crate) fn release(&self, server: Server, id: &str) -> bool {
        let mut numbers = self.lock();
        let Some(number) = numbers.get_mut(&server).and_then(|of| of.get_mut(id)) else {
            return false;
        };
        if number.state != NumberState::Held {
            return false;
        }
        number.state = server.spec().released_state;
        number.release_count += 1;
        true
    }

    pub(crate) fn complete_accepted(&self) {
        for number in self.lock().values_mut().flat_map(HashMap::values_mut) {
            if number.state == NumberState::Accepted {
                number.state = NumberState::Released;
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Server, HashMap<String, Number>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
