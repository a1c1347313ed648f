//! Releases the numbers one after another.

use super::ids::Id;
use super::pace::Pace;
use super::progress::Progress;
use super::report::{Report, numbers};
use super::wait_out::{GIVE_UP_AFTER, WaitOut};
use super::watched::Watched;
use crate::exit::{Exit, Failure};
use crate::interrupt::Interrupt;
use crate::output::note;
use numbers::{Error, ErrorKind, RateLimit, Release, Releaser, Retry, RetryPolicy};
use std::time::Duration;

/// What is not sent after a signal.
const SIGNAL: &str = "stopped by a signal before anything was sent";

/// How the numbers are released.
pub(crate) struct Run<'a> {
    pub(crate) client: &'a dyn Releaser,
    pub(crate) pace: Option<Pace>,
    /// The time-out of an attempt, where attempts are retried.
    pub(crate) retry: Option<Duration>,
    pub(crate) progress: &'a Progress,
    pub(crate) interrupt: &'a Interrupt,
}

impl Run<'_> {
    /// Releases every number until a signal comes, or an error that every other number would get. Every number
    /// gets a line.
    pub(crate) async fn all(&self, ids: &[Id], report: &mut Report<'_>) -> Result<Exit, Failure> {
        let watched = Watched::new(self.client, self.interrupt);
        let releaser = self.layers(&watched);
        let mut any_released = false;
        for (at, id) in ids.iter().enumerate() {
            if self.interrupt.requested() {
                return rest(ids, at, SIGNAL, report).map(|_| Exit::Interrupted);
            }
            watched.begin();
            let mut call = releaser.release(&id.number);
            let result = tokio::select! {
                biased;
                result = &mut call => Some(result),
                // A response that came before the signal counts.
                () = self.interrupt.wait() => at_once(call).await,
            };
            let left = ids.len() - at - 1;
            let Some(result) = result else {
                match watched.failure() {
                    Some(error) => report.result(&id.number, &Err(error), left)?,
                    None if watched.started() == 0 => report.not_sent(&id.number, SIGNAL, left)?,
                    None => report.in_flight(&id.number, watched.started(), left)?,
                }
                return rest(ids, at + 1, SIGNAL, report).map(|_| Exit::Interrupted);
            };
            any_released |= result.is_ok();
            report.result(&id.number, &result, left)?;
            if let Some(why) =
                fatal(&result, any_released, self.retry.is_some()).filter(|_| left > 0)
            {
                let count = numbers(left);
                self.progress.above(|| {
                    note(&format!(
                        "stopped, because {why}: {count} would get the same"
                    ));
                });
                let why = format!("nothing was sent, because {why}");
                return rest(ids, at + 1, &why, report);
            }
        }
        Ok(report.finish())
    }

    /// The client with its layers: from the inside, the pace, the wait for a rate limit, and the retry.
    fn layers<'a>(&'a self, watched: &'a Watched<'a>) -> Box<dyn Releaser + 'a> {
        let paced: Box<dyn Releaser> = match self.pace {
            Some(pace) => Box::new(RateLimit::per_minute(watched, pace.per_minute)),
            None => Box::new(watched),
        };
        match self.retry {
            Some(timeout) => {
                let patient = WaitOut::new(paced, self.progress);
                Box::new(Retry::new(patient, policy(timeout)))
            }
            None => paced,
        }
    }
}

/// The result of a call, if it is there.
async fn at_once<T>(call: impl Future<Output = T> + Unpin) -> Option<T> {
    tokio::select! {
        biased;
        result = call => Some(result),
        () = std::future::ready(()) => None,
    }
}

/// Why every other number would fail too. A rate limit counts only if it was waited out.
fn fatal(result: &Result<Release, Error>, any_released: bool, waits: bool) -> Option<&'static str> {
    let error = result.as_ref().err()?;
    match error.kind() {
        ErrorKind::Unauthenticated => Some("the credentials were not accepted"),
        ErrorKind::PaymentRequired => Some("the vendor asks for payment"),
        ErrorKind::PermissionDenied if !any_released => {
            Some("the credentials do not allow a release")
        }
        // Only this one is permanent.
        ErrorKind::Connect if !error.is_retryable() => {
            Some("the server's certificate is not valid")
        }
        ErrorKind::RateLimited if waits => Some("the vendor's rate limit did not end"),
        _ => None,
    }
}

/// Reports the numbers from `at` on as not sent.
fn rest(ids: &[Id], at: usize, why: &str, report: &mut Report<'_>) -> Result<Exit, Failure> {
    for (at, id) in ids.iter().enumerate().skip(at) {
        report.not_sent(&id.number, why, ids.len() - at - 1)?;
    }
    Ok(report.finish())
}

/// The default policy, with a deadline long enough for four attempts, the longest waits between them, and a rate
/// limit that is waited out.
fn policy(timeout: Duration) -> RetryPolicy {
    let attempts = timeout.saturating_mul(4);
    let all = attempts
        .saturating_add(Duration::from_secs(3 * 60))
        .saturating_add(GIVE_UP_AFTER);
    // No attempt starts in the last quarter of the deadline.
    RetryPolicy::default().with_deadline((all / 3).saturating_mul(4))
}

#[cfg(test)]
mod tests {
    use super::fatal;
    use numbers::{Error, ErrorKind, Vendor};

    #[test]
    fn only_what_fails_for_every_number_is_fatal() {
        let error = |kind| Error::new(Vendor::new("acme"), kind);
        let connect = error(ErrorKind::Connect);
        for (error, any_released, waits, stops) in [
            (error(ErrorKind::Unauthenticated), true, false, true),
            (error(ErrorKind::PaymentRequired), true, false, true),
            (error(ErrorKind::PermissionDenied), false, false, true),
            (error(ErrorKind::PermissionDenied), true, false, false),
            (connect.with_permanent(true), false, false, true),
            (error(ErrorKind::Connect), false, true, false),
            (error(ErrorKind::RateLimited), false, false, false),
            (error(ErrorKind::RateLimited), false, true, true),
            (error(ErrorKind::NotFound), false, true, false),
            (error(ErrorKind::ServerError), false, true, false),
        ] {
            let kind = error.kind();
            let why = fatal(&Err(error), any_released, waits);
            assert_eq!(
                why.is_some(),
                stops,
                "{kind} {any_released} {waits}: {why:?}"
            );
        }
    }
}
