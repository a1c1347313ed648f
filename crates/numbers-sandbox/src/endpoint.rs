//! How one server responds.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Router,
    extract::{Path, Request, State, rejection::PathRejection},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::delete,
};

use tokio::sync::mpsc;

use crate::{
    Fault, Server, fault::FaultedRequest, record::RecordedRequest, script::Script,
    shared_state::SharedState,
};

/// The server's side of one connection.
#[derive(Clone)]
pub(crate) struct ConnectionContext {
    pub(crate) server: Server,
    pub(crate) state: Arc<SharedState>,
    /// Takes the connection away from hyper: from here on the script decides about it.
    pub(crate) hijack: mpsc::Sender<Script>,
}

/// The vendor's endpoint, and refusals for everything else.
pub(crate) fn routes(server: Server) -> Router<ConnectionContext> {
    Router::new()
        .route(server.spec().route, delete(release).fallback(wrong_method))
        .fallback(wrong_path)
}

/// The path, decoded segment by segment. It fails if a segment is not UTF-8.
type Segments = Result<Path<HashMap<String, String>>, PathRejection>;

async fn release(
    State(context): State<ConnectionContext>,
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
    let fault = context.state.faults.for_request(context.server, &number);
    let applies_release = fault.as_ref().is_none_or(Fault::applies_release);
    recorded.released = applies_release && context.state.numbers.release(context.server, &number);
    let (status, body) = spec.response(recorded.released);
    match fault {
        Some(fault) => context.run(recorded, &fault, status, &body).await,
        None => context.respond(recorded, status, body),
    }
}

async fn wrong_method(State(context): State<ConnectionContext>, request: Request) -> Response {
    let recorded = RecordedRequest::from_request(context.server, request).await;
    context.refuse(
        recorded,
        StatusCode::METHOD_NOT_ALLOWED,
        "Method not allowed",
    )
}

async fn wrong_path(State(context): State<ConnectionContext>, request: Request) -> Response {
    let recorded = RecordedRequest::from_request(context.server, request).await;
    context.refuse(recorded, StatusCode::NOT_FOUND, "Not found")
}

impl ConnectionContext {
    fn refuse(&self, recorded: RecordedRequest, status: StatusCode, message: &str) -> Response {
        let form = self.server.spec().error_form();
        self.respond(recorded, status, form.render(status.as_u16(), message))
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
        let _ = self.hijack.send(script).await;
        std::future::pending().await
    }
}
