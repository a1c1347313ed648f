//! How one server responds.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Extension, Router,
    extract::{Path, Request, State, rejection::PathRejection},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::delete,
};
use tokio::sync::mpsc;

use crate::{
    Fault, Server, fault::FaultedRequest, rate_limit::Refusal, record::RecordedRequest,
    script::Script, shared_state::SharedState,
};

/// Takes the connection of a request away from hyper: from then on the script decides about it.
#[derive(Clone)]
pub(crate) struct Hijack(pub(crate) mpsc::Sender<Script>);

/// What the responses of one server depend on.
#[derive(Clone)]
struct ServerContext {
    server: Server,
    state: Arc<SharedState>,
}

/// The vendor's endpoint, and refusals for everything else. Each request must have a [`Hijack`].
pub(crate) fn routes(server: Server, state: Arc<SharedState>) -> Router {
    Router::new()
        .route(server.spec().route, delete(release).fallback(wrong_method))
        .fallback(wrong_path)
        .with_state(ServerContext { server, state })
}

/// The path, decoded segment by segment. It fails if a segment is not UTF-8.
type Segments = Result<Path<HashMap<String, String>>, PathRejection>;

async fn release(
    State(context): State<ServerContext>,
    Extension(hijack): Extension<Hijack>,
    segments: Segments,
    request: Request,
) -> Response {
    let Ok(Path(mut segments)) = segments else {
        return wrong_path(State(context), request).await;
    };
    let spec = context.server.spec();
    let account = segments.remove("account");
    let number = segments.remove("number").unwrap_or_default();
    let authorized = (spec.is_authorized)(request.headers(), account.as_deref());

    let mut recorded = RecordedRequest::from_request(context.server, request).await;
    recorded.number = Some(number.clone());
    if !authorized {
        return context.refuse(recorded, StatusCode::UNAUTHORIZED, "Authentication failed");
    }
    let (server, state) = (context.server, &context.state);
    let attempt = state.numbers.count_request(server, &number);
    if let Some(refusal) = state.rate_limiter.check(server) {
        state.numbers.count_rate_limited(server, &number);
        return context.refuse_for_rate(recorded, &refusal);
    }
    let fault = state.faults.for_request(server, &number, attempt);
    let applies_release = fault.as_ref().is_none_or(Fault::applies_release);
    recorded.released = applies_release && state.numbers.release(server, &number);
    let (status, body) = spec.response(recorded.released);
    match fault {
        Some(fault) => {
            if fault.status(server) == Some(429) && !applies_release {
                state.numbers.count_rate_limited(server, &number);
            }
            context.run(recorded, &fault, status, &body, &hijack).await
        }
        None => context.respond(recorded, status, body),
    }
}

async fn wrong_method(State(context): State<ServerContext>, request: Request) -> Response {
    let recorded = RecordedRequest::from_request(context.server, request).await;
    context.refuse(
        recorded,
        StatusCode::METHOD_NOT_ALLOWED,
        "Method not allowed",
    )
}

async fn wrong_path(State(context): State<ServerContext>, request: Request) -> Response {
    let recorded = RecordedRequest::from_request(context.server, request).await;
    context.refuse(recorded, StatusCode::NOT_FOUND, "Not found")
}

impl ServerContext {
    fn refuse(&self, recorded: RecordedRequest, status: StatusCode, message: &str) -> Response {
        let form = self.server.spec().error_form();
        self.respond(recorded, status, form.render(status.as_u16(), message))
    }

    fn refuse_for_rate(&self, recorded: RecordedRequest, refusal: &Refusal) -> Response {
        let status = StatusCode::TOO_MANY_REQUESTS;
        let mut response = self.refuse(recorded, status, "Too many requests");
        if let Some(seconds) = refusal.retry_after {
            let value = HeaderValue::from(seconds);
            response.headers_mut().insert(header::RETRY_AFTER, value);
        }
        response
    }

    fn respond(&self, mut recorded: RecordedRequest, status: StatusCode, body: String) -> Response {
        recorded.status = Some(status.as_u16());
        self.state.requests.add(recorded);
        (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
    }

    /// Hands the connection over to a fault, with the response that the request would have had without it.
    /// The response that hyper waits for never comes.
    async fn run(
        &self,
        mut recorded: RecordedRequest,
        fault: &Fault,
        status: StatusCode,
        body: &str,
        hijack: &Hijack,
    ) -> Response {
        let request = FaultedRequest {
            server: self.server,
            path: &recorded.path,
            other_host: &self.state.other_host(self.server),
            response: (status.as_u16(), body),
        };
        let script = fault.script(&request);
        recorded.status = fault.status_for(&request);
        recorded.fault = Some(fault.to_string());
        self.state.requests.add(recorded);
        // This fails only if the connection is gone, and this future with it.
        let _ = hijack.0.send(script).await;
        std::future::pending().await
    }
}
