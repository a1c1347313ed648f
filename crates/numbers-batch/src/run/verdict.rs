//! What follows from the result of a request.

use crate::journal::{Claimed, Finished, Next};
use numbers_core::{Disposition, Error, ErrorKind, Release};
use std::time::Duration;

/// What follows for the number, and for the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) next: Next,
    pub(super) effect: Effect,
}

/// What follows for the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// The vendor responds: a refusal of this number alone, or a success.
    Settled { success: bool },
    /// Nothing: the number may have been released, or was refused on this side.
    None,
    /// The whole run waits, as long as the vendor asked.
    Pause(ErrorKind, Option<Duration>),
    /// Every further number would fail too.
    Hopeless(ErrorKind),
}

/// `doubt`: an earlier attempt may have released the number. `succeeded`: the run has released a number already.
pub(super) fn judge(result: &Result<Release, Error>, doubt: bool, succeeded: bool) -> Verdict {
    let error = match result {
        Ok(release) => {
            return Verdict {
                next: Next::Settle(release.outcome().into()),
                effect: Effect::Settled { success: true },
            };
        }
        Err(error) => error,
    };
    let kind = error.kind();
    let effect = if error.is_retryable() {
        Effect::Pause(kind, error.retry_after())
    } else if is_hopeless(kind, succeeded) {
        Effect::Hopeless(kind)
    } else if error.may_have_released() || kind == ErrorKind::InvalidNumber {
        Effect::None
    } else {
        Effect::Settled { success: false }
    };
    let next = if error.may_have_released() {
        Next::Settle(Disposition::Unknown)
    } else if doubt {
        // Ambiguity sticks: what this attempt did not do, the earlier one may have done.
        Next::Settle(match kind {
            ErrorKind::NotFound => Disposition::Absent,
            _ => Disposition::Unknown,
        })
    } else {
        match effect {
            Effect::Hopeless(ErrorKind::NotSent) => Next::NotSent,
            // Settled all the same: where only this number is refused, the next run must get past it.
            Effect::Hopeless(ErrorKind::PermissionDenied) => Next::Settle(Disposition::Failed),
            Effect::Pause(..) | Effect::Hopeless(_) => Next::Requeue,
            Effect::Settled { .. } | Effect::None => Next::Settle(Disposition::Failed),
        }
    };
    Verdict { next, effect }
}

/// Whether what failed with this kind, and can't be repeated, fails for every number.
fn is_hopeless(kind: ErrorKind, succeeded: bool) -> bool {
    match kind {
        // Not retryable: the certificate or host name is wrong.
        ErrorKind::Connect => true,
        ErrorKind::Unauthenticated | ErrorKind::PaymentRequired | ErrorKind::NotSent => true,
        ErrorKind::PermissionDenied => !succeeded,
        _ => false,
    }
}

/// What the journal keeps of a request's result.
pub(super) fn finished(
    claimed: &Claimed,
    result: &Result<Release, Error>,
    next: Next,
    duration: Duration,
) -> Finished {
    let (status, request_id) = match result {
        Ok(release) => (release.status(), release.request_id()),
        Err(error) => (error.status(), error.request_id()),
    };
    let absent = next == Next::Settle(Disposition::Absent);
    let error = result.as_ref().err().filter(|_| !absent);
    Finished {
        attempt: claimed.attempt,
        position: claimed.position,
        next,
        kind: error.map(Error::kind),
        status,
        message: error.map(Error::to_string),
        request_id: request_id.map(str::to_owned),
        duration,
    }
}

/// What the journal keeps of an attempt that has no result: it was not sent, or is lost.
pub(super) fn without_result(
    claimed: &Claimed,
    next: Next,
    kind: ErrorKind,
    why: &str,
) -> Finished {
    Finished {
        attempt: claimed.attempt,
        position: claimed.position,
        next,
        kind: Some(kind),
        status: None,
        message: Some(why.to_owned()),
        request_id: None,
        duration: Duration::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::{Effect, Next, judge};
    use numbers_core::Disposition::{Absent, Failed, Unknown};
    use numbers_core::{Error, ErrorKind, Vendor};

    const ACME: Vendor = Vendor::new("acme");

    fn next(error: Error, doubt: bool) -> Next {
        judge(&Err(error), doubt, false).next
    }

    #[test]
    fn only_what_fails_for_every_number_is_hopeless() {
        for (kind, succeeded, hopeless) in [
            (ErrorKind::Unauthenticated, true, true),
            (ErrorKind::PaymentRequired, true, true),
            (ErrorKind::NotSent, true, true),
            (ErrorKind::PermissionDenied, false, true),
            (ErrorKind::PermissionDenied, true, false),
            (ErrorKind::NotFound, false, false),
            (ErrorKind::Conflict, false, false),
            (ErrorKind::Rejected, false, false),
            (ErrorKind::ServerError, false, false),
            (ErrorKind::RateLimited, false, false),
            (ErrorKind::Connect, false, false),
        ] {
            let effect = judge(&Err(Error::new(ACME, kind)), false, succeeded).effect;
            assert_eq!(
                effect == Effect::Hopeless(kind),
                hopeless,
                "{kind} {succeeded}"
            );
        }
        let wrong_certificate = Error::connect(ACME, "wrong certificate").with_permanent(true);
        let effect = judge(&Err(wrong_certificate), false, true).effect;
        assert_eq!(effect, Effect::Hopeless(ErrorKind::Connect));
    }

    #[test]
    fn what_a_result_means_for_the_number() {
        for (kind, first, resent) in [
            (ErrorKind::RateLimited, Next::Requeue, Unknown),
            (ErrorKind::Connect, Next::Requeue, Unknown),
            (ErrorKind::Unauthenticated, Next::Requeue, Unknown),
            (ErrorKind::NotSent, Next::NotSent, Unknown),
            (ErrorKind::PermissionDenied, Next::Settle(Failed), Unknown),
            (ErrorKind::NotFound, Next::Settle(Failed), Absent),
            (ErrorKind::Conflict, Next::Settle(Failed), Unknown),
            (ErrorKind::InvalidNumber, Next::Settle(Failed), Unknown),
            (ErrorKind::Timeout, Next::Settle(Unknown), Unknown),
            (ErrorKind::ServerError, Next::Settle(Unknown), Unknown),
        ] {
            assert_eq!(next(Error::new(ACME, kind), false), first, "{kind}");
            assert_eq!(
                next(Error::new(ACME, kind), true),
                Next::Settle(resent),
                "{kind}, resent"
            );
        }
    }

    #[test]
    fn what_may_have_released_is_unknown_whatever_its_kind() {
        for kind in [
            ErrorKind::RateLimited,
            ErrorKind::NotFound,
            ErrorKind::Unauthenticated,
        ] {
            for doubt in [false, true] {
                let error = Error::new(ACME, kind).with_may_have_released(true);
                assert_eq!(next(error, doubt), Next::Settle(Unknown), "{kind}");
            }
        }
    }
}
