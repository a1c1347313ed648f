//! What one listener answers.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Router,
    extract::{Path, Request, State, rejection::PathRejection},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::delete,
};

use tokio::sync::mpsc;

use crate::{Fault, Server, desk::Desk, record::Recorded, script::Script};

/// One server's side of a connection.
#[derive(Clone)]
pub(crate) struct Line {
    pub(crate) server: Server,
    pub(crate) desk: Arc<Desk>,
    /// Takes the connection out of HTTP's hands: the script decides about it from here on.
    pub(crate) take_over: mpsc::Sender<Script>,
}

/// The vendor's endpoint, and refusals for everything else.
pub(crate) fn routes(server: Server) -> Router<Line> {
    Router::new()
        .route(
            server.reading().route,
            delete(release).fallback(wrong_method),
        )
        .fallback(wrong_path)
}

/// The path, decoded segment by segment. It fails where a segment is not UTF-8.
type Segments = Result<Path<HashMap<String, String>>, PathRejection>;

async fn release(State(line): State<Line>, segments: Segments, request: Request) -> Response {
    let Ok(Path(mut segments)) = segments else {
        return wrong_path(State(line), request).await;
    };
    let reading = line.server.reading();
    let account = segments.remove("account");
    let number = segments.remove("number").unwrap_or_default();
    let admitted = (reading.admits)(request.headers(), account.as_deref());

    let mut recorded = Recorded::of(line.server, request).await;
    recorded.number = Some(number.clone());
    if !admitted {
        return line.refuse(recorded, StatusCode::UNAUTHORIZED, "Authentication failed");
    }
    if let Some(fault) = line.desk.faults.for_request(line.server, &number) {
        recorded.acted = fault.acts() && line.desk.numbers.act(line.server, &number);
        return line.play(recorded, &fault).await;
    }
    recorded.acted = line.desk.numbers.act(line.server, &number);
    if recorded.acted {
        let (status, body) = reading.success;
        line.answer(recorded, status, body.to_owned())
    } else {
        line.refuse(recorded, StatusCode::NOT_FOUND, reading.absent)
    }
}

async fn wrong_method(State(line): State<Line>, request: Request) -> Response {
    let recorded = Recorded::of(line.server, request).await;
    line.refuse(
        recorded,
        StatusCode::METHOD_NOT_ALLOWED,
        "Method not allowed",
    )
}

async fn wrong_path(State(line): State<Line>, request: Request) -> Response {
    let recorded = Recorded::of(line.server, request).await;
    line.refuse(recorded, StatusCode::NOT_FOUND, "Not found")
}

impl Line {
    fn refuse(&self, recorded: Recorded, status: StatusCode, message: &str) -> Response {
        let body = self
            .server
            .reading()
            .error_form()
            .fill(status.as_u16(), message);
        self.answer(recorded, status, body)
    }

    fn answer(&self, mut recorded: Recorded, status: StatusCode, body: String) -> Response {
        recorded.status = Some(status.as_u16());
        self.desk.record.add(recorded);
        (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
    }

    /// Hands the connection over to a fault. The response that hyper waits for never comes.
    async fn play(&self, mut recorded: Recorded, fault: &Fault) -> Response {
        let elsewhere = self.desk.elsewhere(self.server);
        let script = fault.script(self.server, &recorded.path, &elsewhere);
        recorded.status = fault.status(self.server);
        recorded.fault = Some(fault.to_string());
        self.desk.record.add(recorded);
        // It fails only where the connection is gone, and this future with it.
        let _ = self.take_over.send(script).await;
        std::future::pending().await
    }
}
