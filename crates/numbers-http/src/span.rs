//! One span a request. Its name and fields are promised in `docs/observability.md`.

use crate::base::BaseUrl;
use numbers_core::{Endpoint, ErrorKind};
use tracing::Span;
use tracing::field::Empty;

/// Opens the span. `url.full` and `url.path` are left out: they name the number.
///
/// Integers are signed: OpenTelemetry has no others, and gets those of tracing as strings.
pub(crate) fn open(endpoint: &Endpoint, base: &BaseUrl) -> Span {
    tracing::info_span!(
        target: "numbers",
        "request",
        otel.name = format_args!("{} {}", endpoint.method(), endpoint.template()),
        otel.kind = "client",
        otel.status_code = Empty,
        numbers.vendor = endpoint.vendor().as_str(),
        http.request.method = endpoint.method(),
        url.template = endpoint.template(),
        server.address = base.host(),
        server.port = i64::from(base.port()),
        http.response.status_code = Empty,
        error.r#type = Empty,
    )
}

/// Records the result of the request.
pub(crate) fn close(span: &Span, status: Option<u16>, kind: Option<ErrorKind>) {
    if let Some(status) = status {
        span.record("http.response.status_code", i64::from(status));
    }
    if let Some(kind) = kind {
        span.record("error.type", kind.as_str());
        span.record("otel.status_code", "ERROR");
    }
}
