//! A body, read up to a limit.

use reqwest::Response;

/// The longest body that is read, in bytes.
pub const MAX_BODY_BYTES: usize = 64 * 1024;

/// How the reading of a body ended.
pub(crate) enum End {
    Whole,
    TooLong,
    TimedOut,
    Broken(reqwest::Error),
}

/// Reads into `bytes` until the end, the limit or an error.
pub(crate) async fn read(response: &mut Response, bytes: &mut Vec<u8>) -> End {
    loop {
        match response.chunk().await {
            Ok(None) => return End::Whole,
            Err(error) => return End::Broken(error),
            Ok(Some(chunk)) => {
                let room = MAX_BODY_BYTES - bytes.len();
                bytes.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
                if chunk.len() > room {
                    return End::TooLong;
                }
            }
        }
    }
}
