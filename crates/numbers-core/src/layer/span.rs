//! The span and the event of `Retry`. Names and fields are promised in `docs/observability.md`.

use crate::{Disposition, Error, Release, Vendor};
use std::time::Duration;
use tracing::Span;
use tracing::field::Empty;

const TARGET: &str = "numbers";

/// Opens the span of a release, around all its attempts.
pub(super) fn open(vendor: &Vendor) -> Span {
    tracing::info_span!(
        target: TARGET,
        "release",
        numbers.vendor = vendor.as_str(),
        numbers.outcome = Empty,
        numbers.attempts = Empty,
        error.r#type = Empty,
        otel.status_code = Empty,
    )
}

/// Records the result of the release.
pub(super) fn close(span: &Span, result: &Result<Release, Error>) {
    let attempts = match result {
        Ok(release) => release.attempts(),
        Err(error) => error.attempts(),
    };
    let disposition = Disposition::from_result(result);
    span.record("numbers.outcome", disposition.as_str());
    span.record("numbers.attempts", integer(attempts.len()));
    if let Err(error) = result {
        span.record("error.type", error.kind().as_str());
        span.record("otel.status_code", "ERROR");
    }
}

/// Emits the event for another attempt after a wait. `attempts` is how many there were.
pub(super) fn retry(error: &Error, attempts: usize, wait: Duration) {
    tracing::info!(
        name: "retry",
        target: TARGET,
        {
            numbers.vendor = error.vendor().as_str(),
            numbers.wait_ms = integer(wait.as_millis()),
            error.r#type = error.kind().as_str(),
            http.request.resend_count = integer(attempts),
        },
        "retry",
    );
}

/// A field's value: OpenTelemetry has no unsigned integers, and gets those of tracing as strings.
fn integer(n: impl TryInto<i64>) -> i64 {
    n.try_into().unwrap_or(i64::MAX)
}
