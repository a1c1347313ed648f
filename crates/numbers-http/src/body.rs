//! A body, read up to a limit.

use bytes::{Bytes, BytesMut};
use reqwest::Response;

/// The longest body that is read, in bytes.
pub const MAX_BODY_BYTES: usize = 64 * 1024;

/// What was read of a body, and whether that is all of it.
pub(crate) struct Body {
    pub(crate) bytes: Bytes,
    pub(crate) end: End,
}

/// How the reading of a body ended.
pub(crate) enum End {
    Whole,
    TooLong,
    Broken(reqwest::Error),
}

/// Reads until the end, the limit or the first fault. A body that came in one piece is not copied.
pub(crate) async fn read(response: &mut Response) -> Body {
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    let end = loop {
        match response.chunk().await {
            Ok(None) => break End::Whole,
            Err(error) => break End::Broken(error),
            Ok(Some(chunk)) if first.is_empty() && chunk.len() <= MAX_BODY_BYTES => first = chunk,
            Ok(Some(chunk)) => {
                if rest.is_empty() {
                    rest.extend_from_slice(&first);
                }
                let room = MAX_BODY_BYTES.saturating_sub(rest.len());
                rest.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
                if chunk.len() > room {
                    break End::TooLong;
                }
            }
        }
    };
    Body {
        bytes: if rest.is_empty() {
            first
        } else {
            rest.freeze()
        },
        end,
    }
}
