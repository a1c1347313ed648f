//! How this crate reads the vendors' pages: one file for each vendor, data rather than behaviour.

pub(crate) mod exotel;
pub(crate) mod synthflow;
pub(crate) mod two_chat;

use axum::http::{HeaderMap, StatusCode};

use crate::NumberState;

/// What one vendor's page says about giving a number back.
pub(crate) struct Reading {
    /// What the vendor's base URL has after the host.
    pub(crate) base_path: &'static str,
    /// The whole path as a route. The number's segment is `{number}`, an account's `{account}`.
    pub(crate) route: &'static str,
    /// Whether a request may act, by its headers and the account in its path.
    pub(crate) admits: fn(&HeaderMap, Option<&str>) -> bool,
    /// The answer to a request that was carried out.
    pub(crate) success: (StatusCode, &'static str),
    /// What becomes of a number by a success.
    pub(crate) outcome: NumberState,
    /// What the vendor says of a number that it does not hold.
    pub(crate) absent: &'static str,
    /// The forms in which the vendor tells of an error; the first is the one that refusals have.
    pub(crate) error_forms: &'static [ErrorForm],
}

impl Reading {
    /// The response to a request that has acted, or that found nothing to act on.
    pub(crate) fn response(&self, acted: bool) -> (StatusCode, String) {
        if acted {
            let (status, body) = self.success;
            return (status, body.to_owned());
        }
        let status = StatusCode::NOT_FOUND;
        let body = self.error_form().fill(status.as_u16(), self.absent);
        (status, body)
    }

    /// The form in which this endpoint refuses.
    pub(crate) fn error_form(&self) -> ErrorForm {
        self.error_forms.first().copied().unwrap_or(ErrorForm {
            name: "empty",
            template: "",
        })
    }
}

/// One way in which a vendor writes an error, with `STATUS` and `MESSAGE` to be filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ErrorForm {
    pub(crate) name: &'static str,
    pub(crate) template: &'static str,
}

impl ErrorForm {
    /// The body for a status. The message must need no escapes in JSON.
    ///
    /// An error that comes under 2xx says 400 inside: saying 202 would make it Exotel's success.
    pub(crate) fn fill(self, status: u16, message: &str) -> String {
        let status = if status < 300 { 400 } else { status };
        self.template
            .replace("STATUS", &status.to_string())
            .replace("MESSAGE", message)
    }
}

/// The one value of a header; none where the header is missing, repeated or not text.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}
