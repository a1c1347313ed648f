//! A releaser that follows a script, for tests of code that accepts any [`Releaser`]. Needs the feature `testing`.
//!
//! ```
//! use numbers_core::testing::Scripted;
//! use numbers_core::{Error, ErrorKind, NumberId, Outcome, Releaser, Vendor};
//!
//! # #[tokio::main(flavor = "current_thread")] async fn main() {
//! const ACME: Vendor = Vendor::new("acme");
//! let releaser = Scripted::new(ACME)
//!     .then(Err(Error::new(ACME, ErrorKind::Timeout)))
//!     .then(Ok(Outcome::Released));
//!
//! let number = NumberId::new("n-1");
//! assert!(releaser.release(&number).await.unwrap_err().may_have_released());
//! assert_eq!(releaser.release(&number).await.unwrap().outcome(), Outcome::Released);
//! assert_eq!(releaser.calls(), [number.clone(), number]);
//! # }
//! ```

use crate::{
    Account, Attempt, Error, ErrorKind, NumberId, Outcome, Preview, Release, Releaser, Vendor,
};
use async_trait::async_trait;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A [`Releaser`] that follows a script and records its calls. Clones share both.
#[derive(Debug, Clone)]
pub struct Scripted {
    vendor: Vendor,
    account: Account,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    script: VecDeque<Step>,
    calls: Vec<NumberId>,
}

#[derive(Debug)]
enum Step {
    Result(Result<Outcome, Error>),
    Hang,
}

impl Scripted {
    /// An empty script, with an account at a host that does not exist.
    pub fn new(vendor: Vendor) -> Self {
        Self {
            vendor,
            account: Account::new("script.invalid").with_fingerprint(0),
            state: Arc::default(),
        }
    }

    /// Sets the account.
    #[must_use]
    pub fn with_account(mut self, account: Account) -> Self {
        self.account = account;
        self
    }

    /// Adds the result of the next call.
    #[must_use]
    pub fn then(self, result: Result<Outcome, Error>) -> Self {
        self.lock().script.push_back(Step::Result(result));
        self
    }

    /// Adds a call that never ends.
    #[must_use]
    pub fn then_hang(self) -> Self {
        self.lock().script.push_back(Step::Hang);
        self
    }

    /// The numbers that were to be released, oldest first.
    pub fn calls(&self) -> Vec<NumberId> {
        self.lock().calls.clone()
    }

    /// How many results of the script are left.
    pub fn left(&self) -> usize {
        self.lock().script.len()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Releaser for Scripted {
    fn vendor(&self) -> Vendor {
        self.vendor.clone()
    }

    fn account(&self) -> Account {
        self.account.clone()
    }

    /// Describes a request to a host that does not exist. It does not count as a call.
    fn preview(&self, number: &NumberId) -> Result<Preview, Error> {
        Ok(Preview::new(
            self.vendor.clone(),
            number.clone(),
            "DELETE",
            format!("https://script.invalid/{}", number.as_str()),
        ))
    }

    /// Returns the next result of the script. Past its end: an error of kind [`NotSent`](ErrorKind::NotSent).
    async fn release(&self, number: &NumberId) -> Result<Release, Error> {
        let step = {
            let mut state = self.lock();
            state.calls.push(number.clone());
            state.script.pop_front()
        };
        match step {
            Some(Step::Result(Ok(outcome))) => {
                Ok(Release::new(self.vendor.clone(), number.clone(), outcome)
                    .with_attempt(Attempt::succeeded(outcome, Duration::ZERO)))
            }
            Some(Step::Result(Err(error))) => Err(with_attempt(error)),
            Some(Step::Hang) => std::future::pending().await,
            None => Err(Error::new(self.vendor.clone(), ErrorKind::NotSent)
                .with_detail("the script is at its end")),
        }
    }
}

/// Adds the attempt that a client's error has, unless nothing was tried.
fn with_attempt(error: Error) -> Error {
    let untried = matches!(error.kind(), ErrorKind::InvalidNumber | ErrorKind::NotSent);
    if untried || !error.attempts().is_empty() {
        return error;
    }
    let attempt = Attempt::from_error(&error, Duration::ZERO);
    error.with_attempt(attempt)
}
