//! A body, read up to a limit.

use reqwest::Response;

/// The longest body that is read, in bytes.
pub const MAX_BODY_BYTES: usize = 64 * 1024;

/// How the reading of a body ended.
pub(crate) enum BodyEnd {
    Whole,
    TooLong,
    TimedOut,
    Broken(reqwest::Error),
}

/// Reads into `bytes` until the end, the limit or an error.
pub(crate) async fn read(response: &mut Response, bytes: &mut Vec<u8>) -> BodyEnd {
    loop {
        match response.chunk().await {
            Ok(None) => return BodyEnd::Whole,
            Err(error) => return BodyEnd::Broken(error),
            Ok(Some(chunk)) => {
                let remaining = MAX_BODY_BYTES - bytes.len();
                bytes.extend_from_slice(chunk.get(..remaining).unwrap_or(&chunk));
                if chunk.len() > remaining {
                    return BodyEnd::TooLong;
                }
            }
        }
    }
}
