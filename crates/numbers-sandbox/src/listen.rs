//! One listener and its connections.

use std::{sync::Arc, time::Duration};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
};

use crate::{
    Server,
    desk::Desk,
    endpoint::{Line, routes},
};

/// A pause after a failed accept, so that a lack of descriptors does not become a busy loop.
const ACCEPT_PAUSE: Duration = Duration::from_millis(10);

/// Serves connections until `stop` changes or goes away. The connections end with it.
pub(crate) async fn listen(
    listener: TcpListener,
    server: Server,
    desk: Arc<Desk>,
    mut stop: watch::Receiver<()>,
) {
    let routes = routes(server);
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = stop.changed() => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let line = Line { server, desk: Arc::clone(&desk) };
                    connections.spawn(serve(stream, routes.clone().with_state(line)));
                }
                Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
            },
        }
    }
    connections.shutdown().await;
}

/// Serves one connection, request after request, until the client leaves.
async fn serve(stream: TcpStream, routes: Router) {
    // Whatever fails here, a client that left or one that does not speak HTTP, is the client's to
    // notice: it has no one else to be told to.
    let _ = stream.set_nodelay(true);
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(routes))
        .await;
}
