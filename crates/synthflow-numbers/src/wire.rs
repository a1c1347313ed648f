//! What Synthflow states of its call. Data, not behaviour.
//!
//! Written by `cargo xtask codegen` from `contract/openapi.yaml`; a change belongs there.
//! SHA-256 of the contract: `09279f876b6db975e5abf0af18a070f2c614dc79a60cd3e143227adddbf8d595`.

use crate::PhoneNumberSlug;
use numbers_core::raw::push_segment;
use numbers_core::{Endpoint, Outcome, Setting, Vendor};
use numbers_http::serde_json::Value;
use numbers_http::{Auth, IdFormat};

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
.with_responses(&["200", "400", "default"])
.with_docs(concat!(
    "https://docs.synthflow.ai/api-reference/platform-api/phone-numbers/",
    "delete-phone-number"
))
.with_lookup("Synthflow's list of phone numbers (its API wants the workspace) or its dashboard")
.with_warning(concat!(
    "The number is detached from every agent linked to it; where it was bought through ",
    "Synthflow, its monthly subscription is cancelled too."
))
.with_id_example("33782990580")
.with_settings(SETTINGS);

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

numbers_core::named_enum!(
    Region, "region", { Global => "global", Us => "us", Eu => "eu" }
);

impl Region {
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

/// The setting `SYNTHFLOW_API_KEY`.
pub(crate) const API_KEY: Setting =
    Setting::new("api_key", "SYNTHFLOW_API_KEY", "The API key.").secret();

/// The setting `SYNTHFLOW_REGION`.
pub(crate) const REGION: Setting = Setting::new(
    "region",
    "SYNTHFLOW_REGION",
    "The server that holds the workspace.",
)
.one_of(&["global", "us", "eu"]);

/// The setting `SYNTHFLOW_BASE_URL`.
pub(crate) const BASE_URL: Setting = Setting::new(
    "base_url",
    "SYNTHFLOW_BASE_URL",
    "Replaces the server, its fixed prefix included; the region is then not needed.",
)
.optional();

/// The settings of the client.
const SETTINGS: &[Setting] = &[API_KEY, REGION, BASE_URL];

/// The form of `phone_number_slug`, such as `33782990580`. The phone number without its leading
/// +. A number imported from another carrier may be an extension or another identifier.
pub(crate) const PHONE_NUMBER_SLUG: IdFormat = IdFormat::Without { prefix: "+" };

/// The path of the call, below `base`.
pub(crate) fn path(base: &str, phone_number_slug: &PhoneNumberSlug) -> String {
    let mut path = base.to_owned();
    path.push_str("/numbers/");
    push_segment(&mut path, phone_number_slug.as_str());
    path
}

/// The answer to a deletion that was done.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct DeletePhoneNumberResponse {
    /// Whether the request was successful.
    pub status: Option<String>,
}

impl DeletePhoneNumberResponse {
    /// Takes the fields of a JSON object.
    pub(crate) fn from_fields(fields: &Value) -> Self {
        Self {
            status: fields["status"].as_str().map(str::to_owned),
        }
    }
}

impl DeletePhoneNumberResponse {
    /// The value of `status` here.
    pub(crate) const STATUS: &str = "ok";

    /// What is wrong with a body that is not this answer.
    pub(crate) const UNCONFIRMED: &str = "the body does not say \"status\": \"ok\"";
}

/// The answer to a deletion that was not done.
#[derive(Debug)]
pub(crate) struct ErrorResponse<'a> {
    /// What became of the request, in another word than that of a success.
    pub(crate) status: &'a Value,
    /// What went wrong: a text, or a list of faults in the fields of the request.
    pub(crate) detail: &'a Value,
    /// A code of the gateway's.
    pub(crate) error: &'a Value,
    /// The gateway's words.
    pub(crate) message: &'a Value,
}

impl<'a> ErrorResponse<'a> {
    /// Takes the fields of a JSON object; what is no object has none of them.
    pub(crate) fn from_fields(fields: &'a Value) -> Self {
        Self {
            status: &fields["status"],
            detail: &fields["detail"],
            error: &fields["error"],
            message: &fields["message"],
        }
    }
}
