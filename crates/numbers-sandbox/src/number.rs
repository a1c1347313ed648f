use std::{
    collections::HashMap,
    iter,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::{Server, made_up};

/// The state of a number at the vendor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum NumberState {
    /// The account has the number: it can be released.
    #[default]
    Held,
    /// Exotel has accepted the release, and has not carried it out yet. See
    /// [`complete_accepted`](crate::Sandbox::complete_accepted).
    Accepted,
    /// The account no longer has the number.
    Released,
}

/// What happened to one number. Only authorized requests count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct NumberRecord {
    /// The state of the number now.
    pub state: NumberState,
    /// How many `DELETE`s arrived for the number.
    pub requests: u32,
    /// How many of them were refused with 429.
    pub rate_limited: u32,
    /// How many of them released the number, or had its release accepted. Over one only if it was
    /// [held](crate::Sandbox::hold) again.
    pub releases: u32,
}

impl NumberRecord {
    /// How many `DELETE`s may have released the number, as far as a client can know: all but those refused with
    /// 429. Over one: it was sent twice.
    pub fn attempts(&self) -> u32 {
        self.requests.saturating_sub(self.rate_limited)
    }
}

/// All numbers, by server.
pub(crate) struct Numbers {
    made_up: u32,
    accounts: Mutex<HashMap<Server, Account>>,
}

/// The numbers of one server.
struct Account {
    server: Server,
    /// The nth is at n - 1.
    made_up: Vec<NumberRecord>,
    others: HashMap<String, NumberRecord>,
}

impl Account {
    fn get_mut(&mut self, id: &str) -> Option<&mut NumberRecord> {
        match made_up::index(self.server, id) {
            Some(index) if index < self.made_up.len() => self.made_up.get_mut(index),
            _ => self.others.get_mut(id),
        }
    }
}

impl Numbers {
    /// Each server holds this many made-up numbers.
    pub(crate) fn new(made_up: u32) -> Self {
        Self {
            made_up,
            accounts: Mutex::default(),
        }
    }

    /// Adds a number to the account, also one that was released. Its counts do not change.
    pub(crate) fn hold(&self, server: Server, id: &str) {
        self.with_account(server, |account| match account.get_mut(id) {
            Some(number) => number.state = NumberState::Held,
            None => {
                let number = NumberRecord::default();
                account.others.insert(id.to_owned(), number);
            }
        });
    }

    pub(crate) fn record(&self, server: Server, id: &str) -> Option<NumberRecord> {
        self.with_account(server, |account| account.get_mut(id).copied())
    }

    /// The numbers of this server as they are now: the made-up ones in their order, then the others by id.
    pub(crate) fn records(
        &self,
        server: Server,
    ) -> impl Iterator<Item = (String, NumberRecord)> + use<> {
        // A server that was not used has no records, and needs none here.
        let (made_up, others) = self
            .lock()
            .get(&server)
            .map(|account| (account.made_up.clone(), account.others.clone()))
            .unwrap_or_default();
        let mut others: Vec<_> = others.into_iter().collect();
        others.sort_by(|(one, _), (other, _)| one.cmp(other));
        let records = made_up
            .into_iter()
            .chain(iter::repeat(NumberRecord::default()));
        (1..=self.made_up)
            .zip(records)
            .map(move |(n, number)| (made_up::id(server, n), number))
            .chain(others)
    }

    /// Counts a request. Returns how many attempts there were before it; 0 for a number that was never held.
    pub(crate) fn count_request(&self, server: Server, id: &str) -> u32 {
        self.change(server, id, |number| {
            let before = number.attempts();
            number.requests = number.requests.saturating_add(1);
            before
        })
        .unwrap_or_default()
    }

    /// Counts the latest request as one refused with 429.
    pub(crate) fn count_rate_limited(&self, server: Server, id: &str) {
        self.change(server, id, |number| {
            number.rate_limited = number.rate_limited.saturating_add(1);
        });
    }

    /// Releases a number, or accepts its release. Returns whether the number was held.
    pub(crate) fn release(&self, server: Server, id: &str) -> bool {
        self.change(server, id, |number| {
            let is_held = number.state == NumberState::Held;
            if is_held {
                number.state = server.spec().released_state;
                number.releases = number.releases.saturating_add(1);
            }
            is_held
        })
        .unwrap_or_default()
    }

    pub(crate) fn complete_accepted(&self) {
        for account in self.lock().values_mut() {
            for number in account
                .made_up
                .iter_mut()
                .chain(account.others.values_mut())
            {
                if number.state == NumberState::Accepted {
                    number.state = NumberState::Released;
                }
            }
        }
    }

    fn change<T>(
        &self,
        server: Server,
        id: &str,
        change: impl FnOnce(&mut NumberRecord) -> T,
    ) -> Option<T> {
        self.with_account(server, |account| account.get_mut(id).map(change))
    }

    /// A server's records are made when it is first used, to save memory.
    fn with_account<T>(&self, server: Server, read: impl FnOnce(&mut Account) -> T) -> T {
        let mut accounts = self.lock();
        read(accounts.entry(server).or_insert_with(|| Account {
            server,
            made_up: (0..self.made_up).map(|_| NumberRecord::default()).collect(),
            others: HashMap::new(),
        }))
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Server, Account>> {
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
