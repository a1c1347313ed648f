//! A connection to a database that is lost at a commit.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// When the connection is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lose {
    /// Before the commit reaches the database.
    Before = 1,
    /// After the database has it, and before its response is seen.
    After = 2,
}

pub(crate) struct Proxy {
    port: u16,
    armed: Arc<AtomicU8>,
}

impl Proxy {
    pub(crate) async fn start(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let armed = Arc::new(AtomicU8::new(0));
        let shared = Arc::clone(&armed);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = TcpStream::connect(("127.0.0.1", server)).await.unwrap();
                tokio::spawn(pass(client, server, Arc::clone(&shared)));
            }
        });
        Self { port, armed }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Loses the next commit.
    pub(crate) fn lose(&self, when: Lose) {
        self.armed.store(when as u8, Ordering::SeqCst);
    }

    /// Whether a commit that was to be lost is lost.
    pub(crate) fn has_lost(&self) -> bool {
        self.armed.load(Ordering::SeqCst) == 0
    }
}

async fn pass(mut client: TcpStream, mut server: TcpStream, armed: Arc<AtomicU8>) {
    let (mut up, mut down) = ([0; 16384], [0; 16384]);
    loop {
        tokio::select! {
            read = client.read(&mut up) => {
                let Ok(read @ 1..) = read else { return };
                let commit = up[..read].windows(6).any(|bytes| bytes == b"COMMIT");
                let lose = match commit {
                    true => armed.swap(0, Ordering::SeqCst),
                    false => 0,
                };
                if lose == Lose::Before as u8 {
                    return;
                }
                if server.write_all(&up[..read]).await.is_err() {
                    return;
                }
                if lose == Lose::After as u8 {
                    // The response proves that the commit came about. It goes no further.
                    let _ = server.read(&mut down).await;
                    return;
                }
            }
            read = server.read(&mut down) => {
                let Ok(read @ 1..) = read else { return };
                if client.write_all(&down[..read]).await.is_err() {
                    return;
                }
            }
        }
    }
}
