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
    desk::Desk,
    endpoint::{Line, routes},
    script::Script,
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
    let host = Host {
        server,
        desk,
        routes: routes(server),
    };
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = stop.changed() => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(host.clone().serve(stream));
                }
                Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
            },
        }
    }
    connections.shutdown().await;
}

/// What a connection needs to be served.
#[derive(Clone)]
struct Host {
    server: Server,
    desk: Arc<Desk>,
    routes: Router<Line>,
}

impl Host {
    /// Serves one connection, request after request, until the client leaves or a fault ends it.
    async fn serve(self, mut stream: TcpStream) {
        let _ = stream.set_nodelay(true);
        if self.desk.faults.for_connection(self.server).is_some() {
            Script::stall().play(stream).await;
            return;
        }
        while let Some(returned) = self.serve_until_fault(stream).await {
            stream = returned;
        }
    }

    /// Gives the connection back where a fault has taken it over and left it fit for further requests.
    async fn serve_until_fault(&self, stream: TcpStream) -> Option<TcpStream> {
        let (take_over, mut taken_over) = mpsc::channel(1);
        let line = Line {
            server: self.server,
            desk: Arc::clone(&self.desk),
            take_over,
        };
        let service = TowerToHyperService::new(self.routes.clone().with_state(line));
        let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
        let script = tokio::select! {
            // What fails here is the client's doing, and it knows: it left, or does not speak HTTP.
            _ = &mut connection => return None,
            script = taken_over.recv() => script?,
        };
        // The request was read to its end and nothing is written yet, so hyper holds no bytes back.
        let stream = connection.into_parts().io.into_inner();
        script.play(stream).await
    }
}
