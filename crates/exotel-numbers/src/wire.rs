//! What Exotel states of its call. Data, not behaviour.
//!
//! Written by `cargo xtask codegen` from `contract/openapi.yaml`; a change belongs there.
//! SHA-256 of the contract: `652cc11633898e5634d55fae9a0e6276929dcf5a0267e12410c3f97bcc64c808`.

use crate::ExophoneSid;
use numbers_core::raw::push_segment;
use numbers_core::{Endpoint, ErrorKind, Outcome, Setting, Vendor};
use numbers_http::serde_json::Value;
use numbers_http::{Auth, IdFormat};

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
.with_responses(&["202", "400", "401", "404", "default"])
.with_docs("https://developer.exotel.com/api/delete-a-exophone-number")
.with_lookup("Exotel's list of ExoPhones (GET …/IncomingPhoneNumbers) or its dashboard")
.with_warning(concat!(
    "The number is released from the account; the answer says accepted, not yet gone. It ",
    "is for good, and the number may be given to another account."
))
.with_id_example("35a1dcbd05a01d4c6e9f3b7a1cf51a7e")
.with_requests_per_minute(50)
.with_settings(SETTINGS);

/// The cluster that holds the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Region {
    /// Singapore.
    Singapore,
    /// Mumbai.
    Mumbai,
}

numbers_core::named_enum!(
    Region, "region", { Singapore => "singapore", Mumbai => "mumbai" }
);

impl Region {
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

/// The setting `EXOTEL_API_KEY`.
pub(crate) const API_KEY: Setting =
    Setting::new("api_key", "EXOTEL_API_KEY", "The API key.").secret();

/// The setting `EXOTEL_API_TOKEN`.
pub(crate) const API_TOKEN: Setting = Setting::new(
    "api_token",
    "EXOTEL_API_TOKEN",
    "The API token that belongs to the key.",
)
.secret();

/// The setting `EXOTEL_ACCOUNT_SID`.
pub(crate) const ACCOUNT_SID: Setting = Setting::new(
    "account_sid",
    "EXOTEL_ACCOUNT_SID",
    "The sid of the account.",
);

/// The setting `EXOTEL_REGION`.
pub(crate) const REGION: Setting = Setting::new(
    "region",
    "EXOTEL_REGION",
    "The cluster that holds the account.",
)
.one_of(&["singapore", "mumbai"]);

/// The setting `EXOTEL_BASE_URL`.
pub(crate) const BASE_URL: Setting = Setting::new(
    "base_url",
    "EXOTEL_BASE_URL",
    "Replaces the server; the region is then not needed.",
)
.optional();

/// The settings of the client.
const SETTINGS: &[Setting] = &[API_KEY, API_TOKEN, ACCOUNT_SID, REGION, BASE_URL];

/// The form of `exophone_sid`, such as `35a1dcbd05a01d4c6e9f3b7a1cf51a7e`. The sid of the
/// ExoPhone, by which the number is known. It is in the list of ExoPhones. 32 hex digits or plain
/// digits have been seen; it is taken as it is.
pub(crate) const EXOPHONE_SID: IdFormat = IdFormat::Opaque;

/// The path of the call, below `base`.
pub(crate) fn path(base: &str, account_sid: &str, exophone_sid: &ExophoneSid) -> String {
    let mut path = base.to_owned();
    path.push_str("/v2_beta/Accounts/");
    push_segment(&mut path, account_sid);
    path.push_str("/IncomingPhoneNumbers/");
    push_segment(&mut path, exophone_sid.as_str());
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

impl ReleaseNumberResponse {
    /// Takes the fields of a JSON object.
    pub(crate) fn from_fields(fields: &Value) -> Self {
        Self {
            status: fields["Status"].as_i64(),
            message: fields["Message"].as_str().map(str::to_owned),
        }
    }
}

impl ReleaseNumberResponse {
    /// The value of `Status` here.
    pub(crate) const STATUS: i64 = 202;

    /// What is wrong with a body that is not this answer.
    pub(crate) const UNCONFIRMED: &str = "the body gives another \"Status\" than 202";
}

/// The answer to an order that was not accepted.
#[derive(Debug)]
pub(crate) struct ErrorResponse<'a> {
    /// The usual form.
    pub(crate) rest_exception: &'a Value,
    /// The HTTP status again, in the bare form.
    pub(crate) status: &'a Value,
    /// What went wrong, in the bare form.
    pub(crate) message: &'a Value,
    /// The id of the request, in the envelope of another family of Exotel's calls.
    pub(crate) request_id: &'a Value,
    /// The HTTP status again, in that envelope.
    pub(crate) http_code: &'a Value,
    /// What that envelope holds.
    pub(crate) response: &'a Value,
}

impl<'a> ErrorResponse<'a> {
    /// Takes the fields of a JSON object; what is no object has none of them.
    pub(crate) fn from_fields(fields: &'a Value) -> Self {
        Self {
            rest_exception: &fields["RestException"],
            status: &fields["Status"],
            message: &fields["Message"],
            request_id: &fields["request_id"],
            http_code: &fields["http_code"],
            response: &fields["response"],
        }
    }
}

impl ErrorResponse<'_> {
    /// The least value of `Status` here.
    pub(crate) const LEAST_STATUS: i64 = 400;
}

/// Signs of an error that no page of Exotel's has; one of them beside a success makes it
/// doubtful.
#[derive(Debug)]
pub(crate) struct OtherError<'a> {
    /// What went wrong.
    pub(crate) error: &'a Value,
    /// The HTTP status again, in lower case.
    pub(crate) status: &'a Value,
}

impl<'a> OtherError<'a> {
    /// Takes the fields of a JSON object; what is no object has none of them.
    pub(crate) fn from_fields(fields: &'a Value) -> Self {
        Self {
            error: &fields["error"],
            status: &fields["status"],
        }
    }
}

/// The usual form of an error.
#[derive(Debug)]
pub(crate) struct RestException<'a> {
    /// The HTTP status again.
    pub(crate) status: &'a Value,
    /// What went wrong.
    pub(crate) message: &'a Value,
    /// Exotel's code, which may be absent.
    pub(crate) code: &'a Value,
}

impl<'a> RestException<'a> {
    /// Takes the fields of a JSON object; what is no object has none of them.
    pub(crate) fn from_fields(fields: &'a Value) -> Self {
        Self {
            status: &fields["Status"],
            message: &fields["Message"],
            code: &fields["Code"],
        }
    }
}

/// What the envelope holds.
#[derive(Debug)]
pub(crate) struct Enveloped<'a> {
    /// The HTTP status once more.
    pub(crate) code: &'a Value,
    /// A word for the result, `success` or `failure`.
    pub(crate) status: &'a Value,
    /// The error; null in a success.
    pub(crate) error_data: &'a Value,
}

impl<'a> Enveloped<'a> {
    /// Takes the fields of a JSON object; what is no object has none of them.
    pub(crate) fn from_fields(fields: &'a Value) -> Self {
        Self {
            code: &fields["code"],
            status: &fields["status"],
            error_data: &fields["error_data"],
        }
    }
}

/// The error in the envelope.
#[derive(Debug)]
pub(crate) struct ErrorData<'a> {
    /// Exotel's code.
    pub(crate) code: &'a Value,
    /// What went wrong, in short.
    pub(crate) message: &'a Value,
    /// What went wrong, at length.
    pub(crate) description: &'a Value,
}

impl<'a> ErrorData<'a> {
    /// Takes the fields of a JSON object; what is no object has none of them.
    pub(crate) fn from_fields(fields: &'a Value) -> Self {
        Self {
            code: &fields["code"],
            message: &fields["message"],
            description: &fields["description"],
        }
    }
}
