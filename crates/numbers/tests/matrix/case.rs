//! What is varied: the fault, what comes after it, and how the caller repeats.

use crate::client;
use numbers::{Releaser, Retry, RetryPolicy};
use numbers_sandbox::{Fault, Injection, Sandbox, Server};
use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

/// One call for one number.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) server: Server,
    pub(crate) id: String,
    pub(crate) fault: Fault,
    pub(crate) then: Then,
    pub(crate) repeat: Repeat,
}

/// What the requests after the first one meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    /// A server in good order.
    Nothing,
    /// The same fault again.
    TheSame,
    /// A refusal with this status, whatever became of the number.
    Refusal(u16),
}

/// How the caller repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// Not at all: the client alone.
    Never,
    /// `Retry` by default.
    Safely,
    /// `Retry`, also after an attempt that may have released.
    AfterUnknown,
}

impl Case {
    /// Every fault of a server with everything that may come after it, and every way to repeat.
    pub(crate) fn all(server: Server) -> Vec<Self> {
        let thens = [
            Then::Nothing,
            Then::TheSame,
            Then::Refusal(404),
            Then::Refusal(401),
        ];
        let repeats = [Repeat::Never, Repeat::Safely, Repeat::AfterUnknown];
        let mut all = Vec::new();
        for fault in Fault::all(server) {
            for then in thens {
                for repeat in repeats {
                    // A single request meets nothing else.
                    if repeat == Repeat::Never && matches!(then, Then::Refusal(_)) {
                        continue;
                    }
                    all.push(Self {
                        server,
                        id: client::id(server, all.len()),
                        fault: fault.clone(),
                        then,
                        repeat,
                    });
                }
            }
        }
        all
    }

    /// Whether the client's time-out is what ends an attempt.
    pub(crate) fn is_stall(&self) -> bool {
        let name = self.fault.to_string();
        name.starts_with("stall") || name == "one byte a second"
    }

    /// Whether the fault takes a connection, of whatever number.
    pub(crate) fn is_at_accept(&self) -> bool {
        self.fault == Fault::stall_accept()
    }

    /// The fault of the nth request, counted from 0.
    pub(crate) fn nth(&self, n: usize) -> Option<Fault> {
        match self.then {
            _ if n == 0 => Some(self.fault.clone()),
            Then::Nothing => None,
            Then::TheSame => Some(self.fault.clone()),
            Then::Refusal(status) => Some(Fault::error(status)),
        }
    }

    /// Seeds the number and its faults.
    pub(crate) fn prepare(&self, sandbox: &Sandbox) {
        sandbox.hold(self.server, &self.id);
        let here = |fault: Fault| -> Injection { fault.at(self.server).on(&self.id) };
        sandbox.inject(match self.then {
            Then::TheSame => here(self.fault.clone()),
            _ => here(self.fault.clone()).times(1),
        });
        if let Then::Refusal(status) = self.then {
            sandbox.inject(here(Fault::error(status)));
        }
    }
}

impl Repeat {
    /// How many attempts there may be in all.
    pub(crate) fn attempts(self) -> usize {
        if self == Self::Never { 1 } else { 3 }
    }

    /// The client as the caller uses it.
    pub(crate) fn around(self, client: Arc<dyn Releaser>) -> Arc<dyn Releaser> {
        let moment = Duration::from_millis(1);
        let policy = RetryPolicy::default()
            .with_max_attempts(NonZeroU32::new(3).unwrap())
            .with_backoff(moment, moment)
            .with_max_retry_after(moment);
        match self {
            Self::Never => client,
            Self::Safely => Arc::new(Retry::new(client, policy)),
            Self::AfterUnknown => {
                Arc::new(Retry::new(client, policy.with_resend_after_unknown(true)))
            }
        }
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            server,
            fault,
            then,
            repeat,
            ..
        } = self;
        write!(f, "{server}: {fault}; then {then:?}; repeat {repeat:?}")
    }
}
