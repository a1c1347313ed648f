//! What the vendors' pages say, as data: one file for each vendor.

pub(crate) mod exotel;
pub(crate) mod synthflow;
pub(crate) mod two_chat;

use axum::http::{HeaderMap, StatusCode};

use crate::NumberState;

/// What one vendor's page says about the release of a number.
pub(crate) struct VendorSpec {
    /// The path of the vendor's base URL.
    pub(crate) base_path: &'static str,
    /// The whole path as a route, with `{number}` and, if the vendor has accounts, `{account}`.
    pub(crate) route: &'static str,
    /// Whether a request is authorized, by its headers and the account in its path.
    pub(crate) is_authorized: fn(&HeaderMap, Option<&str>) -> bool,
    /// Status and body of a success.
    pub(crate) success: (StatusCode, &'static str),
    /// The state of a number after a success.
    pub(crate) released_state: NumberState,
    /// The vendor's message for a number that the account does not have.
    pub(crate) not_found: &'static str,
    /// The forms in which the vendor writes an error. The first is the usual one.
    pub(crate) error_forms: &'static [ErrorForm],
}

impl VendorSpec {
    /// The response to a request that has released a number, or found none to release.
    pub(crate) fn response(&self, released: bool) -> (StatusCode, String) {
        if released {
            let (status, body) = self.success;
            return (status, body.to_owned());
        }
        let status = StatusCode::NOT_FOUND;
        let body = self.error_form().render(status.as_u16(), self.not_found);
        (status, body)
    }

    /// The usual error form.
    pub(crate) fn error_form(&self) -> ErrorForm {
        self.error_forms.first().copied().unwrap_or(ErrorForm {
            name: "empty",
            template: "",
        })
    }
}

/// One way in which a vendor writes an error, with the placeholders `STATUS` and `MESSAGE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ErrorForm {
    pub(crate) name: &'static str,
    pub(crate) template: &'static str,
}

impl ErrorForm {
    /// The body for a status. The message must not need escapes in JSON.
    ///
    /// An error under 2xx has status 400 in its body: with 202 it would be Exotel's success.
    pub(crate) fn render(self, status: u16, message: &str) -> String {
        let status = if status < 300 { 400 } else { status };
        self.template
            .replace("STATUS", &status.to_string())
            .replace("MESSAGE", message)
    }
}

/// The value of a header; none if the header is missing, repeated or not ASCII.
fn single_value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}
