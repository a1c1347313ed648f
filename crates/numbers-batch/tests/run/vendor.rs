//! A vendor that responds as a closure says, and remembers who called when.

use crate::ACME;
use numbers_core::{
    Account, Error, NumberId, Outcome, Preview, Release, Releaser, Vendor, async_trait,
};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::{Instant, sleep};

type Respond = dyn Fn(&str, usize) -> Response + Send + Sync;

/// What the vendor does with a request.
pub(crate) enum Response {
    After(Duration, Result<Outcome, Error>),
    Silence,
    Panic,
}

impl From<Result<Outcome, Error>> for Response {
    fn from(result: Result<Outcome, Error>) -> Self {
        Self::After(Duration::ZERO, result)
    }
}

pub(crate) struct TestVendor {
    respond: Box<Respond>,
    started: Instant,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    calls: Vec<(String, Duration)>,
    busy: usize,
    most_busy: usize,
}

impl TestVendor {
    /// The closure gets the number and how many requests came before.
    pub(crate) fn new<R: Into<Response>>(
        respond: impl Fn(&str, usize) -> R + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new(Self {
            respond: Box::new(move |number, call| respond(number, call).into()),
            started: Instant::now(),
            state: Mutex::default(),
        })
    }

    pub(crate) fn releases_all() -> Arc<Self> {
        Self::new(|_, _| Ok(Outcome::Released))
    }

    /// The numbers that came, in order.
    pub(crate) fn calls(&self) -> Vec<String> {
        let state = self.state.lock().unwrap();
        state
            .calls
            .iter()
            .map(|(number, _)| number.clone())
            .collect()
    }

    /// When they came, since the vendor was made.
    pub(crate) fn times(&self) -> Vec<Duration> {
        let state = self.state.lock().unwrap();
        state.calls.iter().map(|(_, at)| *at).collect()
    }

    /// The most requests that were there at once.
    pub(crate) fn most_busy(&self) -> usize {
        self.state.lock().unwrap().most_busy
    }
}

#[async_trait]
impl Releaser for TestVendor {
    fn vendor(&self) -> Vendor {
        ACME
    }

    fn account(&self) -> Account {
        Account::new("acme.invalid")
    }

    fn preview(&self, number: &NumberId) -> Result<Preview, Error> {
        Ok(Preview::new(
            ACME,
            number.clone(),
            "DELETE",
            "https://acme.invalid/",
        ))
    }

    async fn release(&self, number: &NumberId) -> Result<Release, Error> {
        let call = {
            let mut state = self.state.lock().unwrap();
            let call = (number.as_str().to_owned(), self.started.elapsed());
            state.calls.push(call);
            state.busy += 1;
            state.most_busy = state.busy.max(state.most_busy);
            state.calls.len() - 1
        };
        let result = match (self.respond)(number.as_str(), call) {
            Response::After(wait, result) => {
                sleep(wait).await;
                result
            }
            Response::Silence => std::future::pending().await,
            Response::Panic => panic!("as the test wants"),
        };
        self.state.lock().unwrap().busy -= 1;
        result.map(|outcome| Release::new(ACME, number.clone(), outcome).with_status(Some(200)))
    }
}
