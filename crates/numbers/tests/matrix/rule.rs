//! What a scenario must lead to, by the outcome table and by what a fault does, and by nothing else.

use crate::common::{RetryMode, vendor};
use crate::scenario::Scenario;
use numbers::ErrorKind::{self, *};
use numbers::Outcome;
use numbers_sandbox::{Fault, NumberState, Server};

/// The result of a call, for the caller and in the sandbox.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct CallResult {
    /// What the caller gets; with an error also whether the number may have been released.
    pub(crate) reported: Result<Outcome, (ErrorKind, bool)>,
    /// The result of each attempt.
    pub(crate) attempts: Vec<Result<Outcome, ErrorKind>>,
    /// How many requests reached the sandbox.
    pub(crate) requests: usize,
    /// The number's state in the sandbox; none if it was never held.
    pub(crate) state: Option<NumberState>,
    /// How often the sandbox released the number.
    pub(crate) releases: u64,
}

/// What one attempt says about the number.
#[derive(Clone, Copy)]
enum AttemptResult {
    /// The documented success.
    Released,
    /// The number may have been released.
    Unknown(ErrorKind),
    /// The number was certainly not released.
    NotReleased(ErrorKind),
}

/// The outcome table.
fn attempt_result(server: Server, fault: &Fault) -> AttemptResult {
    let name = fault.to_string();
    let is = |prefix: &str| name.starts_with(prefix);
    match fault.status(server) {
        // The headers come too slowly to be complete in time.
        _ if is("one byte a second") => AttemptResult::Unknown(Timeout),
        None if is("stall") => AttemptResult::Unknown(Timeout),
        None => AttemptResult::Unknown(ConnectionLost),
        // A switch of protocols is the only final response of this class. The others announce one, and the
        // connection closes instead.
        Some(100 | 102..=199) => AttemptResult::Unknown(ConnectionLost),
        Some(status @ 200..=299) => under_2xx(server, status, is),
        Some(300..=399) => AttemptResult::Unknown(Redirected),
        Some(408) => AttemptResult::Unknown(Timeout),
        // The status is a refusal and the body states the success: together they prove nothing.
        Some(400..=499) if is("success under") => AttemptResult::Unknown(UnexpectedResponse),
        Some(401) => AttemptResult::NotReleased(Unauthenticated),
        Some(402) => AttemptResult::NotReleased(PaymentRequired),
        Some(403) => AttemptResult::NotReleased(PermissionDenied),
        Some(404 | 410) => AttemptResult::NotReleased(NotFound),
        Some(409) => AttemptResult::NotReleased(Conflict),
        Some(429) => AttemptResult::NotReleased(RateLimited),
        Some(400..=499) => AttemptResult::NotReleased(Rejected),
        Some(500..=599) => AttemptResult::Unknown(ServerError),
        Some(_) => AttemptResult::Unknown(UnexpectedResponse),
    }
}

/// Under 2xx the body decides too.
fn under_2xx(server: Server, status: u16, is: impl Fn(&str) -> bool) -> AttemptResult {
    let documented = status == documented(server).0;
    // Exotel's page names no field that would decide beside the status.
    let success = is("wrong content type") || (is("empty object") && vendor(server) == "exotel");
    // Synthflow's page has no error form under 2xx. A 204 has no body to hold one.
    let refused = is("error") && vendor(server) != "synthflow" && status != 204;
    match () {
        () if refused => AttemptResult::NotReleased(Rejected),
        () if documented && success => AttemptResult::Released,
        () => AttemptResult::Unknown(UnexpectedResponse),
    }
}

/// Whether the request gets its own response, followed by one that belongs to no request.
pub(crate) fn is_stray(fault: &Fault) -> bool {
    fault.to_string().starts_with("stray")
}

/// The documented success: its status, its outcome, and the state of the number after it.
pub(crate) fn documented(server: Server) -> (u16, Outcome, NumberState) {
    match vendor(server) {
        "exotel" => (202, Outcome::Accepted, NumberState::Accepted),
        _ => (200, Outcome::Released, NumberState::Released),
    }
}

/// What a scenario must lead to: attempt after attempt, with what the rule remembers of earlier ones.
pub(crate) fn expected(scenario: &Scenario) -> CallResult {
    let (_, outcome, released) = documented(scenario.server);
    let mut result = CallResult {
        reported: Ok(outcome),
        attempts: Vec::new(),
        requests: 0,
        state: Some(NumberState::Held),
        releases: 0,
    };
    let mut may_have_released = false;
    for n in 0..scenario.max_attempts() {
        let fault = scenario.nth_fault(n);
        let held = result.state == Some(NumberState::Held);
        let this_attempt = match &fault {
            Some(fault) if !is_stray(fault) => attempt_result(scenario.server, fault),
            _ if held => AttemptResult::Released,
            _ => AttemptResult::NotReleased(NotFound),
        };
        if fault.as_ref().is_none_or(Fault::applies_release) && held {
            result.state = Some(released);
            result.releases = 1;
        }
        // A connection that stalls at accept never gets as far as a request.
        result.requests += usize::from(fault != Some(Fault::stall_accept()));

        let (kind, retried) = match this_attempt {
            AttemptResult::Released => {
                result.attempts.push(Ok(outcome));
                result.reported = Ok(outcome);
                return result;
            }
            AttemptResult::NotReleased(kind) => (kind, kind == RateLimited),
            AttemptResult::Unknown(kind) => (kind, scenario.retry == RetryMode::ResendAfterUnknown),
        };
        result.attempts.push(Err(kind));
        if may_have_released && kind == NotFound {
            result.reported = Ok(Outcome::Absent);
            return result;
        }
        may_have_released |= matches!(this_attempt, AttemptResult::Unknown(_));
        result.reported = Err((kind, may_have_released));
        if !retried {
            break;
        }
    }
    result
}
