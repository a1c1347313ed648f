//! Releases the numbers one after another.

use super::client::Client;
use super::ids::Id;
use super::report::Report;
use super::watched::Watched;
use crate::exit::{Exit, Failure};
use crate::interrupt::Interrupt;
use numbers::{Releaser, Retry};

/// Releases every number until a signal comes. Every number gets a line.
pub(crate) async fn all(
    client: &Client,
    ids: &[Id],
    report: &mut Report<'_>,
    interrupt: &Interrupt,
) -> Result<Exit, Failure> {
    for (at, id) in ids.iter().enumerate() {
        if interrupt.requested() {
            return rest(ids, at, report);
        }
        let watched = Watched::new(&*client.releaser);
        let call = async {
            match &client.retry {
                Some(policy) => {
                    let retry = Retry::new(&watched, policy.clone());
                    retry.release(&id.number).await
                }
                None => watched.release(&id.number).await,
            }
        };
        let result = tokio::select! {
            biased;
            result = call => Some(result),
            () = interrupt.wait() => None,
        };
        let left = ids.len() - at - 1;
        if let Some(result) = result {
            report.result(&id.number, &result, left)?;
            continue;
        }
        match watched.failure() {
            Some(error) => report.result(&id.number, &Err(error), left)?,
            None => report.in_flight(&id.number, watched.started(), left)?,
        }
        return rest(ids, at + 1, report);
    }
    Ok(report.finish())
}

/// Reports the numbers from `at` on as not sent.
fn rest(ids: &[Id], at: usize, report: &mut Report<'_>) -> Result<Exit, Failure> {
    for (at, id) in ids.iter().enumerate().skip(at) {
        report.not_sent(&id.number, ids.len() - at - 1)?;
    }
    report.finish();
    Ok(Exit::Interrupted)
}
