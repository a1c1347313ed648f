//! One listener and its connections.

use std::{net::SocketAddr, ops::Range, sync::Arc, time::Duration};

use axum::{Router, extract::Request};
use hyper::{
    body::Incoming,
    server::conn::http1,
    service::{Service, service_fn},
};
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{mpsc, watch},
    task::JoinSet,
    time::{Instant, sleep, sleep_until},
};

use crate::{
    Server,
    endpoint::{Hijack, routes},
    script::Script,
    shared_state::SharedState,
};

/// A pause after a failed accept or bind, so that a lack of file descriptors does not become a busy loop.
const RETRY_PAUSE: Duration = Duration::from_millis(10);

/// One server's listener.
#[derive(Clone)]
pub(crate) struct Listener {
    server: Server,
    state: Arc<SharedState>,
    routes: TowerToHyperService<Router>,
}

impl Listener {
    pub(crate) fn new(server: Server, state: Arc<SharedState>) -> Self {
        let routes = TowerToHyperService::new(routes(server, Arc::clone(&state)));
        Self {
            server,
            state,
            routes,
        }
    }

    /// Serves connections until `stop` is true or its sender is dropped, except while it is unreachable.
    pub(crate) async fn run(
        self,
        mut socket: TcpListener,
        unreachable: Option<Range<Instant>>,
        mut stop: watch::Receiver<bool>,
    ) {
        if let Some(time) = unreachable {
            let Ok(address) = socket.local_addr() else {
                return;
            };
            let begins = sleep_until(time.start);
            self.serve(socket, async {
                tokio::select! {
                    () = stopped(&mut stop) => {}
                    () = begins => {}
                }
            })
            .await;
            let ends = async {
                sleep_until(time.end).await;
                bind(address).await
            };
            socket = tokio::select! {
                () = stopped(&mut stop) => return,
                bound = ends => bound,
            };
        }
        self.serve(socket, stopped(&mut stop)).await;
    }

    /// Serves connections until `end`. The socket and the connections are closed with it.
    async fn serve(&self, socket: TcpListener, end: impl Future<Output = ()>) {
        let mut connections = JoinSet::new();
        tokio::pin!(end);
        loop {
            tokio::select! {
                () = &mut end => break,
                Some(_) = connections.join_next() => {}
                accepted = socket.accept() => match accepted {
                    Ok((stream, _)) => {
                        connections.spawn(self.clone().serve_connection(stream));
                    }
                    Err(_) => sleep(RETRY_PAUSE).await,
                },
            }
        }
        drop(socket);
        connections.shutdown().await;
    }

    /// Serves one connection, request after request, until the client leaves or a fault ends it.
    async fn serve_connection(self, mut stream: TcpStream) {
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
        let service = service_fn(|mut request: Request<Incoming>| {
            request.extensions_mut().insert(Hijack(hijack.clone()));
            self.routes.call(request)
        });
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

async fn stopped(stop: &mut watch::Receiver<bool>) {
    // An error means that the sandbox was dropped.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Binds a port again. Another program may have taken it: then it waits.
async fn bind(address: SocketAddr) -> TcpListener {
    loop {
        match TcpListener::bind(address).await {
            Ok(socket) => return socket,
            Err(_) => sleep(RETRY_PAUSE).await,
        }
    }
}
