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

use crate::{Fault, Server, desk::Desk, fault::Taken, record::Recorded, script::Script};

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
    let fault = line.desk.faults.for_request(line.server, &number);
    let may_act = fault.as_ref().is_none_or(Fault::acts);
    recorded.acted = may_act && line.desk.numbers.act(line.server, &number);
    let (status, body) = reading.response(recorded.acted);
    match fault {
        Some(fault) => line.play(recorded, &fault, status, &body).await,
        None => line.answer(recorded, status, body),
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

    /// Hands the connection over to a fault, with the response that would have come without it. The one that
    /// hyper waits for never comes.
    async fn play(
        &self,
        mut recorded: Recorded,
        fault: &Fault,
        status: StatusCode,
        body: &str,
    ) -> Response {
        let taken = Taken {
            server: self.server,
            path: &recorded.path,
            elsewhere: &self.desk.elsewhere(self.server),
            normal: (status.as_u16(), body),
        };
        let script = fault.script(&taken);
        recorded.status = fault.status_of(&taken);
        recorded.fault = Some(fault.to_string());
        self.desk.record.add(recorded);
        // It fails only where the connection is gone, and this future with it.
        let _ = self.take_over.send(script).await;
        std::future::pending().await
    }
}
