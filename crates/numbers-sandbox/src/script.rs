//! What a fault does with a connection that it has hijacked.

use std::{io, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// The bytes to write, and what happens to the connection after them.
#[derive(Debug)]
pub(crate) struct Script {
    pub(crate) bytes: Vec<u8>,
    pub(crate) then: Then,
}

#[derive(Debug)]
pub(crate) enum Then {
    /// The response is complete: the connection serves the next request.
    Serve,
    /// These bytes come with the next request, or after a pause. Then the connection serves it.
    Late(Vec<u8>),
    /// The socket is closed.
    Close,
    /// Only the server's side of the connection is closed.
    CloseWriting,
    /// The socket is closed by a reset.
    Reset,
    /// Nothing more is sent, and the connection stays open.
    Stall,
    /// These bytes are sent one a second, then the socket is closed.
    SendSlowly(Vec<u8>),
    /// These bytes are sent again and again.
    Repeat(Vec<u8>),
}

/// The pause between two bytes that are sent slowly.
const BYTE_PAUSE: Duration = Duration::from_secs(1);

/// How long late bytes wait for the next request.
const LATE_PAUSE: Duration = Duration::from_millis(50);

impl Script {
    /// Sends nothing and leaves the connection open.
    pub(crate) fn stall() -> Self {
        Self {
            bytes: Vec::new(),
            then: Then::Stall,
        }
    }

    /// Runs until it ends or the client leaves. Returns the connection if it can serve further requests.
    pub(crate) async fn run(self, mut stream: TcpStream) -> Option<TcpStream> {
        // An error means that the client has left, and that ends every script.
        stream.write_all(&self.bytes).await.ok()?;
        match self.then {
            Then::Serve => return Some(stream),
            Then::Late(bytes) => {
                let _ = tokio::time::timeout(LATE_PAUSE, stream.readable()).await;
                stream.write_all(&bytes).await.ok()?;
                return Some(stream);
            }
            Then::Close => {}
            Then::CloseWriting => {
                stream.shutdown().await.ok()?;
                wait_for_close(&mut stream).await;
            }
            Then::Reset => stream.set_zero_linger().ok()?,
            Then::Stall => wait_for_close(&mut stream).await,
            Then::SendSlowly(bytes) => send_slowly(&mut stream, &bytes).await.ok()?,
            Then::Repeat(bytes) => loop {
                stream.write_all(&bytes).await.ok()?;
            },
        }
        None
    }
}

/// Waits until the client closes its side, and discards what it sends until then.
async fn wait_for_close(stream: &mut TcpStream) {
    let mut discarded = [0; 1024];
    while stream
        .read(&mut discarded)
        .await
        .is_ok_and(|length| length > 0)
    {}
}

async fn send_slowly(stream: &mut TcpStream, bytes: &[u8]) -> io::Result<()> {
    for byte in bytes {
        stream.write_u8(*byte).await?;
        tokio::time::sleep(BYTE_PAUSE).await;
    }
    Ok(())
}
