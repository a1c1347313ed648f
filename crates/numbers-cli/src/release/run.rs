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
    /// Releases every number until a signal comes, or an error that every other number would meet. Every number
    /// gets a line.
    pub(crate) async fn all(&self, ids: &[Id], report: &mut Report<'_>) -> Result<Exit, Failure> {
        let watched = Watched::new(self.client);
        let releaser = self.layers(&watched);
        let mut any_released = false;
        for (at, id) in ids.iter().enumerate() {
            if self.interrupt.requested() {
                return rest(ids, at, SIGNAL, report).map(|_| Exit::Interrupted);
            }
            watched.begin();
            let result = tokio::select! {
                biased;
                result = releaser.release(&id.number) => Some(result),
                () = self.interrupt.wait() => None,
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
            if let Some(why) = self.hopeless(&result, any_released).filter(|_| left > 0) {
                let count = numbers(left);
                self.progress.above(|| {
                    note(&format!(
                        "stopped, because {why}: {count} would meet the same"
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

    /// Why every other number would fail too.
    fn hopeless(
        &self,
        result: &Result<Release, Error>,
        any_released: bool,
    ) -> Option<&'static str> {
        let error = result.as_ref().err()?;
        match error.kind() {
            ErrorKind::Unauthenticated => Some("the credentials were not accepted"),
            ErrorKind::PaymentRequired => Some("the vendor asks for payment"),
            ErrorKind::PermissionDenied if !any_released => {
                Some("the credentials do not allow a release")
            }
            ErrorKind::Connect if !error.is_retryable() => {
                Some("the server's certificate is not valid")
            }
            ErrorKind::RateLimited if self.retry.is_some() => {
                Some("the vendor's rate limit did not end")
            }
            _ => None,
        }
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
