//! What Exotel states of its call. Data, not behaviour.
//!
//! Written by `cargo xtask codegen` from `contract/openapi.yaml`; a change belongs there.
//! SHA-256 of the contract: `969d59d73a80f5a89c90ae96dedf5c84096eb4028dd7f6cb3140e89c694d676b`.

use crate::{AccountSid, ExophoneSid};
use numbers_core::{Endpoint, ErrorKind, Outcome, Vendor};
use numbers_http::serde_core::{Deserialize, Deserializer};
use numbers_http::{Auth, Fields, Form, Object};

/// Exotel, as the command and the facade name it.
pub const VENDOR: Vendor = Vendor::new("exotel");

/// Release an ExoPhone: the call as Exotel documents it. Its answers: `202` (accepted), `400`,
/// `401`, `404`, `default`.
pub const ENDPOINT: Endpoint = Endpoint::new(
    VENDOR,
    "release-number",
    "/v2_beta/Accounts/{account_sid}/IncomingPhoneNumbers/{exophone_sid}",
)
.with_method("DELETE")
.with_success(&[(202, Outcome::Accepted)])
.with_answers(&["202", "400", "401", "404", "default"])
.with_docs("https://developer.exotel.com/api/delete-a-exophone-number")
.with_lookup("Exotel's list of ExoPhones (GET …/IncomingPhoneNumbers) or its dashboard")
.with_warning(concat!(
    "The number is released from the account; the answer says accepted, not yet gone. It ",
    "is for good, and the number may be given to another account."
));

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

/// The form of `exophone_sid`, such as `35a1dcbd05a01d4c6e9f3b7a1cf51a7e`. The sid of the
/// ExoPhone, by which the number is known. It is in the list of ExoPhones. 32 hex digits or plain
/// digits have been seen; it is taken as it is.
pub(crate) const EXOPHONE_SID: Form = Form::Opaque;

/// The path of the call, below `base`.
pub(crate) fn path(base: &str, account_sid: &AccountSid, exophone_sid: &ExophoneSid) -> String {
    let mut path = String::with_capacity(
        base.len() + 40 + account_sid.as_str().len() + exophone_sid.as_str().len(),
    );
    path.push_str(base);
    path.push_str("/v2_beta/Accounts/");
    numbers_core::push_segment(&mut path, account_sid.as_str());
    path.push_str("/IncomingPhoneNumbers/");
    numbers_core::push_segment(&mut path, exophone_sid.as_str());
    path
}

/// What to look at next after an error of a kind.
pub(crate) const HINTS: &[(ErrorKind, &str)] = &[
    (
        ErrorKind::Unauthenticated,
        concat!(
            "an account of another region answers the same: check the region (EXOTEL_REGION) and ",
            "the account sid"
        ),
    ),
    (
        ErrorKind::NotFound,
        concat!(
            "an account of another region answers the same: check the region (EXOTEL_REGION) and ",
            "the account sid"
        ),
    ),
];

/// The answer to an order that was accepted.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct ReleaseNumberResponse {
    /// The HTTP status again.
    pub status: Option<i64>,
    /// What became of the order.
    pub message: Option<String>,
}

impl Object for ReleaseNumberResponse {
    const FIELDS: &'static [&'static str] = &["Status", "Message"];

    fn of(mut found: Fields) -> Self {
        Self {
            status: found.integer("Status"),
            message: found.text("Message"),
        }
    }
}

impl<'de> Deserialize<'de> for ReleaseNumberResponse {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        numbers_http::deserialize(from)
    }
}

impl ReleaseNumberResponse {
    /// The value of `Status` here.
    pub(crate) const STATUS: i64 = 202;

    /// What is wrong with a body that is not this answer.
    pub(crate) const UNCONFIRMED: &str = "the body gives another \"Status\" than 202";
}

/// The answer to an order that was not accepted.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ErrorResponse {
    /// The usual form.
    pub(crate) rest_exception: Option<RestException>,
    /// The HTTP status again, in the bare form.
    pub(crate) status: numbers_http::serde_json::Value,
    /// What went wrong, in the bare form.
    pub(crate) message: numbers_http::serde_json::Value,
    /// The id of the request, in the envelope of another family of Exotel's calls.
    pub(crate) request_id: numbers_http::serde_json::Value,
    /// The HTTP status again, in that envelope.
    pub(crate) http_code: numbers_http::serde_json::Value,
    /// What that envelope holds.
    pub(crate) response: Option<Enveloped>,
}

impl Object for ErrorResponse {
    const FIELDS: &'static [&'static str] = &[
        "RestException",
        "Status",
        "Message",
        "request_id",
        "http_code",
        "response",
    ];

    fn of(mut found: Fields) -> Self {
        Self {
            rest_exception: found.object("RestException"),
            status: found.value("Status"),
            message: found.value("Message"),
            request_id: found.value("request_id"),
            http_code: found.value("http_code"),
            response: found.object("response"),
        }
    }
}

impl ErrorResponse {
    /// The least value of `Status` here.
    pub(crate) const LEAST_STATUS: i64 = 400;
}

/// The usual form of an error.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct RestException {
    /// The HTTP status again.
    pub(crate) status: numbers_http::serde_json::Value,
    /// What went wrong.
    pub(crate) message: numbers_http::serde_json::Value,
    /// Exotel's code, which may be absent.
    pub(crate) code: numbers_http::serde_json::Value,
}

impl Object for RestException {
    const FIELDS: &'static [&'static str] = &["Status", "Message", "Code"];

    fn of(mut found: Fields) -> Self {
        Self {
            status: found.value("Status"),
            message: found.value("Message"),
            code: found.value("Code"),
        }
    }
}

/// What the envelope holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Enveloped {
    /// The HTTP status once more.
    pub(crate) code: numbers_http::serde_json::Value,
    /// The error; null in a success.
    pub(crate) error_data: Option<ErrorData>,
}

impl Object for Enveloped {
    const FIELDS: &'static [&'static str] = &["code", "error_data"];

    fn of(mut found: Fields) -> Self {
        Self {
            code: found.value("code"),
            error_data: found.object("error_data"),
        }
    }
}

/// The error in the envelope.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ErrorData {
    /// Exotel's code.
    pub(crate) code: numbers_http::serde_json::Value,
    /// What went wrong, in short.
    pub(crate) message: numbers_http::serde_json::Value,
    /// What went wrong, at length.
    pub(crate) description: numbers_http::serde_json::Value,
}

impl Object for ErrorData {
    const FIELDS: &'static [&'static str] = &["code", "message", "description"];

    fn of(mut found: Fields) -> Self {
        Self {
            code: found.value("code"),
            message: found.value("message"),
            description: found.value("description"),
        }
    }
}
