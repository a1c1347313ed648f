//! What is varied: the fault, what follows it, and how the caller retries.

use crate::common::{self, MAX_ATTEMPTS, RetryMode};
use numbers_sandbox::{Fault, Injection, Sandbox, Server};
use std::fmt;

/// One call for one number.
#[derive(Clone)]
pub(crate) struct Scenario {
    pub(crate) server: Server,
    pub(crate) id: String,
    pub(crate) fault: Fault,
    pub(crate) follow_up: FollowUp,
    pub(crate) retry: RetryMode,
}

/// What happens to the requests after the first one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FollowUp {
    /// No fault.
    Normal,
    /// The same fault again.
    SameFault,
    /// A refusal with this status, whatever the state of the number.
    Refusal(u16),
}

impl Scenario {
    /// Every fault of a server with every follow-up and every way to retry.
    pub(crate) fn all(server: Server) -> Vec<Self> {
        let follow_ups = [
            FollowUp::Normal,
            FollowUp::SameFault,
            FollowUp::Refusal(404),
            FollowUp::Refusal(401),
        ];
        let mut all = Vec::new();
        for fault in Fault::all(server) {
            for follow_up in follow_ups {
                for retry in RetryMode::ALL {
                    // A single request has no follow-up.
                    if retry == RetryMode::Never && matches!(follow_up, FollowUp::Refusal(_)) {
                        continue;
                    }
                    all.push(Self {
                        server,
                        id: common::id(server, all.len()),
                        fault: fault.clone(),
                        follow_up,
                        retry,
                    });
                }
            }
        }
        all
    }

    /// How many attempts there may be.
    pub(crate) fn max_attempts(&self) -> usize {
        match self.retry {
            RetryMode::Never => 1,
            RetryMode::Default | RetryMode::ResendAfterUnknown => MAX_ATTEMPTS as usize,
        }
    }

    /// Whether the client's time-out ends an attempt.
    pub(crate) fn is_stall(&self) -> bool {
        common::is_stall(&self.fault)
    }

    /// Whether the fault affects a connection, whatever the number.
    pub(crate) fn is_at_accept(&self) -> bool {
        self.fault == Fault::stall_accept()
    }

    /// The fault of the nth request, counted from 0.
    pub(crate) fn nth_fault(&self, n: usize) -> Option<Fault> {
        match self.follow_up {
            _ if n == 0 => Some(self.fault.clone()),
            FollowUp::Normal => None,
            FollowUp::SameFault => Some(self.fault.clone()),
            FollowUp::Refusal(status) => Some(Fault::error(status)),
        }
    }

    /// Adds the number to the sandbox, and injects its faults.
    pub(crate) fn prepare(&self, sandbox: &Sandbox) {
        sandbox.hold(self.server, &self.id);
        let for_this = |fault: Fault| -> Injection { fault.at(self.server).on(&self.id) };
        sandbox.inject(match self.follow_up {
            FollowUp::SameFault => for_this(self.fault.clone()),
            _ => for_this(self.fault.clone()).times(1),
        });
        if let FollowUp::Refusal(status) = self.follow_up {
            sandbox.inject(for_this(Fault::error(status)));
        }
    }
}

impl fmt::Display for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            server,
            fault,
            follow_up,
            retry,
            ..
        } = self;
        write!(f, "{server}: {fault}; then {follow_up:?}; retry {retry:?}")
    }
}
