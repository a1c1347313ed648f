//! The span and events of a run, which the docs of [`run`](crate::run) list. They never contain a number.

use crate::journal::{JournalError, JournalErrorKind};
use crate::run::{End, RunOptions, Summary};
use numbers_core::{ErrorKind, Vendor};
use std::time::Duration;
use tracing::Span;
use tracing::field::Empty;

const TARGET: &str = "numbers";

/// Opens the span of a run.
pub(super) fn open(vendor: &Vendor, options: &RunOptions) -> Span {
    tracing::info_span!(
        target: TARGET,
        "batch",
        numbers.vendor = vendor.as_str(),
        numbers.interval_ms = integer(options.rate().interval().as_millis()),
        numbers.concurrency = integer(options.concurrency().get()),
        numbers.end = Empty,
        numbers.sent = Empty,
        numbers.unrecorded = Empty,
        otel.status_code = Empty,
    )
}

/// Records how the run ended.
pub(super) fn close(span: &Span, result: &Result<Summary, JournalError>) {
    let end = match result {
        Ok(summary) => {
            span.record("numbers.sent", integer(summary.sent));
            span.record("numbers.unrecorded", integer(summary.unrecorded.len()));
            summary.end
        }
        Err(_) => End::JournalFailed,
    };
    span.record("numbers.end", end.as_str());
    if !matches!(end, End::Done | End::Stopped) {
        span.record("otel.status_code", "ERROR");
    }
}

/// The whole run waits.
pub(super) fn pause(kind: ErrorKind, wait: Duration) {
    tracing::info!(
        name: "pause",
        target: TARGET,
        {
            numbers.wait_ms = integer(wait.as_millis()),
            error.r#type = kind.as_str(),
        },
        "pause",
    );
}

/// The run claims nothing more, before all numbers are settled.
pub(super) fn ending(end: End) {
    let kind = match end {
        End::Fatal(kind) => Some(kind.as_str()),
        _ => None,
    };
    tracing::warn!(
        name: "batch_ending",
        target: TARGET,
        { numbers.end = end.as_str(), error.r#type = kind },
        "batch_ending",
    );
}

/// The journal failed.
pub(super) fn journal_failed(kind: JournalErrorKind, unrecorded: usize) {
    tracing::warn!(
        name: "journal_failed",
        target: TARGET,
        { numbers.unrecorded = integer(unrecorded), numbers.journal_error = ?kind },
        "journal_failed",
    );
}

/// Another worker made the claims of this one unknown.
pub(super) fn lease_lost() {
    tracing::warn!(name: "lease_lost", target: TARGET, "lease_lost");
}

/// A field's value. OpenTelemetry has no unsigned integers, and would get a string.
fn integer(n: impl TryInto<i64>) -> i64 {
    n.try_into().unwrap_or(i64::MAX)
}
