//! Classifies transport failures: what certainly was not sent, and what may have been.

use numbers_core::{Error, ErrorKind, Vendor};
use std::error::Error as StdError;

/// Classifies a failure before the headers were complete, and removes its URL, which names the number. `host` is
/// where the request goes, `proxy` the host and port of the proxy, where they are known.
pub(crate) fn failure(
    vendor: Vendor,
    error: reqwest::Error,
    host: &str,
    proxy: Option<&str>,
) -> Error {
    let error = error.without_url();
    let cause = message(root_cause(&error));
    let target = match proxy {
        Some(proxy) => format!("{host}, proxy {proxy}"),
        None => host.to_owned(),
    };
    if error.is_connect() {
        // Also on a time-out: no connection, so nothing was sent.
        let connect = match tls_failure(&error) {
            // Without its cause: that repeats the names in the certificate, which are untrusted text.
            Some(Tls::Certificate(why)) => {
                let detail = format!("the server's certificate is not valid: {why}");
                return Error::connect(vendor, detail).with_permanent(true);
            }
            Some(Tls::Other) => Error::connect(vendor, format!("{target}: TLS failed: {cause}")),
            None if error.is_timeout() => {
                let detail = format!("{target}: no connection in time (DNS, TCP, a proxy or TLS)");
                Error::connect(vendor, detail)
            }
            None if is_tunnel(&error) => {
                let proxy = proxy.map(|host| format!(" {host}")).unwrap_or_default();
                let detail = format!("the proxy{proxy} did not open a tunnel: {cause}");
                Error::connect(vendor, detail)
            }
            None => Error::connect(vendor, format!("{target}: {cause}")),
        };
        return connect.with_source(error);
    }
    // Also where reqwest calls it a builder error: it builds requests after a response too, for a redirect.
    if error.is_timeout() {
        return Error::new(vendor, ErrorKind::Timeout).with_source(error);
    }
    Error::new(vendor, ErrorKind::ConnectionLost)
        .with_detail(cause)
        .with_source(error)
}

/// An error's message, without the system's error number.
fn message(error: &(dyn StdError + 'static)) -> String {
    let text = error.to_string();
    match text.split_once(" (os error ") {
        Some((message, _)) => message.to_owned(),
        None => text,
    }
}

/// The innermost cause. The errors around it only name the layers that it passed through.
pub(crate) fn root_cause<'a>(error: &'a (dyn StdError + 'static)) -> &'a (dyn StdError + 'static) {
    causes(error).last().unwrap_or(error)
}

fn causes<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error| {
        let error: &'a (dyn StdError + 'static) = *error;
        // `source` skips the error inside an io::Error.
        error
            .downcast_ref::<std::io::Error>()
            .and_then(|io| io.get_ref())
            .map(|inner| inner as &(dyn StdError + 'static))
            .or_else(|| error.source())
    })
}

/// Whether a proxy refused the tunnel. The error's type is private to its library, so its text decides; only the
/// message depends on it.
fn is_tunnel(error: &reqwest::Error) -> bool {
    causes(error).any(|cause| cause.to_string().starts_with("tunnel error"))
}

#[cfg_attr(not(feature = "rustls"), allow(dead_code))] // none is made without TLS
enum Tls {
    /// The certificate, and why it is not valid.
    Certificate(&'static str),
    Other,
}

#[cfg(feature = "rustls")]
fn tls_failure(error: &reqwest::Error) -> Option<Tls> {
    let cause = causes(error).find_map(|cause| cause.downcast_ref::<rustls::Error>())?;
    Some(why_not_valid(cause).map_or(Tls::Other, Tls::Certificate))
}

/// Why the certificate is not valid, where that is the failure.
#[cfg(feature = "rustls")]
fn why_not_valid(error: &rustls::Error) -> Option<&'static str> {
    use rustls::CertificateError as Certificate;

    let certificate = match error {
        rustls::Error::InvalidCertificate(certificate) => certificate,
        rustls::Error::NoCertificatesPresented => return Some("there is none"),
        _ => return None,
    };
    Some(match certificate {
        Certificate::Expired | Certificate::ExpiredContext { .. } => "it has expired",
        Certificate::NotValidYet | Certificate::NotValidYetContext { .. } => "it is not valid yet",
        Certificate::NotValidForName | Certificate::NotValidForNameContext { .. } => {
            "it is for another host"
        }
        Certificate::UnknownIssuer => "its issuer is not trusted",
        Certificate::Revoked => "it was revoked",
        _ => "it was refused",
    })
}

#[cfg(not(feature = "rustls"))]
fn tls_failure(_: &reqwest::Error) -> Option<Tls> {
    None
}

#[cfg(all(test, feature = "rustls"))]
mod tests {
    use super::why_not_valid;
    use rustls::CertificateError::{self, NotValidYet, Revoked, UnknownIssuer};
    use rustls::Error;

    #[test]
    fn what_is_wrong_with_a_certificate_is_told() {
        for (error, why) in [
            (Error::NoCertificatesPresented, Some("there is none")),
            (NotValidYet.into(), Some("it is not valid yet")),
            (UnknownIssuer.into(), Some("its issuer is not trusted")),
            (Revoked.into(), Some("it was revoked")),
            (CertificateError::BadEncoding.into(), Some("it was refused")),
            (Error::DecryptError, None),
        ] {
            assert_eq!(why_not_valid(&error), why, "{error}");
        }
    }
}
