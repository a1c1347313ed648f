//! What must come of a case, by the outcome table and by what a fault does, and by nothing else.

use crate::case::{Case, Repeat};
use crate::client::vendor;
use numbers::ErrorKind::{self, *};
use numbers::Outcome;
use numbers_sandbox::{Fault, NumberState, Server};

/// How a call ended, for the caller and at the sandbox.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ending {
    /// What the caller is told; of an error also whether the number may have been released.
    pub(crate) told: Result<Outcome, (ErrorKind, bool)>,
    /// What each attempt came to.
    pub(crate) attempts: Vec<Result<Outcome, ErrorKind>>,
    /// How many requests reached the sandbox.
    pub(crate) requests: usize,
    /// The sandbox's truth.
    pub(crate) state: NumberState,
    pub(crate) times_acted: u64,
}

/// What one answer says.
#[derive(Clone, Copy)]
enum Row {
    /// The documented success.
    Done,
    /// The number may have been released.
    Unknown(ErrorKind),
    /// It certainly was not.
    Kept(ErrorKind),
}

/// The outcome table.
fn row(server: Server, fault: &Fault) -> Row {
    let name = fault.to_string();
    let is = |beginning: &str| name.starts_with(beginning);
    match fault.status(server) {
        // The head comes too slowly to be whole in time.
        _ if is("one byte a second") => Row::Unknown(Timeout),
        None if is("stall") => Row::Unknown(Timeout),
        None => Row::Unknown(ConnectionLost),
        // A switch of protocols is the only final answer of this class. The others announce one, and
        // the connection closes instead.
        Some(100 | 102..=199) => Row::Unknown(ConnectionLost),
        Some(status @ 200..=299) => success(server, status, is),
        Some(300..=399) => Row::Unknown(Redirected),
        Some(408) => Row::Unknown(Timeout),
        // The status refuses, and the body states the success: they prove nothing.
        Some(400..=499) if is("success under") => Row::Unknown(UnexpectedResponse),
        Some(401) => Row::Kept(Unauthenticated),
        Some(402) => Row::Kept(PaymentRequired),
        Some(403) => Row::Kept(PermissionDenied),
        Some(404 | 410) => Row::Kept(NotFound),
        Some(409) => Row::Kept(Conflict),
        Some(429) => Row::Kept(RateLimited),
        Some(400..=499) => Row::Kept(Rejected),
        Some(500..=599) => Row::Unknown(ServerError),
        Some(_) => Row::Unknown(UnexpectedResponse),
    }
}

/// Under 2xx the body counts, and all of it.
fn success(server: Server, status: u16, is: impl Fn(&str) -> bool) -> Row {
    let documented = status == documented(server).0;
    // Exotel's page has no field that would decide beside the status.
    let decided = is("wrong content type") || (is("empty object") && vendor(server) == "exotel");
    // Synthflow's page has no error form under 2xx. A 204 has no body to hold one.
    let refused = is("error") && vendor(server) != "synthflow" && status != 204;
    match () {
        () if refused => Row::Kept(Rejected),
        () if documented && decided => Row::Done,
        () => Row::Unknown(UnexpectedResponse),
    }
}

/// Whether the request gets its own response, and behind it one that belongs to no request.
pub(crate) fn is_stray(fault: &Fault) -> bool {
    fault.to_string().starts_with("stray")
}

/// What the vendor documents as success, and what becomes of the number.
pub(crate) fn documented(server: Server) -> (u16, Outcome, NumberState) {
    match vendor(server) {
        "exotel" => (202, Outcome::Accepted, NumberState::Accepted),
        _ => (200, Outcome::Released, NumberState::Released),
    }
}

/// What must come of a case: request after request, with the memory that the rule asks for.
pub(crate) fn expected(case: &Case) -> Ending {
    let (_, outcome, gone) = documented(case.server);
    let mut ending = Ending {
        told: Ok(outcome),
        attempts: Vec::new(),
        requests: 0,
        state: NumberState::Held,
        times_acted: 0,
    };
    let mut doubt = false;
    for n in 0..case.repeat.attempts() {
        let fault = case.nth(n);
        let held = ending.state == NumberState::Held;
        let row = match &fault {
            Some(fault) if !is_stray(fault) => row(case.server, fault),
            _ if held => Row::Done,
            _ => Row::Kept(NotFound),
        };
        if fault.as_ref().is_none_or(Fault::acts) && held {
            ending.state = gone;
            ending.times_acted = 1;
        }
        // Nobody reads a request on a connection that stalls from its beginning.
        ending.requests += usize::from(fault != Some(Fault::stall_accept()));

        let (kind, again) = match row {
            Row::Done => {
                ending.attempts.push(Ok(outcome));
                ending.told = Ok(outcome);
                return ending;
            }
            Row::Kept(kind) => (kind, kind == RateLimited && case.repeat != Repeat::Never),
            Row::Unknown(kind) => (kind, case.repeat == Repeat::AfterUnknown),
        };
        ending.attempts.push(Err(kind));
        if doubt && kind == NotFound {
            ending.told = Ok(Outcome::Absent);
            return ending;
        }
        doubt |= matches!(row, Row::Unknown(_));
        ending.told = Err((kind, doubt));
        // By default nothing is repeated that may have released; who resends repeats in doubt.
        if !again {
            break;
        }
    }
    ending
}
