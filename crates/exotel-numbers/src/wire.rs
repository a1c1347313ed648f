//! What Exotel's page states of the call. Data, not behaviour.

use crate::{AccountSid, ExophoneSid};
use numbers_core::{Endpoint, Outcome, Vendor};
use numbers_http::{Auth, Form, lenient, lenient_object};

/// Exotel, as the command and the facade name it.
pub const VENDOR: Vendor = Vendor::new("exotel");

/// The call that releases an ExoPhone.
pub const ENDPOINT: Endpoint = Endpoint::new(
    VENDOR,
    "release-number",
    "/v2_beta/Accounts/{account_sid}/IncomingPhoneNumbers/{exophone_sid}",
)
.with_method("DELETE")
.with_success(&[(202, Outcome::Accepted)])
.with_docs("https://developer.exotel.com/api/exophones")
.with_lookup("Exotel's list of ExoPhones (GET …/IncomingPhoneNumbers) or its dashboard")
.with_warning("The number leaves the account for good and may be given to another; the answer says accepted, not yet gone.");

/// The cluster that holds the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Region {
    /// Singapore.
    Singapore,
    /// Mumbai.
    Mumbai,
}

impl Region {
    /// Every region, by the name that people write.
    pub const ALL: &[(&str, Self)] = &[("singapore", Self::Singapore), ("mumbai", Self::Mumbai)];

    /// Where its requests go.
    pub const fn base_url(self) -> &'static str {
        match self {
            Self::Singapore => "https://api.exotel.com",
            Self::Mumbai => "https://api.in.exotel.com",
        }
    }
}

/// How Exotel is told who asks.
pub(crate) const AUTH: Auth = Auth::Basic;

/// The form of `exophone_sid`.
pub(crate) const EXOPHONE_SID: Form = Form::Opaque;

/// The path of the call, below `base`.
pub(crate) fn path(base: &str, account_sid: &AccountSid, exophone_sid: &ExophoneSid) -> String {
    let mut path = String::with_capacity(
        base.len() + 42 + account_sid.as_str().len() + exophone_sid.as_str().len(),
    );
    path.push_str(base);
    path.push_str("/v2_beta/Accounts/");
    numbers_core::push_segment(&mut path, account_sid.as_str());
    path.push_str("/IncomingPhoneNumbers/");
    numbers_core::push_segment(&mut path, exophone_sid.as_str());
    path
}

/// The answer to an order that was taken.
#[derive(Debug, Clone, Default, PartialEq, serde::Deserialize)]
#[non_exhaustive]
pub struct ReleaseNumberResponse {
    /// The HTTP status again: 202.
    #[serde(rename = "Status", default, deserialize_with = "lenient")]
    pub status: Option<i64>,
    /// What became of the order: `Accepted`.
    #[serde(rename = "Message", default, deserialize_with = "lenient")]
    pub message: Option<String>,
}

/// The value of `Status` that says success.
pub(crate) const STATUS: i64 = 202;

/// The answer to an order that was not taken.
#[derive(Debug, Clone, Default, PartialEq, serde::Deserialize)]
pub(crate) struct ErrorResponse {
    /// The usual form.
    #[serde(rename = "RestException", default, deserialize_with = "lenient_object")]
    pub(crate) rest_exception: Option<RestException>,
    /// The HTTP status again, in the bare form.
    #[serde(rename = "Status", default)]
    pub(crate) status: serde_json::Value,
    /// What went wrong, in the bare form.
    #[serde(rename = "Message", default)]
    pub(crate) message: serde_json::Value,
    /// The id of the request, in the envelope of another family of Exotel's calls.
    #[serde(default)]
    pub(crate) request_id: serde_json::Value,
    /// The HTTP status again, in that envelope.
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) http_code: Option<i64>,
    /// What that envelope holds.
    #[serde(default, deserialize_with = "lenient_object")]
    pub(crate) response: Option<Enveloped>,
}

/// The usual form of an error.
#[derive(Debug, Clone, Default, PartialEq, serde::Deserialize)]
pub(crate) struct RestException {
    /// The HTTP status again.
    #[serde(rename = "Status", default, deserialize_with = "lenient")]
    pub(crate) status: Option<i64>,
    /// What went wrong.
    #[serde(rename = "Message", default)]
    pub(crate) message: serde_json::Value,
    /// Exotel's code: an integer, a string or absent.
    #[serde(rename = "Code", default)]
    pub(crate) code: serde_json::Value,
}

/// What the envelope holds.
#[derive(Debug, Clone, Default, PartialEq, serde::Deserialize)]
pub(crate) struct Enveloped {
    /// The error; null in a success.
    #[serde(default, deserialize_with = "lenient_object")]
    pub(crate) error_data: Option<ErrorData>,
}

/// The error in the envelope.
#[derive(Debug, Clone, Default, PartialEq, serde::Deserialize)]
pub(crate) struct ErrorData {
    /// Exotel's code.
    #[serde(default)]
    pub(crate) code: serde_json::Value,
    /// What went wrong, in short.
    #[serde(default)]
    pub(crate) message: serde_json::Value,
    /// What went wrong, at length.
    #[serde(default)]
    pub(crate) description: serde_json::Value,
}
