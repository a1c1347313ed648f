//! One listener and its connections.

use std::{sync::Arc, time::Duration};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{mpsc, watch},
    task::JoinSet,
};

use crate::{
    Server,
    endpoint::{ConnectionContext, routes},
    script::Script,
    shared_state::SharedState,
};

/// A pause after a failed accept, so that a lack of file descriptors does not become a busy loop.
const ACCEPT_PAUSE: Duration = Duration::from_millis(10);

/// Serves connections until `stop` changes or goes away. The connections end with it.
pub(crate) async fn listen(
    listener: TcpListener,
    server: Server,
    state: Arc<SharedState>,
    mut stop: watch::Receiver<()>,
) {
    let handler = Handler {
        server,
        state,
        routes: routes(server),
    };
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = stop.changed() => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(handler.clone().serve(stream));
                }
                Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
            },
        }
    }
    connections.shutdown().await;
}

/// Serves the connections of one listener.
#[derive(Clone)]
struct Handler {
    server: Server,
    state: Arc<SharedState>,
    routes: Router<ConnectionContext>,
}

impl Handler {
    /// Serves one connection, request after request, until the client leaves or a fault ends it.
    async fn serve(self, mut stream: TcpStream) {
        let _ = stream.set_nodelay(true);
        if self.state.faults.for_connection(self.server).is_some() {
            Script::stall().run(stream).await;
            return;
        }
        while let Some(returned) = self.serve_until_fault(stream).await {
            stream = returned;
        }
    }

    /// Returns the connection if a fault has hijacked it and it can serve further requests.
    async fn serve_until_fault(&self, stream: TcpStream) -> Option<TcpStream> {
        let (hijack, mut hijacked) = mpsc::channel(1);
        let context = ConnectionContext {
            server: self.server,
            state: Arc::clone(&self.state),
            hijack,
        };
        let service = TowerToHyperService::new(self.routes.clone().with_state(context));
        let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
        let script = tokio::select! {
            // An error is the client's: it left, or does not speak HTTP.
            _ = &mut connection => return None,
            script = hijacked.recv() => script?,
        };
        // The request was read completely and nothing is written yet, so hyper has no bytes in its buffers.
        let stream = connection.into_parts().io.into_inner();
        script.run(stream).await
    }
}
