//! One span a request, keyed by OpenTelemetry's conventions for HTTP clients.

use crate::base::Base;
use numbers_core::{Endpoint, ErrorKind};
use tracing::Span;
use tracing::field::{Empty, display};

/// Opens the span. `url.full` and `url.path` are left out: they name the number.
pub(crate) fn open(endpoint: &Endpoint, base: &Base) -> Span {
    tracing::info_span!(
        "DELETE",
        otel.name = format_args!("{} {}", endpoint.method(), endpoint.template()),
        otel.kind = "client",
        http.request.method = endpoint.method(),
        url.template = endpoint.template(),
        server.address = base.host(),
        server.port = base.port(),
        http.response.status_code = Empty,
        error.r#type = Empty,
    )
}

/// Records what came of the request.
pub(crate) fn close(span: &Span, status: Option<u16>, kind: Option<ErrorKind>) {
    if span.is_disabled() {
        return;
    }
    if let Some(status) = status {
        span.record("http.response.status_code", status);
    }
    if let Some(kind) = kind {
        span.record("error.type", display(kind));
    }
}
