//! What the result of a request means for its number and for the run.

use crate::journal::{AttemptOutcome, AttemptResult, Claimed};
use numbers_core::{Disposition, Error, ErrorKind, Release};
use std::time::Duration;

/// What a result means for the number and for the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) outcome: AttemptOutcome,
    pub(super) effect: RunEffect,
}

/// What a result means for the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RunEffect {
    /// The vendor responded about this number: a success, or a refusal of it alone.
    Settled { success: bool },
    /// Nothing: the number may have been released, or was not sent.
    None,
    /// The whole run waits, as long as the vendor asked.
    Pause(ErrorKind, Option<Duration>),
    /// Every further number would fail too.
    Fatal(ErrorKind),
}

/// `earlier_may_have_released`: the number, by an earlier attempt. `succeeded`: the run has released a number already.
pub(super) fn classify(
    result: &Result<Release, Error>,
    earlier_may_have_released: bool,
    succeeded: bool,
) -> Verdict {
    let error = match result {
        Ok(release) => {
            return Verdict {
                outcome: AttemptOutcome::Settled(release.outcome().into()),
                effect: RunEffect::Settled { success: true },
            };
        }
        Err(error) => error,
    };
    let kind = error.kind();
    let effect = if error.is_retryable() {
        RunEffect::Pause(kind, error.retry_after())
    } else if is_fatal(kind, succeeded) {
        RunEffect::Fatal(kind)
    } else if error.may_have_released() || kind == ErrorKind::InvalidNumber {
        RunEffect::None
    } else {
        RunEffect::Settled { success: false }
    };
    let outcome = if error.may_have_released() {
        AttemptOutcome::Settled(Disposition::Unknown)
    } else if earlier_may_have_released {
        // This attempt did not release it, but the earlier one may have.
        AttemptOutcome::Settled(match kind {
            ErrorKind::NotFound => Disposition::Absent,
            _ => Disposition::Unknown,
        })
    } else {
        match effect {
            RunEffect::Fatal(ErrorKind::NotSent) => AttemptOutcome::NotSent,
            // Settled, because if only this number is refused, the next run must get past it.
            RunEffect::Fatal(ErrorKind::PermissionDenied) => {
                AttemptOutcome::Settled(Disposition::Failed)
            }
            RunEffect::Pause(..) | RunEffect::Fatal(_) => AttemptOutcome::Requeued,
            RunEffect::Settled { .. } | RunEffect::None => {
                AttemptOutcome::Settled(Disposition::Failed)
            }
        }
    };
    Verdict { outcome, effect }
}

/// Whether every number would fail with this error, which can't be retried.
fn is_fatal(kind: ErrorKind, succeeded: bool) -> bool {
    match kind {
        // Not retryable: the certificate or host name is wrong.
        ErrorKind::Connect => true,
        ErrorKind::Unauthenticated | ErrorKind::PaymentRequired | ErrorKind::NotSent => true,
        ErrorKind::PermissionDenied => !succeeded,
        _ => false,
    }
}

/// What the journal records of a request.
pub(super) fn to_record(
    claimed: &Claimed,
    result: &Result<Release, Error>,
    outcome: AttemptOutcome,
    duration: Duration,
) -> AttemptResult {
    let (status, request_id) = match result {
        Ok(release) => (release.status(), release.request_id()),
        Err(error) => (error.status(), error.request_id()),
    };
    let absent = outcome == AttemptOutcome::Settled(Disposition::Absent);
    let error = result.as_ref().err().filter(|_| !absent);
    AttemptResult {
        attempt: claimed.attempt,
        position: claimed.position,
        outcome,
        kind: error.map(Error::kind),
        status,
        message: error.map(Error::to_string),
        request_id: request_id.map(str::to_owned),
        duration,
    }
}

/// What the journal records of an attempt that was not sent, or whose result is lost.
pub(super) fn without_result(
    claimed: &Claimed,
    outcome: AttemptOutcome,
    kind: ErrorKind,
    why: &str,
) -> AttemptResult {
    AttemptResult {
        attempt: claimed.attempt,
        position: claimed.position,
        outcome,
        kind: Some(kind),
        status: None,
        message: Some(why.to_owned()),
        request_id: None,
        duration: Duration::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::{AttemptOutcome, RunEffect, classify};
    use numbers_core::Disposition::{Absent, Failed, Unknown};
    use numbers_core::{Error, ErrorKind, Vendor};

    const ACME: Vendor = Vendor::new("acme");

    fn outcome(error: Error, earlier_may_have_released: bool) -> AttemptOutcome {
        classify(&Err(error), earlier_may_have_released, false).outcome
    }

    #[test]
    fn only_what_fails_for_every_number_is_fatal() {
        for (kind, succeeded, fatal) in [
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
            let effect = classify(&Err(Error::new(ACME, kind)), false, succeeded).effect;
            assert_eq!(
                effect == RunEffect::Fatal(kind),
                fatal,
                "{kind} {succeeded}"
            );
        }
        let wrong_certificate = Error::connect(ACME, "wrong certificate").with_permanent(true);
        let effect = classify(&Err(wrong_certificate), false, true).effect;
        assert_eq!(effect, RunEffect::Fatal(ErrorKind::Connect));
    }

    #[test]
    fn what_a_result_means_for_the_number() {
        for (kind, first, resent) in [
            (ErrorKind::RateLimited, AttemptOutcome::Requeued, Unknown),
            (ErrorKind::Connect, AttemptOutcome::Requeued, Unknown),
            (
                ErrorKind::Unauthenticated,
                AttemptOutcome::Requeued,
                Unknown,
            ),
            (ErrorKind::NotSent, AttemptOutcome::NotSent, Unknown),
            (
                ErrorKind::PermissionDenied,
                AttemptOutcome::Settled(Failed),
                Unknown,
            ),
            (ErrorKind::NotFound, AttemptOutcome::Settled(Failed), Absent),
            (
                ErrorKind::Conflict,
                AttemptOutcome::Settled(Failed),
                Unknown,
            ),
            (
                ErrorKind::InvalidNumber,
                AttemptOutcome::Settled(Failed),
                Unknown,
            ),
            (
                ErrorKind::Timeout,
                AttemptOutcome::Settled(Unknown),
                Unknown,
            ),
            (
                ErrorKind::ServerError,
                AttemptOutcome::Settled(Unknown),
                Unknown,
            ),
        ] {
            assert_eq!(outcome(Error::new(ACME, kind), false), first, "{kind}");
            assert_eq!(
                outcome(Error::new(ACME, kind), true),
                AttemptOutcome::Settled(resent),
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
            for earlier_may_have_released in [false, true] {
                let error = Error::new(ACME, kind).with_may_have_released(true);
                assert_eq!(
                    outcome(error, earlier_may_have_released),
                    AttemptOutcome::Settled(Unknown),
                    "{kind}"
                );
            }
        }
    }
}
