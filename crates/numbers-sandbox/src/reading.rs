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
    /// The vendor's error form, with `STATUS` and `MESSAGE` to be filled in.
    error_form: &'static str,
}

impl Reading {
    /// The vendor's error form, filled in. The message must need no escapes in JSON.
    pub(crate) fn error(&self, status: StatusCode, message: &str) -> String {
        self.error_form
            .replace("STATUS", status.as_str())
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
