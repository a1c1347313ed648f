//! What a fault does with a connection that it has taken over.

use std::{io, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Bytes to write, and what then becomes of the connection.
#[derive(Debug)]
pub(crate) struct Script {
    pub(crate) bytes: Vec<u8>,
    pub(crate) then: Then,
}

#[derive(Debug)]
pub(crate) enum Then {
    /// The answer is whole: the connection serves the next request.
    Serve,
    /// These bytes come when the next request does, or after a pause; then it is served.
    Late(Vec<u8>),
    /// The socket is closed.
    Close,
    /// Only our side of the connection is closed.
    CloseWriting,
    /// The socket is closed by a reset.
    Reset,
    /// Nothing more comes, and the connection stays open.
    Stall,
    /// These bytes come one a second, then the socket is closed.
    Drip(Vec<u8>),
    /// These bytes come again and again.
    Repeat(Vec<u8>),
}

/// The pause between two bytes of a drip.
const DRIP: Duration = Duration::from_secs(1);

/// How long late bytes wait for the next request.
const LATE: Duration = Duration::from_millis(50);

impl Script {
    /// Nothing at all.
    pub(crate) fn stall() -> Self {
        Self {
            bytes: Vec::new(),
            then: Then::Stall,
        }
    }

    /// Plays to the end, or until the client leaves. Gives the connection back where it is to be
    /// served further.
    pub(crate) async fn play(self, mut stream: TcpStream) -> Option<TcpStream> {
        // An error means that the client has left, and that ends every script.
        stream.write_all(&self.bytes).await.ok()?;
        match self.then {
            Then::Serve => return Some(stream),
            Then::Late(bytes) => {
                let _ = tokio::time::timeout(LATE, stream.readable()).await;
                stream.write_all(&bytes).await.ok()?;
                return Some(stream);
            }
            Then::Close => {}
            Then::CloseWriting => {
                stream.shutdown().await.ok()?;
                client_leaves(&mut stream).await;
            }
            Then::Reset => stream.set_zero_linger().ok()?,
            Then::Stall => client_leaves(&mut stream).await,
            Then::Drip(bytes) => drip(&mut stream, &bytes).await.ok()?,
            Then::Repeat(bytes) => loop {
                stream.write_all(&bytes).await.ok()?;
            },
        }
        None
    }
}

/// Waits until the client closes its side. What it sends until then is thrown away.
async fn client_leaves(stream: &mut TcpStream) {
    let mut thrown_away = [0; 1024];
    while stream
        .read(&mut thrown_away)
        .await
        .is_ok_and(|length| length > 0)
    {}
}

async fn drip(stream: &mut TcpStream, bytes: &[u8]) -> io::Result<()> {
    for byte in bytes {
        stream.write_u8(*byte).await?;
        tokio::time::sleep(DRIP).await;
    }
    Ok(())
}
