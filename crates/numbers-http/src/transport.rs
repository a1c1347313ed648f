//! Sorts the failures of the transport: what certainly was not sent, and what may have been.

use numbers_core::{Error, ErrorKind, Vendor};
use std::error::Error as StdError;

/// Sorts a failure that left no head of an answer. The URL in it goes: it names the number.
pub(crate) fn failure(vendor: Vendor, error: reqwest::Error) -> Error {
    let error = error.without_url();
    let cause = deepest(&error).to_string();
    if error.is_connect() {
        // Also where it ran out of time: no connection, so nothing was sent.
        let sorted = match tls_trouble(&error) {
            Some(Tls::Certificate) => Error::connect(
                vendor,
                format!("the server's certificate is not valid: {cause}"),
            )
            .permanent(),
            Some(Tls::Other) => Error::connect(vendor, format!("TLS failed: {cause}")),
            None if error.is_timeout() => {
                Error::connect(vendor, "no connection in time (DNS, TCP, a proxy or TLS)")
            }
            None if is_tunnel(&error) => {
                Error::connect(vendor, format!("the proxy did not let us through: {cause}"))
            }
            None => Error::connect(vendor, cause),
        };
        return sorted.with_source(error);
    }
    // Whatever else reqwest calls it: it also builds requests after an answer, to follow a redirect.
    let kind = if error.is_timeout() {
        ErrorKind::Timeout
    } else {
        ErrorKind::Interrupted
    };
    let sorted = Error::new(vendor, kind);
    if kind == ErrorKind::Timeout {
        sorted
    } else {
        sorted.with_detail(cause)
    }
    .with_source(error)
}

/// The innermost cause: the layers around it say only which of them it passed through.
pub(crate) fn deepest<'a>(error: &'a (dyn StdError + 'static)) -> &'a (dyn StdError + 'static) {
    causes(error).last().unwrap_or(error)
}

fn causes<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error| {
        let error: &'a (dyn StdError + 'static) = *error;
        // An io::Error of another library's making hides that error from `source`.
        error
            .downcast_ref::<std::io::Error>()
            .and_then(|io| io.get_ref())
            .map(|inner| inner as &(dyn StdError + 'static))
            .or_else(|| error.source())
    })
}

/// Whether it was on the way through a proxy. The type of that failure is private to the library that
/// makes it, so its text has to tell; nothing but the message depends on it.
fn is_tunnel(error: &reqwest::Error) -> bool {
    causes(error).any(|cause| cause.to_string().starts_with("tunnel error"))
}

#[cfg_attr(not(feature = "rustls"), allow(dead_code))] // nothing makes one without TLS
enum Tls {
    Certificate,
    Other,
}

#[cfg(feature = "rustls")]
fn tls_trouble(error: &reqwest::Error) -> Option<Tls> {
    causes(error).find_map(|cause| match cause.downcast_ref::<rustls::Error>()? {
        rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented => {
            Some(Tls::Certificate)
        }
        _ => Some(Tls::Other),
    })
}

#[cfg(not(feature = "rustls"))]
fn tls_trouble(_: &reqwest::Error) -> Option<Tls> {
    None
}
