use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::Server;

/// Where a number stands at the vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberState {
    /// The account has the number: it can be given back.
    Held,
    /// Exotel has taken the order to release the number, and it is not gone yet. It stays so until
    /// [`complete_accepted`](crate::Sandbox::complete_accepted).
    Accepted,
    /// The number is gone.
    Released,
}

/// A number that was seeded, and how often a request acted on it.
struct Number {
    state: NumberState,
    times_acted: u64,
}

/// The numbers of every server, by server and id.
#[derive(Default)]
pub(crate) struct Numbers(Mutex<HashMap<Server, HashMap<String, Number>>>);

impl Numbers {
    /// Puts a number into the account, also one that was there and is gone. The count of acts stays.
    pub(crate) fn hold(&self, server: Server, id: &str) {
        self.lock()
            .entry(server)
            .or_default()
            .entry(id.to_owned())
            .and_modify(|number| number.state = NumberState::Held)
            .or_insert(Number {
                state: NumberState::Held,
                times_acted: 0,
            });
    }

    pub(crate) fn state(&self, server: Server, id: &str) -> Option<NumberState> {
        Some(self.lock().get(&server)?.get(id)?.state)
    }

    pub(crate) fn times_acted(&self, server: Server, id: &str) -> u64 {
        self.lock()
            .get(&server)
            .and_then(|numbers| numbers.get(id))
            .map_or(0, |number| number.times_acted)
    }

    /// Carries a request out and says whether there was anything to carry out.
    pub(crate) fn act(&self, server: Server, id: &str) -> bool {
        let mut numbers = self.lock();
        let Some(number) = numbers.get_mut(&server).and_then(|of| of.get_mut(id)) else {
            return false;
        };
        if number.state != NumberState::Held {
            return false;
        }
        number.state = server.reading().outcome;
        number.times_acted += 1;
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
