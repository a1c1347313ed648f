//! What Synthflow states of its call. Data, not behaviour.
//!
//! Written by `cargo xtask codegen` from `contract/openapi.yaml`; a change belongs there.
//! SHA-256 of the contract: `09279f876b6db975e5abf0af18a070f2c614dc79a60cd3e143227adddbf8d595`.

use crate::PhoneNumberSlug;
use numbers_core::{Endpoint, Outcome, Vendor};
use numbers_http::serde_core::{Deserialize, Deserializer};
use numbers_http::{Auth, Fields, Form, Object};

/// Synthflow, as the command and the facade name it.
pub const VENDOR: Vendor = Vendor::new("synthflow");

/// Delete a phone number: the call as Synthflow documents it. Its answers: `200` (released),
/// `400`, `default`.
pub const ENDPOINT: Endpoint = Endpoint::new(
    VENDOR,
    "delete-phone-number",
    "/numbers/{phone_number_slug}",
)
.with_method("DELETE")
.with_success(&[(200, Outcome::Released)])
.with_answers(&["200", "400", "default"])
.with_docs(concat!(
    "https://docs.synthflow.ai/api-reference/platform-api/phone-numbers/",
    "delete-phone-number"
))
.with_lookup("Synthflow's list of phone numbers (its API wants the workspace) or its dashboard")
.with_warning(concat!(
    "The number is detached from every agent linked to it; where it was bought through ",
    "Synthflow, its monthly subscription is cancelled too."
));

/// The server that holds the workspace. A workspace lives in one of them for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Region {
    /// Global.
    Global,
    /// United States.
    Us,
    /// European Union.
    Eu,
}

impl Region {
    /// Every region, by the name that people write.
    pub const ALL: &[(&str, Self)] =
        &[("global", Self::Global), ("us", Self::Us), ("eu", Self::Eu)];

    /// Where its requests go.
    pub const fn base_url(self) -> &'static str {
        match self {
            Self::Global => "https://api.synthflow.ai/v2",
            Self::Us => "https://api.us.synthflow.ai/v2",
            Self::Eu => "https://api.eu.synthflow.ai/v2",
        }
    }
}

/// How Synthflow is told who asks.
pub(crate) const AUTH: Auth = Auth::Bearer;

/// The form of `phone_number_slug`, such as `33782990580`. The phone number without its leading
/// +. A number imported from another carrier may be an extension or another identifier.
pub(crate) const PHONE_NUMBER_SLUG: Form = Form::Without { prefix: "+" };

/// The path of the call, below `base`.
pub(crate) fn path(base: &str, phone_number_slug: &PhoneNumberSlug) -> String {
    let mut path = String::with_capacity(base.len() + 9 + phone_number_slug.as_str().len());
    path.push_str(base);
    path.push_str("/numbers/");
    numbers_core::push_segment(&mut path, phone_number_slug.as_str());
    path
}

/// The answer to a deletion that was done.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct DeletePhoneNumberResponse {
    /// Whether the request was successful.
    pub status: Option<String>,
}

impl Object for DeletePhoneNumberResponse {
    const FIELDS: &'static [&'static str] = &["status"];

    fn of(mut found: Fields) -> Self {
        Self {
            status: found.text("status"),
        }
    }
}

impl<'de> Deserialize<'de> for DeletePhoneNumberResponse {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        numbers_http::deserialize(from)
    }
}

impl DeletePhoneNumberResponse {
    /// The value of `status` here.
    pub(crate) const STATUS: &str = "ok";

    /// What is wrong with a body that is not this answer.
    pub(crate) const UNCONFIRMED: &str = "the body does not say \"status\": \"ok\"";
}

/// The answer to a deletion that was not done.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ErrorResponse {
    /// What became of the request, in another word than that of a success.
    pub(crate) status: numbers_http::serde_json::Value,
    /// What went wrong: a text, or a list of faults in the fields of the request.
    pub(crate) detail: numbers_http::serde_json::Value,
    /// A code of the gateway's.
    pub(crate) error: numbers_http::serde_json::Value,
    /// The gateway's words.
    pub(crate) message: numbers_http::serde_json::Value,
}

impl Object for ErrorResponse {
    const FIELDS: &'static [&'static str] = &["status", "detail", "error", "message"];

    fn of(mut found: Fields) -> Self {
        Self {
            status: found.value("status"),
            detail: found.value("detail"),
            error: found.value("error"),
            message: found.value("message"),
        }
    }
}
