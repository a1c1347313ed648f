//! The releases, one after another.

use super::ids::Id;
use super::report::Report;
use crate::exit::{Exit, Failure};
use numbers::Releaser;
use std::pin::Pin;

/// Releases every number unless `stop` is ready first. Whatever happens, each number gets its line.
pub(crate) async fn all(
    client: &dyn Releaser,
    ids: &[Id],
    report: &mut Report,
    mut stop: Pin<&mut impl Future<Output = ()>>,
) -> Result<Exit, Failure> {
    for (at, id) in ids.iter().enumerate() {
        // A signal that came while a result was written is heard only where the runtime gets a turn.
        tokio::select! {
            biased;
            () = stop.as_mut() => return rest(ids, at, report),
            () = tokio::task::yield_now() => {}
        }
        let result = tokio::select! {
            biased;
            result = client.release(&id.number) => Some(result),
            () = stop.as_mut() => None,
        };
        let left = ids.len() - at - 1;
        match result {
            Some(result) => report.result(&id.number, &result, left)?,
            None => {
                report.in_flight(&id.number, left)?;
                return rest(ids, at + 1, report);
            }
        }
    }
    Ok(report.finish())
}

/// Reports every number as not sent.
pub(crate) fn none(ids: &[Id], report: &mut Report) -> Result<Exit, Failure> {
    rest(ids, 0, report)
}

/// Reports the numbers from `at` on as not sent.
fn rest(ids: &[Id], at: usize, report: &mut Report) -> Result<Exit, Failure> {
    for (at, id) in ids.iter().enumerate().skip(at) {
        report.not_sent(&id.number, ids.len() - at - 1)?;
    }
    report.finish();
    Ok(Exit::Interrupted)
}
